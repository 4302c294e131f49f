/**
 * The extension's fields: names, limits and defaults of `extension/create` (D), of the import guide where that one is silent, and
 * of the panel's interface (V) for the advanced ones. Tags: see `lab/yeastar-p/settings.ts`.
 */
import type { BoxSettings } from './box.ts';
import type { StoredExtension } from './store.ts';
import { userPasswordFlaw } from './strength.ts';

/** Circumstances a value is judged in. */
export interface Scope {
  settings: BoxSettings;
  /** The extension as it would become. */
  next: StoredExtension;
}

/** Returns the name of the validation that a value fails. */
export type Rule = (value: string, scope: Scope) => string | undefined;

export interface Field {
  /** The name in the API, which is also the name in the store. */
  key: string;
  /** Its type in JSON. */
  kind: 'text' | 'number' | 'list';
  initial: string | ((number: string) => string);
  rule: Rule;
  /** Only extensions of type SIP have it. */
  sip?: true;
  /** A key of the panel that the API shows and takes with `advancedKeys` alone. */
  advanced?: true;
}

/** A rule that looks at the value alone. */
type Plain = (value: string) => string | undefined;

const anything: Plain = () => undefined;
const upTo =
  (longest: number): Plain =>
  (value) =>
    [...value].length > longest ? 'max' : undefined;
const between =
  (shortest: number, longest: number): Plain =>
  (value) =>
    [...value].length < shortest ? 'min' : upTo(longest)(value);
const matching =
  (pattern: RegExp): Plain =>
  (value) =>
    pattern.test(value) ? undefined : 'format';
const oneOf =
  (...values: string[]): Plain =>
  (value) =>
    values.includes(value) ? undefined : 'oneof';
const flag = oneOf('0', '1');

const PRESENCES = ['available', 'away', 'business_trip', 'do_not_disturb', 'lunch', 'off_work'];

/** Letters, digits and `( ) . - + * #`, 31 at most (D). */
const phoneNumber = matching(/^[0-9A-Za-z().\-+*#]{0,31}$/);

const email: Plain = (value) =>
  value === '' || /^[^@\s]+@[^@\s]+$/.test(value) ? upTo(255)(value) : 'format';

const userPassword: Rule = (value, { settings, next }) =>
  userPasswordFlaw(value, next, settings.model === 'Cloud');

/** A list of objects, whatever they hold (I). */
const objects: Plain = (value) => {
  const list: unknown = JSON.parse(value);
  const fits = Array.isArray(list) && list.every((entry) => typeof entry === 'object' && entry !== null);
  return fits ? undefined : 'format';
};

/** `[{"value":"1"}]`, ids of organisations (C); an unknown one fails (I). */
const organizations: Rule = (value, { settings }) => {
  const named = organizationIds(value);
  if (named === undefined) return 'format';
  const known = settings.organizations.map(({ id }) => id);
  return named.every((id) => known.includes(id)) ? undefined : 'oneof';
};

function text(key: string, initial: Field['initial'], rule: Rule, more: Partial<Field> = {}): Field {
  return { key, kind: 'text', initial, rule, ...more };
}

function number(key: string, initial: string, rule: Rule, more: Partial<Field> = {}): Field {
  return { key, kind: 'number', initial, rule, ...more };
}

const SIP = { sip: true } as const;
const ADVANCED = { sip: true, advanced: true } as const;

/** All fields but `id`, `type`, `number` and `fxs_port`, in the order they are answered. */
export const FIELDS: readonly Field[] = [
  text('first_name', '', upTo(63)),
  text('last_name', '', upTo(63)),
  text('email_addr', '', email),
  text('mobile_number', '', phoneNumber),
  text('user_password', '', userPassword),
  { key: 'organization_list', kind: 'list', initial: '[]', rule: organizations },
  number('role_id', '0', matching(/^\d{1,9}$/)),
  text('title', '', upTo(63)),
  text('email_language', 'follow_system', upTo(31)),
  text('user_lang', 'follow_system', upTo(31)),
  text('vm_lang', 'follow_system', upTo(31)),
  text('caller_id', (extension) => extension, phoneNumber),
  text('reg_name', (extension) => extension, between(1, 63), SIP),
  text('reg_password', '', between(8, 63), SIP),
  number('concurrent_registrations', '1', oneOf('1', '2', '3'), SIP),
  text('presence_status', 'available', oneOf(...PRESENCES)),
  { key: 'presence_list', kind: 'list', initial: '[]', rule: objects },
  text('presence_mobile_prefix', '', upTo(31)),
  text('agent_id', '', matching(/^\d{0,63}$/)),
  number('enb_vm', '1', flag),
  number('enb_vm_pin', '1', flag),
  text('vm_pin', (extension) => extension, matching(/^\d{3,63}$/)),
  text('dtmf_mode', 'rfc4733', anything, ADVANCED),
  text('transport', 'udp', oneOf('udp', 'tcp', 'tls'), ADVANCED),
  number('enb_nat', '1', flag, ADVANCED),
  number('enb_qualify', '1', flag, ADVANCED),
  number('enb_srtp', '0', flag, ADVANCED),
  number('enb_t38_support', '0', flag, ADVANCED),
  number('allow_reg_remotely', '0', flag, ADVANCED),
  number('disable_outb_call', '0', flag, { advanced: true }),
];

const BY_KEY = new Map(FIELDS.map((entry) => [entry.key, entry]));

/** The field as the API has it for an extension of that type: an analogue one has no SIP account. */
export function fieldOf(key: string, settings: BoxSettings, type: string): Field | undefined {
  const field = BY_KEY.get(key);
  return field !== undefined && isServed(field, settings, type) ? field : undefined;
}

export function isServed(field: Field, settings: BoxSettings, type: string): boolean {
  return (!field.sip || type === 'SIP') && (!field.advanced || settings.advancedKeys);
}

/** The organisations of a stored list; undefined if it is no such list. */
export function organizationIds(list: string): string[] | undefined {
  const entries: unknown = JSON.parse(list);
  if (!Array.isArray(entries)) return undefined;
  const ids = entries.map((entry: { value?: unknown } | null) => entry?.value);
  return ids.every((id) => typeof id === 'string') ? (ids as string[]) : undefined;
}
