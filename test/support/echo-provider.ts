import { targetOf } from '../../engine/model/index.ts';
import type { Provider, ResourceType, Value, ValueObject } from '../../stacks/plugin/index.ts';
import { allFacts } from '../../stacks/provider/index.ts';
import { providerSchema } from '../../stacks/schema/provider.ts';
import { type ResourceShape, resourceShapes } from '../../stacks/schema/resource.ts';

/** What the stand-in holds, and what was done to it: `create memory:main#extension:110`. */
export interface Echo {
  readonly provider: Provider<object>;
  /** State key → attributes. */
  readonly objects: Map<string, ValueObject>;
  readonly done: string[];
}

/**
 * A stand-in for the provider `alta` with its very schema: everything is as it is written, whatever target it is for. For what stacks say,
 * where no driver matters.
 *
 * @param keyOf natural key of a target, by its address
 */
export async function echoProvider(keyOf: (target: string) => string): Promise<Echo> {
  const objects = new Map<string, ValueObject>();
  const done: string[] = [];
  const shapes = resourceShapes(await allFacts());
  const types = Object.values(shapes).map(
    (shape) => [shape.type, echo(shape, objects, done, keyOf)] as const,
  );
  const provider: Provider<object> = {
    schema: providerSchema,
    resources: Object.fromEntries(types),
    data: {},
    configure: async () => ({ instance: {}, remarks: [] }),
  };
  return { provider, objects, done };
}

function echo(
  { kind, keyAttribute, schema }: ResourceShape,
  objects: Map<string, ValueObject>,
  done: string[],
  keyOf: (target: string) => string,
): ResourceType<object> {
  const idOf = (config: ValueObject): string => {
    return `${keyOf(targetOf(String(config.target)))}#${kind}:${String(config[keyAttribute])}`;
  };
  return {
    schema,
    read: async (_, { state }) => ({ state: objects.get(String(state.id)) ?? null }),
    plan: async (_, { prior, proposed }) => {
      if (proposed === null) return { planned: null };
      const id = idOf(proposed);
      return { planned: { ...proposed, id }, replace: prior === null || prior.id === id ? [] : ['target'] };
    },
    apply: async (_, { prior, planned }) => {
      const id = String((planned ?? prior)?.id);
      done.push(`${planned === null ? 'delete' : prior === null ? 'create' : 'update'} ${id}`);
      if (planned === null) objects.delete(id);
      else objects.set(id, planned);
      return { state: planned };
    },
    import: async (_, id) => ({ state: { ...nothing(schema.attributes), id } }),
  };
}

function nothing(attributes: object): Record<string, Value> {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
