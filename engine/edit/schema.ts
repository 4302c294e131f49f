import clientSchema from '../../schemas/client.schema.json' with { type: 'json' };
import commonSchema from '../../schemas/common.schema.json' with { type: 'json' };
import secretsSchema from '../../schemas/secrets.schema.json' with { type: 'json' };
import workspaceSchema from '../../schemas/workspace.schema.json' with { type: 'json' };

/** The three kinds of files that Alta writes. */
export type FileKind = 'workspace' | 'client' | 'secrets';

/** One place of a schema, with the document that its references belong to. */
export interface SchemaPlace {
  readonly root: Readonly<Record<string, unknown>>;
  readonly node: Readonly<Record<string, unknown>>;
}

const roots = { workspace: workspaceSchema, client: clientSchema, secrets: secretsSchema } as const;

export function schemaOf(kind: FileKind): SchemaPlace {
  return { root: roots[kind], node: roots[kind] };
}

/** The schema of a key or an item below a place; null where the schema says nothing about it. */
export function schemaBelow(place: SchemaPlace | null, step: string | number): SchemaPlace | null {
  if (place === null) return null;
  const { node, root } = place;
  if (typeof step === 'number') return resolved(root, node.items);
  const properties = isRecord(node.properties) ? node.properties : {};
  return resolved(root, Object.hasOwn(properties, step) ? properties[step] : node.additionalProperties);
}

/** The order in which the schema lists the keys of a place: the order that files are written in. */
export function keyOrder(place: SchemaPlace | null): readonly string[] {
  return place !== null && isRecord(place.node.properties) ? Object.keys(place.node.properties) : [];
}

/** Whether a place takes text and no number: what YAML reads as a number there was meant as text. */
export function wantsText(place: SchemaPlace | null): boolean {
  const types = [place?.node.type].flat();
  return types.includes('string') && !types.includes('integer') && !types.includes('number');
}

function resolved(root: SchemaPlace['root'], node: unknown): SchemaPlace | null {
  if (!isRecord(node)) return null;
  if (typeof node.$ref !== 'string') return { root, node };
  const [file = '', pointer = ''] = node.$ref.split('#');
  const target: Readonly<Record<string, unknown>> = file === '' ? root : commonSchema;
  return resolved(target, isRecord(target.$defs) ? target.$defs[pointer.replace('/$defs/', '')] : undefined);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
