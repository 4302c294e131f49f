import { AltaError, reveal, Secret, type Values } from '../../../engine/model/index.ts';
import { onlyOf, type SecretProblem, type SecretRule, tooLong, tooShort } from '../../rules.ts';
import { callerIdFields, fieldOf, fields, secretFields } from './fields.ts';

/** Arguments of an action, by their flat names. */
export type Native = Readonly<Record<string, string | Secret>>;

/** What an answer shows of an extension, by the names of the arguments that set it. */
export type Shown = Readonly<Record<string, string | Secret>>;

/** Ids that the server knows and the YAML does not. Both throw an AltaError where there is none. */
export interface Ids {
  readonly agent: (name: string) => string;
  readonly department: (name: string) => string;
}

/**
 * The body of a call: key, action and arguments, form-encoded. So the key stays out of addresses, which end up in logs. [inference]
 * @throws `request-unsendable` for text that is none (lone surrogates)
 */
export function formBody(action: string, params: Native, key: Secret | null): Secret {
  const clear = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, clearOf(value)]));
  if (Object.values(clear).some((value) => /\p{Surrogate}/u.test(value)))
    throw new AltaError(
      'request-unsendable',
      { operation: action, host: '', kind: 'text' },
      { written: 'nothing' },
    );
  const login = key === null ? {} : { apikey: reveal(key) };
  return new Secret(new URLSearchParams({ ...clear, ...login, action }).toString());
}

/** API v2 takes the same key in a header. [field] */
export function bearer(key: Secret): Secret {
  return new Secret(`Bearer ${reveal(key)}`);
}

/** What is sent by other calls, in other places, or not at all. */
const sentApart: readonly string[] = ['number', 'type', 'registrationName', ...callerIdFields];

/**
 * Canonical values and secrets as arguments of `ext.add` and `ext.edit`. The number is sent apart, as is the enhanced service of the
 * outgoing number; the protocol is fixed and the registration name computed.
 * @throws `field-unsupported`, written nothing, for a field the server does not have, and what `ids` throws
 */
export function toNative(values: Values, secrets: Readonly<Record<string, Secret>>, ids: Ids): Native {
  const sent = Object.entries(values).filter(([name]) => !sentApart.includes(name));
  const plain = sent.map(([name, value]) => {
    if (name === 'userAgent') return ['ua', ids.agent(String(value))] as const;
    if (name === 'department') return ['department', ids.department(String(value))] as const;
    const field = fieldOf(name);
    if (field === undefined) throw unsupported(name);
    return [field.param, field.encode(value)] as const;
  });
  const wrapped = Object.entries(secrets).map(([name, secret]) => {
    if (!isSecretField(name)) throw unsupported(name);
    return [secretFields[name], secret] as const;
  });
  return Object.fromEntries([...plain, ...wrapped]);
}

/**
 * Whether what is shown proves a write: `same` = what is shown of it is as sent, and something is; `other` = something is not; `hidden` =
 * nothing of it is shown. Each write is one request, so that a part of it proves the whole.
 */
export function compare(shown: Shown, sent: Native): 'same' | 'other' | 'hidden' {
  const compared = Object.entries(sent).filter(([param]) => shown[param] !== undefined);
  if (compared.length === 0) return 'hidden';
  return compared.every(([param, value]) => meansSame(param, shown[param] ?? '', value)) ? 'same' : 'other';
}

/** `remote` and `2` say the same, as do `4,6` and `6,4`. */
function meansSame(param: string, held: string | Secret, sent: string | Secret): boolean {
  const [there, ours] = [clearOf(held), clearOf(sent)];
  if (there === ours) return true;
  if (param === 'department') return sortedIds(there) === sortedIds(ours);
  const field = Object.values(fields).find((one) => one.param === param);
  const meaning = field?.decode(there);
  return meaning !== undefined && meaning === field?.decode(ours);
}

function sortedIds(list: string): string {
  return list.split(',').sort().join();
}

/** What the secrets of a write break, without their values. */
export function secretProblems(secrets: Readonly<Record<string, Secret>>): readonly SecretProblem[] {
  return Object.entries(secrets).flatMap(([field, secret]) => {
    const rules = isSecretField(field) ? secretRules[field] : [];
    const broken = rules.find(({ kept }) => !kept(reveal(secret)));
    return broken === undefined ? [] : [{ field, code: broken.code, params: broken.params }];
  });
}

const charset = onlyOf(/^[a-zA-Z0-9%$*!@_-]*$/, 'A-Z a-z 0-9 % $ * ! @ _ -');

/** `[a-zA-Z0-9%$*!@_-]+` is documented; the classes and the eight were found by others, and v2 documents them, with at most 128. [field] */
const varied: SecretRule = {
  kept: (value) => [/[A-Z]/, /[a-z]/, /[0-9]/, /[%*!_-]/].every((kind) => kind.test(value)),
  code: 'secret-characters',
  params: { allowed: 'A-Z, a-z, 0-9 and % * ! _ -, at least one of each' },
};

const secretRules: Readonly<Record<keyof typeof secretFields, readonly SecretRule[]>> = {
  sip: [tooShort(8), tooLong(128), charset, varied],
  portal: [tooShort(1), charset],
  pin: [onlyOf(/^[0-9]*$/, '0-9'), tooShort(4), tooLong(4)],
};

function clearOf(value: string | Secret): string {
  return typeof value === 'string' ? value : reveal(value);
}

function isSecretField(name: string): name is keyof typeof secretFields {
  return Object.hasOwn(secretFields, name);
}

function unsupported(field: string): AltaError {
  const params = { driver: 'meetip', field, address: '' };
  return new AltaError('field-unsupported', params, { written: 'nothing' });
}
