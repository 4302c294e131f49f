import { isPlainKey } from './plain.ts';

/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

/** A value that JSON writes without brackets. */
export type Scalar = string | number | boolean | null;

/** One value and the keys that lead to it, joined by dots. */
export interface Leaf {
  readonly path: string;
  readonly value: Scalar;
}

/** A list of objects in an answer. */
export interface Table {
  /** `$` is the whole answer. */
  readonly path: string;
  readonly rows: readonly Json[];
}

/** Deeper than a profile's paths reach, or more than any form has, is not looked at. */
const MAX_DEPTH = 6;
const MAX_LEAVES = 2_000;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The scalars of an object. Lists are passed over, and so is whatever stands under a key that looks like data. */
export function leavesOf(data: unknown): readonly Leaf[] {
  if (!isJson(data)) return [];
  const known = gathered.get(data);
  if (known !== undefined) return known;
  const found: Leaf[] = [];
  gather(data, '', MAX_DEPTH, found);
  gathered.set(data, found);
  return found;
}

/** Every object is looked through once, however many questions are asked about it. */
const gathered = new WeakMap<Json, readonly Leaf[]>();

function gather(data: unknown, path: string, depth: number, found: Leaf[]): void {
  if (!isJson(data) || depth === 0) return;
  for (const [key, value] of Object.entries(data)) {
    if (found.length >= MAX_LEAVES) return;
    if (!isPlainKey(key)) continue;
    const place = path === '' ? key : `${path}.${key}`;
    if (isScalar(value)) found.push({ path: place, value });
    else gather(value, place, depth - 1, found);
  }
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Every list of objects in an answer, the outermost first. An empty list may be one. */
export function tablesOf(data: unknown): readonly Table[] {
  return tablesUnder(data, '$', 4);
}

function tablesUnder(data: unknown, path: string, depth: number): readonly Table[] {
  if (Array.isArray(data)) return data.every(isJson) ? [{ path, rows: data }] : [];
  if (!isJson(data) || depth === 0) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    isPlainKey(key) ? tablesUnder(value, path === '$' ? key : `${path}.${key}`, depth - 1) : [],
  );
}

/** Whether two values are the same for a person: a number may be written as text. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === null || other === null || typeof one === 'boolean' || typeof other === 'boolean')
    return one === other;
  return isScalar(one) && isScalar(other) && String(one) === String(other);
}

/** The scalar at a path; undefined where none stands there. */
export function scalarAt(data: unknown, path: string): Scalar | undefined {
  const found = path
    .split('.')
    .reduce<unknown>((here, key) => (isJson(here) && Object.hasOwn(here, key) ? here[key] : undefined), data);
  return isScalar(found) ? found : undefined;
}

/** Distinct items, in the order in which they came first. */
export function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
