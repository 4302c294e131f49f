/** Native ⇄ canonical: pure, one codec a field. */
import type { Actual, Desired, Scalar, Secret, Values } from '../../engine/model/index.ts';
import { reveal, Secret as SecretValue } from '../../engine/model/index.ts';
import type { FieldFact } from '../contract.ts';
import { facts, NUMBER_DIGITS } from './facts.ts';
import type { Row } from './world.ts';

interface Codec {
  readonly toNative: (value: Scalar) => string;
  readonly toCanonical: (native: string) => Scalar;
}

const plain: Codec = { toNative: String, toCanonical: (native) => native };
const codecs: Readonly<Record<string, Codec>> = {
  number: { toNative: (value) => toNativeKey(String(value)), toCanonical: toKey },
  name: { ...plain, toNative: (value) => String(value).trim().replace(/\s+/g, ' ') },
  email: { ...plain, toNative: (value) => String(value).toLowerCase() },
  callerId: { toNative: toNativeCallerId, toCanonical: toCallerId },
  role: oneOf({ user: '1', admin: '9' }),
  internalOnly: truth('yes', 'no'),
  concurrentRegistrations: { toNative: String, toCanonical: Number },
  nat: truth('on', 'off'),
  voicemail: truth('on', 'off'),
};

/** `110` → `00110` */
export function toNativeKey(number: string): string {
  return number.padStart(NUMBER_DIGITS, '0');
}

/** `00110` → `110` */
export function toKey(ext: string): string {
  return ext.replace(/^0+/, '');
}

/** The native fields of what a write names. Fields that the facts do not know are left out: check has refused them. */
export function toRow(values: Values, secrets: Readonly<Record<string, Secret>>): Row {
  const row: Record<string, string> = {};
  for (const [field, value] of Object.entries(values)) {
    const fact = factOf(field);
    if (fact !== undefined && field !== 'number') row[fact.native] = codecOf(field).toNative(value);
  }
  for (const [field, secret] of Object.entries(secrets)) {
    const fact = factOf(field);
    if (fact !== undefined) row[fact.native] = reveal(secret);
  }
  return row;
}

/** One row of the box as a resource. What the row does not show is left out, as is a secret that is not set. */
export function toActual(row: Row): Actual {
  const values: Record<string, Scalar> = {};
  const secrets: Record<string, Secret> = {};
  for (const [field, fact] of Object.entries(fields())) {
    const native = row[fact.native];
    if (native === undefined) continue;
    if (fact.secret && native !== '') secrets[field] = new SecretValue(native);
    if (!fact.secret) values[field] = codecOf(field).toCanonical(native);
  }
  return { kind: 'extension', key: toKey(row.ext ?? ''), values, secrets, observed: {} };
}

/** Whether a row holds every native field of `wanted` that the box shows. Secrets it never shows prove nothing. */
export function holds(row: Row, wanted: Row): boolean {
  return Object.entries(wanted).every(([name, value]) => row[name] === undefined || row[name] === value);
}

/** The form that the box would give back: every value once there and back again. */
export function normalise(desired: Desired): Desired {
  const entries = Object.entries(desired.values).map(([field, value]) => {
    const codec = codecOf(field);
    return [field, factOf(field) === undefined ? value : codec.toCanonical(codec.toNative(value))] as const;
  });
  return { ...desired, values: Object.fromEntries(entries) };
}

/** What the login asks for, opened at the last moment. */
export function toLogin(credentials: Readonly<Record<string, Secret>>): {
  readonly username: string;
  readonly password: string;
} {
  const { username, password } = credentials;
  return {
    username: username === undefined ? '' : reveal(username),
    password: password === undefined ? '' : reveal(password),
  };
}

/** The facts of one field; undefined where this family does not know it. */
export function factOf(field: string): FieldFact | undefined {
  return Object.hasOwn(fields(), field) ? fields()[field] : undefined;
}

/** All fields of an extension. */
export function fields(): Readonly<Record<string, FieldFact>> {
  return facts.kinds.extension?.fields ?? {};
}

function codecOf(field: string): Codec {
  return codecs[field] ?? plain;
}

function truth(yes: string, no: string): Codec {
  return {
    toNative: (value) => (value === true ? yes : no),
    toCanonical: (native) => native === yes,
  };
}

function oneOf(words: Readonly<Record<string, string>>): Codec {
  const back = Object.fromEntries(Object.entries(words).map(([canonical, native]) => [native, canonical]));
  return {
    toNative: (value) => words[String(value)] ?? String(value),
    toCanonical: (native) => back[native] ?? native,
  };
}

function toNativeCallerId(value: Scalar): string {
  const text = String(value);
  if (text === 'anonymous') return 'ANON';
  if (text === 'internal') return 'INT';
  return text.startsWith('+') ? `00${text.slice(1)}` : text;
}

function toCallerId(native: string): Scalar {
  if (native === 'ANON') return 'anonymous';
  if (native === 'INT') return 'internal';
  return native.startsWith('00') ? `+${native.slice(2)}` : native;
}
