/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

/** What JSON calls a value; `missing` where nothing stands there. */
export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array' | 'missing';

/** The path that means the whole. */
const WHOLE = '$';

/** The value at a path (`data.0.id`, `$`); undefined where nothing stands there. Keys of prototypes are nothing. */
export function valueAt(data: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>(stepInto, data);
}

/**
 * The object with a value at a path of keys: no profile writes to an index. What is in the way and no object is replaced; nothing is changed
 * in place.
 */
export function withValue(data: Json, path: string, value: unknown): Json {
  return set(data, stepsOf(path), value) as Json;
}

/** Whether a list stands in the way of a path: what is set there would take its place. */
export function crossesList(data: Json, path: string): boolean {
  const steps = stepsOf(path);
  return steps
    .slice(1)
    .some((_step, index) => Array.isArray(steps.slice(0, index + 1).reduce<unknown>(stepInto, data)));
}

/** The object without what stands at a path of keys. */
export function withoutPath(data: Json, path: string): Json {
  const [first, ...rest] = stepsOf(path);
  if (first === undefined || !Object.hasOwn(data, first)) return data;
  const inner = data[first];
  if (rest.length > 0) return isJson(inner) ? { ...data, [first]: withoutPath(inner, rest.join('.')) } : data;
  const { [first]: _gone, ...others } = data;
  return others;
}

/** Objects joined key by key; anything else, arrays too, is replaced by what is over it. */
export function merged(under: Json, over: Json): Json {
  const joined = Object.entries(over).map(([key, value]) => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isJson(below) && isJson(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(joined) };
}

export function typeOf(value: unknown): JsonType {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that JSON writes without brackets, and that says something. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function stepsOf(path: string): readonly string[] {
  return path === WHOLE ? [] : path.split('.');
}

function stepInto(data: unknown, step: string): unknown {
  if (Array.isArray(data)) return /^\d{1,9}$/.test(step) ? data[Number(step)] : undefined;
  return isJson(data) && Object.hasOwn(data, step) ? data[step] : undefined;
}

function set(data: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  const here = isJson(data) ? data : {};
  return { ...here, [first]: set(stepInto(here, first), rest, value) };
}
