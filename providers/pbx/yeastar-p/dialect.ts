import { type Actual, AltaError, reveal, Secret, type Values } from '../../../engine/model/index.ts';
import type { Detail, Entry } from './answers.ts';
import { type Field, nameIn, partsOf, plainFields, probedFields, secretFields } from './fields.ts';
import { departmentOf, type Menus, NO_ROLE, roleOf } from './menus.ts';
import { numberPattern } from './rules.ts';

/** What a write sends: native key → value. */
export type Native = Readonly<
  Record<string, string | number | Secret | readonly { readonly value: string }[]>
>;

/** The ids that names stand for on this box. */
export interface Chosen {
  readonly role?: string;
  /** None: left as they are. */
  readonly departments: readonly string[];
}

/** The credentials in clear, as the box wants them. [vendor-docs] */
export function loginBody(clientId: Secret, clientSecret: Secret): Secret {
  return new Secret(JSON.stringify({ username: reveal(clientId), password: reveal(clientSecret) }));
}

export function refreshBody(token: Secret): Secret {
  return new Secret(JSON.stringify({ refresh_token: reveal(token) }));
}

/** The body of a create or of an update, which names the extension by its id. */
export function writeBody(native: Native, id?: number): Secret {
  const clear = Object.entries(native).map(([name, value]) => [
    name,
    value instanceof Secret ? reveal(value) : value,
  ]);
  return new Secret(JSON.stringify({ ...(id === undefined ? {} : { id }), ...Object.fromEntries(clear) }));
}

/** What a new extension has where nothing else is declared. Every one is required. [vendor-docs] */
export function createDefaults(key: string): Native {
  return {
    type: 'SIP',
    number: key,
    reg_name: key,
    concurrent_registrations: 1,
    presence_status: 'available',
  };
}

/**
 * Canonical values and secrets in the names and types of the box, without the switches of {@link probedFields}. `number` and `type` are
 * fixed.
 * @throws `field-unsupported`, written nothing, for a field the box does not have
 */
export function toNative(values: Values, secrets: Readonly<Record<string, Secret>>, chosen: Chosen): Native {
  const plain = Object.entries(values).map(([name, value]): Native => {
    const field = Object.hasOwn(plainFields, name) ? plainFields[name] : undefined;
    if (field !== undefined) return { [field.native]: field.encode(value) };
    if (name === 'name') return nameOf(String(value));
    if (name === 'role') return { role_id: Number(chosen.role ?? NO_ROLE) };
    if (apart.includes(name) || Object.hasOwn(probedFields, name)) return {};
    throw unsupported(name);
  });
  const wrapped = Object.entries(secrets).map(([name, secret]): Native => {
    if (!isSecretField(name)) throw unsupported(name);
    return name === 'pin' ? { enb_vm_pin: 1, vm_pin: secret } : { [secretFields[name]]: secret };
  });
  return Object.assign({}, ...plain, ...wrapped, memberOf(chosen.departments));
}

/** Fixed, or known by what was chosen. */
const apart: readonly string[] = ['number', 'type', 'department'];

function nameOf(name: string): Native {
  const { first, last } = partsOf(name);
  return { first_name: first, last_name: last };
}

/** The organisations an extension is in, and no others. [vendor-docs, field] */
function memberOf(ids: readonly string[]): Native {
  return ids.length === 0 ? {} : { organization_list: ids.map((value) => ({ value })) };
}

/**
 * The organisations that an extension is in, as they are: a box that has any demands them in every update [vendor-docs: the note; its own
 * sample leaves them out]. Nothing where it shows none.
 */
export function membershipOf({ departments = [] }: Detail): Native {
  return memberOf(departments.map(({ id }) => id).filter((id) => id !== ''));
}

/** One switch of {@link probedFields} alone. */
export function switchOf({ native, encode }: Field, value: Values[string]): Native {
  return { [native]: encode(value) };
}

/** The resource of one SIP extension. */
export function toActual(detail: Detail, entry: Entry, menus: Menus): Actual {
  const { shown } = detail;
  const decoded = Object.entries({ ...plainFields, ...probedFields }).map(([name, { native, decode }]) => {
    const text = shown[native];
    return [name, text === undefined ? undefined : decode(text)] as const;
  });
  const named = [
    ['name', nameIn(shown)],
    ['role', shown.role_id === undefined ? undefined : roleOf(shown.role_id, entry.roleName, menus.roles)],
    ['department', detail.departments === undefined ? undefined : departmentOf(detail.departments, menus)],
  ] as const;
  const values = [...named, ...decoded].filter(([, value]) => value !== undefined);
  return {
    kind: 'extension',
    key: detail.number,
    id: String(detail.id),
    values: { number: detail.number, type: 'sip', ...(Object.fromEntries(values) as Values) },
    secrets: {},
    observed: observedOf(entry, shown),
  };
}

/** An extension of another type (analogue): there to be seen, and nothing else. */
export function toForeign({ id, number, type }: Detail, entry: Entry): Actual {
  return {
    kind: 'extension',
    key: number,
    id: String(id),
    values: { number, type: type || 'unknown', name: entry.name },
    secrets: {},
    observed: observedOf(entry, {}),
  };
}

function observedOf({ presence, phone, roleName }: Entry, { user_lang: language }: Detail['shown']): Values {
  return {
    ...(presence === '' ? {} : { presence }),
    ...(phone === undefined ? {} : { registered: phone.registered }),
    ...(roleName === '' ? {} : { roleName }),
    ...(language === undefined ? {} : { language }),
  };
}

/** The keys of a write that a detail does not show, so that it cannot say whether they were written. */
export function unshown(detail: Detail, native: Native): readonly string[] {
  return Object.keys(native).filter((key) =>
    key === 'organization_list' ? detail.departments === undefined : !(key in detail.shown),
  );
}

/** Whether a detail shows what a write sent. What it does not show counts as held. */
export function holds(detail: Detail, native: Native): boolean {
  const hidden = unshown(detail, native);
  return Object.entries(native).every(([key, value]) => {
    if (hidden.includes(key)) return true;
    if (Array.isArray(value)) return sameMembers(detail, value);
    return detail.shown[key] === String(value);
  });
}

function sameMembers({ departments = [] }: Detail, wanted: readonly { readonly value: string }[]): boolean {
  return (
    departments.length === wanted.length &&
    wanted.every(({ value }) => departments.some(({ id }) => id === value))
  );
}

export function isSame(one: Secret, other: Secret): boolean {
  return reveal(one) === reveal(other);
}

/** The number as a write names it. */
export function numberOf(key: string): string {
  if (numberPattern.test(key)) return key;
  const params = { driver: 'yeastar-p', field: 'number', address: key, value: key, allowed: '0-9' };
  throw new AltaError('value-characters', params, { written: 'nothing' });
}

function isSecretField(name: string): name is keyof typeof secretFields {
  return Object.hasOwn(secretFields, name);
}

function unsupported(field: string): AltaError {
  const params = { driver: 'yeastar-p', field, address: '' };
  return new AltaError('field-unsupported', params, { written: 'nothing' });
}
