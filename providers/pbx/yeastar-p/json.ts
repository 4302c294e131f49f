/** Reading values of which nobody is sure whether they come as numbers or as text. */
import { type About, strange } from '../../transport/refusal.ts';

/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, a number as its digits, a truth value as 1 or 0; anything else is empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A whole number that is not negative, also where it comes as text. */
export function countOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A whole number that says what became of a call, also where it comes as text: failures are negative too. [vendor-docs] */
export function errcodeOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** @throws `strange-answer`: a list that is not there is not an empty one */
export function listIn(body: Json, key: string, about: About): readonly Json[] {
  const list = body[key];
  if (!Array.isArray(list) || !list.every(isJson)) throw strange(`no ${key}`, about);
  return list;
}

/** @throws `strange-answer` */
export function idIn(entry: Json, about: About): number {
  const id = countOf(entry.id);
  if (id === undefined) throw strange('an entry without an id', about);
  return id;
}

/** @throws `strange-answer` */
export function objectIn(body: Json, key: string, about: About): Json {
  const found = body[key];
  if (!isJson(found)) throw strange(`no ${key}`, about);
  return found;
}
