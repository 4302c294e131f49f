/**
 * What may leave a recording. Only names of the API do: keys, parameters, parts of paths, words for choices. Each is judged by its form, and
 * whatever looks like somebody's data is none.
 */

/** Digits as in numbers and dates, ids in hexadecimal, tokens: letters and digits in turns. */
const VALUE = /\d{4,}|[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{16,}$|(?:\d+[^\d]+){3,}/i;

/** A key of a JSON object. */
export function isPlainKey(key: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]{0,39}$/u.test(key) && !VALUE.test(key) && key !== '__proto__';
}

/** A part of a URL's path that is the same for everybody. */
export function isPlainSegment(segment: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_.~-]{0,39}$/.test(segment) && !VALUE.test(segment);
}

/** The name of a query parameter, a header or a cookie. */
export function isPlainParameter(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.[\]-]{0,39}$/.test(name) && !VALUE.test(name);
}

/** The API's own word for one of few choices. */
export function isPlainWord(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'string') return /^[\p{L}_-]{0,24}$/u.test(value);
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 100;
  return typeof value === 'boolean' || value === null;
}

/** What stands before a value: a country code, a few letters. */
export function isPlainPrefix(text: string): boolean {
  return /^(\+?\d{1,3}|[A-Za-z]{1,8}[:/_-]?)$/.test(text);
}
