import { Encoder, ExtData } from '@msgpack/msgpack';
import { type AttributeType, type Schema, unknown, type Value, type ValueObject } from '../contract.ts';
import { misfit, type Path } from '../remarks.ts';
import { wireNumber } from './numbers.ts';

const encoder = new Encoder();
const unknownMark = new ExtData(0, new Uint8Array(1));

/**
 * A block in the protocol's form: MessagePack with every attribute of the schema; null for none.
 *
 * @throws RefusedRequest where the provider's answer does not fit its schema
 */
export function writeObject(schema: Schema, value: ValueObject | null): { readonly msgpack: Uint8Array } {
  const types = Object.entries(schema.attributes).map(([name, { type }]) => [name, type] as const);
  const form = value === null ? null : wireFields(new Map(types), value, []);
  return { msgpack: encoder.encode(form) };
}

/** Write-only values stand in the configuration alone: no state, no plan, no proposal holds them. */
export function withoutWriteOnly<T extends ValueObject | null>(schema: Schema, value: T): T | ValueObject {
  if (value === null) return value;
  const names = Object.keys(schema.attributes).filter((name) => schema.attributes[name]?.writeOnly === true);
  return names.length === 0 ? value : { ...value, ...Object.fromEntries(names.map((name) => [name, null])) };
}

function wireFields(
  types: ReadonlyMap<string, AttributeType>,
  value: ValueObject,
  path: Path,
): Readonly<Record<string, unknown>> {
  const strange = Object.keys(value).find((name) => !types.has(name));
  if (strange !== undefined) throw misfit([...path, strange], 'is not in the schema');
  return Object.fromEntries(
    [...types].map(([name, type]) => [name, wireValue(type, value[name] ?? null, [...path, name])]),
  );
}

function wireValue(type: AttributeType, value: Value, path: Path): unknown {
  if (value === null) return null;
  if (value === unknown) return unknownMark;
  if (typeof type === 'string') return wireScalar(type, value, path);
  if ('list' in type) {
    if (!Array.isArray(value)) throw misfit(path, 'is not a list');
    return value.map((part: Value, index) => wireValue(type.list, part, [...path, index]));
  }
  if (!isObject(value)) throw misfit(path, 'is not an object');
  if ('object' in type) return wireFields(new Map(Object.entries(type.object)), value, path);
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, part]) => [key, wireValue(type.map, part, [...path, key])]));
}

function wireScalar(type: 'string' | 'number' | 'bool', value: Value, path: Path): unknown {
  if (type === 'bool' && typeof value === 'boolean') return value;
  if (type === 'string' && typeof value === 'string') return wellFormed(value);
  if (type === 'number' && typeof value === 'number' && Number.isFinite(value)) return wireNumber(value);
  throw misfit(path, `is not a ${type}`);
}

/** Half of a surrogate pair has no UTF-8 form; Terraform would refuse the whole answer. */
function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text;
}

function isObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
