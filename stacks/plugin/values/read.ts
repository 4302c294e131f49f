import { Decoder } from '@msgpack/msgpack';
import type { AttributeType, Schema, Value, ValueObject } from '../contract.ts';
import { unknown } from '../contract.ts';
import { type Path, pathText, RefusedRequest } from '../remarks.ts';
import { exactNumber } from './numbers.ts';

/** A value as it travels: MessagePack, or JSON for what comes from a state file. Empty in both = null. */
export interface Wire {
  readonly msgpack: Uint8Array;
  readonly json: Uint8Array;
}

/** Every extension type means an unknown value; what may be known about it (type 12) is not used. */
const decoder = new Decoder({
  useBigInt64: true,
  extensionCodec: { decode: () => unknown, tryToEncode: () => null },
});

/**
 * A block as the schema describes it, every attribute present; null for none.
 *
 * @throws RefusedRequest where the value is of another shape, or a number cannot be kept
 */
export function readObject(schema: Schema, wire: Wire | undefined): ValueObject | null {
  const value = decoded(wire);
  return value === null ? null : readAttributes(schema, value);
}

/** The same from decoded fields: what is not in the schema is left out, what is missing is null. */
export function readAttributes(schema: Schema, value: unknown): ValueObject {
  const found = fieldsOf(value, []);
  const entries = Object.entries(schema.attributes);
  return Object.fromEntries(entries.map(([name, { type }]) => [name, readValue(type, found[name], [name])]));
}

function decoded(wire: Wire | undefined): unknown {
  if (wire === undefined) return null;
  try {
    if (wire.msgpack.length > 0) return decoder.decode(wire.msgpack);
    return wire.json.length > 0 ? jsonOf(wire.json, asText) : null;
  } catch {
    throw unreadable([], 'It is neither valid MessagePack nor valid JSON.');
  }
}

export function jsonOf(bytes: Uint8Array, reviver?: (key: string, value: unknown) => unknown): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'), reviver);
}

/** A number in JSON means its decimals, where a double in MessagePack means its bits. */
const asText = (_: string, value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

function readValue(type: AttributeType, value: unknown, path: Path): Value {
  if (value === undefined || value === null) return null;
  if (value === unknown) return unknown;
  if (typeof type === 'string') return readScalar(type, value, path);
  if ('list' in type)
    return elementsOf(value, path).map((part, i) => readValue(type.list, part, [...path, i]));
  if ('map' in type) return readFields(Object.keys(fieldsOf(value, path)), () => type.map, value, path);
  return readFields(Object.keys(type.object), (name) => type.object[name] ?? 'string', value, path);
}

function readFields(
  names: readonly string[],
  typeOf: (name: string) => AttributeType,
  value: unknown,
  path: Path,
): ValueObject {
  const found = fieldsOf(value, path);
  return Object.fromEntries(
    names.map((name) => [name, readValue(typeOf(name), found[name], [...path, name])]),
  );
}

function readScalar(type: 'string' | 'number' | 'bool', value: unknown, path: Path): Value {
  if (type === 'bool' && typeof value === 'boolean') return value;
  if (type === 'string' && typeof value === 'string') return value;
  if (type === 'number') return readNumber(value, path);
  throw unreadable(path, `A ${type} is expected here.`);
}

function readNumber(value: unknown, path: Path): number {
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') {
    throw unreadable(path, 'A number is expected here.');
  }
  const number = exactNumber(value);
  if (number !== null) return number;
  throw new RefusedRequest({
    summary: 'Number with too many digits',
    detail:
      'Integers up to 9007199254740991 and fractions of up to 17 digits can be kept. Write a shorter number.',
    path,
  });
}

function elementsOf(value: unknown, path: Path): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unreadable(path, 'A list is expected here.');
}

function fieldsOf(value: unknown, path: Path): Readonly<Record<string, unknown>> {
  const isFields = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isFields && !ArrayBuffer.isView(value)) return value as Readonly<Record<string, unknown>>;
  throw unreadable(path, 'An object is expected here.');
}

function unreadable(path: Path, detail: string): RefusedRequest {
  const place = path.length === 0 ? 'A value' : `The value of ${pathText(path)}`;
  return new RefusedRequest({
    summary: 'Unreadable value',
    detail: `${place} does not fit the schema of this provider. ${detail} Terraform and the provider may be of different versions.`,
    path,
  });
}
