import { createHash } from 'node:crypto';
import { type Actual, AltaError, reveal, Secret, type Values } from '../../../engine/model/index.ts';
import { noneOf, onlyOf, type SecretProblem, type SecretRule, tooLong, tooShort } from '../../rules.ts';
import type { Line, Row } from './answers.ts';
import type { Api } from './api.ts';
import { fieldOf, fields, readableSecrets, secretFields } from './fields.ts';
import { numberPattern } from './rules.ts';

/** What a write sends: native key → text. */
export type Native = Readonly<Record<string, string | Secret>>;

/** The number as a write names it. `all` and lists, which would mean other extensions too, never pass. */
export function numberOf(key: string): string {
  if (numberPattern.test(key)) return key;
  const params = { driver: 'yeastar', field: 'number', address: key, value: key, allowed: '0-9' };
  throw new AltaError('value-characters', params, { written: 'nothing' });
}

/** The body of every write: exactly one number, and the keys that change. */
export function writeBody(api: Api, key: string, native: Native): Secret {
  const clear = Object.entries(native).map(([name, value]) => [name, clearOf(value)]);
  return new Secret(JSON.stringify({ ...Object.fromEntries(clear), [api.numberKey]: numberOf(key) }));
}

/** The body of a query: all extensions, or one. v1.x takes a missing `extid` as all. [vendor-docs] */
export function queryBody(api: Api, key?: string): string {
  if (key !== undefined) return JSON.stringify({ [api.numberKey]: numberOf(key) });
  return JSON.stringify(api.generation === 2 ? { number: 'all' } : {});
}

/**
 * The box wants the MD5 of the password as 32 lower-case hex digits, which opens the box as well as the password does.
 * [vendor-docs] `port`, `version` and `url`, which make it send reports to us, are left out. [field]
 */
export function loginBody(username: Secret, password: Secret): Secret {
  const digest = createHash('md5').update(reveal(password), 'utf8').digest('hex');
  return new Secret(JSON.stringify({ username: reveal(username), password: digest }));
}

/**
 * Canonical values and secrets in the names and texts of the box. `number` is sent apart; `type` is fixed.
 * @param shown the fields as the box shows them, for its vocabulary of yes and no
 * @throws `field-unsupported`, written nothing, for a field the box does not have
 */
export function toNative(
  values: Values,
  secrets: Readonly<Record<string, Secret>>,
  shown: Row['shown'],
): Native {
  const { number: _apart, type: _fixed, ...sent } = values;
  const plain = Object.entries(sent).map(([name, value]) => {
    const field = fieldOf(name);
    if (field === undefined) throw unsupported(name);
    return [field.native, field.encode(value, shown[field.native])] as const;
  });
  const wrapped = Object.entries(secrets).map(([name, secret]) => {
    if (!isSecretField(name)) throw unsupported(name);
    return [secretFields[name], secret] as const;
  });
  return Object.fromEntries([...plain, ...wrapped]);
}

/** The resource of one SIP extension. */
export function toActual(row: Row, line: Line): Actual {
  const shown = Object.entries(fields).flatMap(([name, field]) => {
    const text = row.shown[field.native];
    const value = text === undefined ? undefined : field.decode(text);
    return value === undefined ? [] : [[name, value] as const];
  });
  const { language } = row.shown;
  return {
    kind: 'extension',
    key: row.number,
    values: { number: row.number, type: 'sip', ...Object.fromEntries(shown) },
    secrets: row.secrets,
    observed: { status: line.status, ...(language === undefined ? {} : { language }) },
  };
}

/** An extension of another type (analogue and the like): there to be seen, and nothing else. */
export function toForeign(line: Line): Actual {
  const { number, type, name, status } = line;
  return {
    kind: 'extension',
    key: number,
    values: { number, type, name },
    secrets: {},
    observed: { status },
  };
}

/** Whether the box shows everything that a write sent. What it never shows counts as held. */
export function holds(row: Row, native: Native): boolean {
  return Object.entries(native).every(([name, value]) => {
    const secret = readableSecrets.find((known) => secretFields[known] === name);
    const held = secret === undefined ? row.shown[name] : row.secrets[secret];
    return held === undefined || clearOf(held) === clearOf(value) || meansSame(name, held, value);
  });
}

/** `on` and `yes` say the same of a switch. */
function meansSame(name: string, held: string | Secret, value: string | Secret): boolean {
  const field = Object.values(fields).find(({ native }) => native === name);
  const meaning = field?.decode(clearOf(held));
  return meaning !== undefined && meaning === field?.decode(clearOf(value));
}

/** What the secrets of a write break, without their values. */
export function secretProblems(
  secrets: Readonly<Record<string, Secret>>,
  api: Api,
): readonly SecretProblem[] {
  return Object.entries(secrets).flatMap(([field, secret]) => {
    const broken = secretRules(field, api).find(({ kept }) => !kept(reveal(secret)));
    return broken === undefined ? [] : [{ field, code: broken.code, params: broken.params }];
  });
}

/**
 * Only what no box of that generation takes: 8 characters is the least with weak passwords allowed. [vendor-docs]
 * The longest `registerpassword` of v2.0.0 and the characters of `loginpassword` are unknown, so not judged.
 */
function secretRules(field: string, { generation }: Api): readonly SecretRule[] {
  if (field === 'pin') return [tooShort(1), tooLong(63), onlyOf(/^[0-9]*$/, '0-9')];
  if (field === 'portal') return [tooShort(6), tooLong(63)];
  return generation === 2
    ? [tooShort(8), onlyOf(/^[A-Za-z0-9~^*_?-]*$/, 'A-Z a-z 0-9 ~ ^ * - _ ?')]
    : [tooShort(1), tooLong(31), noneOf(/[;&"'\\<>`| ]/, '; & " \' \\ < > ` | \u2420')];
}

/**
 * Whether a box with its default rule would call the SIP password weak: at least 16 characters, upper and lower case,
 * digits but no two in a row, without number or name. [vendor-docs] Only used to explain a refusal.
 */
export function isWeak(password: Secret, key: string, name: string): boolean {
  const value = reveal(password);
  const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/].every((kind) => kind.test(value));
  const holdsName = name !== '' && value.toLowerCase().includes(name.toLowerCase());
  return value.length < 16 || !kinds || /[0-9]{2}/.test(value) || value.includes(key) || holdsName;
}

function clearOf(value: string | Secret): string {
  return typeof value === 'string' ? value : reveal(value);
}

function isSecretField(name: string): name is keyof typeof secretFields {
  return Object.hasOwn(secretFields, name);
}

function unsupported(field: string): AltaError {
  const params = { driver: 'yeastar', field, address: '' };
  return new AltaError('field-unsupported', params, { written: 'nothing' });
}
