import type { ProfileDrift } from '../../../../engine/model/profile.ts';
import { isJson, type Json, typeOf } from './path.ts';

/** What objects of one kind look like: key → types joined by `|`, with `?` where not all of them have it. Never a value. */
export type Fingerprint = Readonly<Record<string, string>>;

/** How deep keys are looked at. What lies deeper is mostly made of other objects. */
const DEPTH = 3;

/** Digits as in numbers and dates, ids in hexadecimal, letters and digits in turns: data, though it stands where a name does. */
const DATA = /\d{4,}|[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{16,}$|(?:\d+\D+){3,}/iu;

/**
 * Whether a key looks like a name that somebody gave a setting. Servers also key objects by telephone numbers, addresses and people: those are
 * data, which must not get into profiles and reports. One word of letters may be either.
 */
export function isPlainKey(key: string): boolean {
  return /^(?!__proto__$)[\p{L}_][\p{L}\p{N}_-]{0,59}$/u.test(key) && !DATA.test(key);
}

/** Keys and types of some sample objects together. */
export function fingerprintOf(samples: readonly Json[]): Fingerprint {
  const all = samples.map((sample) => new Map(keysOf(sample, '', DEPTH)));
  const keys = [...new Set(all.flatMap((one) => [...one.keys()]))].sort();
  return Object.fromEntries(
    keys.map((key) => {
      const types = all.flatMap((one) => one.get(key) ?? []);
      const named = [...new Set(types)].sort().join('|');
      return [key, types.length < samples.length ? `${named}?` : named];
    }),
  );
}

function keysOf(object: Json, path: string, depth: number): readonly (readonly [string, string])[] {
  return Object.entries(object).flatMap(([key, value]) => {
    if (!isPlainKey(key)) return [];
    const place = path === '' ? key : `${path}.${key}`;
    const own = [place, typeOf(value)] as const;
    return depth > 1 && isJson(value) ? [own, ...keysOf(value, place, depth - 1)] : [own];
  });
}

/**
 * What differs from a locked fingerprint: keys that every object had and none has now, keys that no object had, types that none had. Null
 * says nothing of a type. Without objects nothing can be told.
 */
export function changesSince(
  locked: Fingerprint,
  now: Fingerprint,
  { ignore = [], additions = 'refuse' }: ProfileDrift = {},
): readonly string[] {
  if (Object.keys(now).length === 0) return [];
  const counts = (key: string) => !ignore.some((place) => key === place || key.startsWith(`${place}.`));
  const gone = Object.entries(locked).filter(
    ([key, types]) =>
      !types.endsWith('?') &&
      now[key] === undefined &&
      isAbsent(key, now) &&
      key.split('.').every(isPlainKey),
  );
  const fresh = additions === 'allow' ? [] : Object.keys(now).filter((key) => locked[key] === undefined);
  const other = Object.entries(now).filter(([key, types]) => isOther(locked[key], types));
  return [
    ...gone.map(([key]) => [key, `- ${key}`] as const),
    ...fresh.map((key) => [key, `+ ${key}`] as const),
    ...other.map(([key, types]) => [key, `${key}: ${locked[key]} → ${types}`] as const),
  ]
    .filter(([key]) => counts(key))
    .map(([, text]) => text);
}

/** A key below something that is null in every object is not gone. */
function isAbsent(key: string, now: Fingerprint): boolean {
  const parent = key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : null;
  return parent === null || (now[parent] !== undefined && typesIn(now[parent] ?? '').length > 0);
}

function isOther(locked: string | undefined, now: string): boolean {
  if (locked === undefined) return false;
  const [before, after] = [typesIn(locked), typesIn(now)];
  return before.length > 0 && after.some((type) => !before.includes(type));
}

function typesIn(text: string): readonly string[] {
  return text
    .replace('?', '')
    .split('|')
    .filter((type) => type !== 'null');
}
