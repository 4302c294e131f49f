/** What of an object that was read may be sent back. Pure. */
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { fieldsOf } from './profile/fields.ts';
import { isJson, type Json } from './profile/path.ts';

/** Words of a key, whatever joins them, that say: here stands a secret. In both languages of such servers. [inference] */
const SECRET_PART = /passw|contrase|secret(?!ar)|credential|clave/;
const SECRET_WORDS: ReadonlySet<string> = new Set(['pwd', 'psw', 'pin', 'token', 'hash']);

/** What servers show in place of a secret. [inference] */
const MASK = /^[*\u2022\u25cf\u00b7]{3,}$/u;

/** Whether a key's name says that its value is a secret: `sipPassword`, `vm_pin`, not `shipping`. */
export function isSecretKey(key: string): boolean {
  const words = key
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1_')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return (
    SECRET_PART.test(words.join('')) ||
    words.at(-1) === 'pass' ||
    words.some((word) => SECRET_WORDS.has(word))
  );
}

/** Whether a value stands for one that is not shown. */
export function isMask(value: unknown): boolean {
  return typeof value === 'string' && MASK.test(value);
}

/**
 * The object without what is a secret or stands for one: fields that are never shown, keys that the profile does not map as readable and that
 * look secret, and masks wherever they stand. Sent back, a mask would become the password.
 */
export function speakable(object: Json, profile: ProfileDocument): Json {
  const all = [...Object.values(fieldsOf(profile)), profile.identity.number];
  const places = (hidden: boolean) =>
    all
      .filter(({ writeOnly }) => (writeOnly === true) === hidden)
      .flatMap(({ path, writePath = path, also = [] }) => [path, writePath, ...also]);
  return opened(object, '', new Set(places(false)), new Set(places(true)));
}

function opened(object: Json, at: string, shown: ReadonlySet<string>, hidden: ReadonlySet<string>): Json {
  const kept = Object.entries(object).flatMap(([key, value]) => {
    const place = at === '' ? key : `${at}.${key}`;
    const secret = hidden.has(place) || isMask(value) || (isSecretKey(key) && !shown.has(place));
    return secret ? [] : [[key, inner(value, place, shown, hidden)] as const];
  });
  return Object.fromEntries(kept);
}

function inner(value: unknown, at: string, shown: ReadonlySet<string>, hidden: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one, index) => inner(one, `${at}.${index}`, shown, hidden));
  return isJson(value) ? opened(value, at, shown, hidden) : value;
}
