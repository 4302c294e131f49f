import type { Desired, Scalar, Values } from '../../../engine/model/index.ts';

/** One canonical field that has one native counterpart. */
export interface Field {
  readonly native: string;
  readonly encode: (value: Scalar) => string | number;
  /** Undefined = the text says nothing. */
  readonly decode: (shown: string) => Scalar | undefined;
}

const text = { encode: (value: Scalar) => String(value), decode: (shown: string) => shown };
const count = {
  encode: Number,
  decode: (shown: string) => (/^\d+$/.test(shown) ? Number(shown) : undefined),
};
const flag = { encode: (value: Scalar) => (value === true ? 1 : 0), decode: decodeFlag };

function decodeFlag(shown: string): boolean | undefined {
  return shown === '1' || shown === '0' ? shown === '1' : undefined;
}

/** What `extension/create` and `extension/update` are documented to take, beside name, role, organisation and secrets. [vendor-docs] */
export const plainFields: Readonly<Record<string, Field>> = {
  email: { native: 'email_addr', ...text },
  callerId: { native: 'caller_id', ...text },
  registrationName: { native: 'reg_name', ...text },
  concurrentRegistrations: { native: 'concurrent_registrations', ...count },
  mobile: { native: 'mobile_number', ...text },
  title: { native: 'title', ...text },
  voicemail: { native: 'enb_vm', ...flag },
};

/**
 * Switches of the panel, by the keys of the panel's own interface. [vendor-code] No document of the OpenAPI names them: they are written only
 * where `extension/query` shows them, apart from all else, and read back.
 */
export const probedFields: Readonly<Record<string, Field>> = {
  nat: { native: 'enb_nat', ...flag },
  internalOnly: { native: 'disable_outb_call', ...flag },
};

/** The keys of a detail that mean something here. */
export const shownKeys: readonly string[] = [
  ...Object.values(plainFields).map(({ native }) => native),
  ...Object.values(probedFields).map(({ native }) => native),
  'first_name',
  'last_name',
  'role_id',
  'user_lang',
];

/** Canonical secret → native key. All are sent in clear [inference]; none is taken from a detail. */
export const secretFields = { sip: 'reg_password', portal: 'user_password', pin: 'vm_pin' } as const;

/** Every key that a write may name. */
export const writtenKeys: readonly string[] = [
  ...shownKeys.filter((key) => key !== 'user_lang'),
  ...Object.values(secretFields),
  'enb_vm_pin',
  'id',
  'number',
  'organization_list',
  'presence_status',
  'type',
];

export function fieldOf(table: Readonly<Record<string, Field>>, name: string): Field | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The box keeps a name in two parts and shows them joined by a space: the first word, and the rest. */
export function partsOf(name: string): { readonly first: string; readonly last: string } {
  const [first = '', ...rest] = name.split(' ');
  return { first, last: rest.join(' ') };
}

/** The two parts as one name; undefined where neither is shown. */
export function nameIn({
  first_name: first,
  last_name: last,
}: Readonly<Record<string, string>>): string | undefined {
  if (first === undefined && last === undefined) return undefined;
  return spaced(`${first ?? ''} ${last ?? ''}`);
}

/** Runs of spaces do not survive the two parts. Any other blank does: the parts are cut at spaces alone. */
function spaced(name: string): string {
  return name.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

/** The form in which the box would give the values back: the shown name in `name`, `internal` as the own number. */
export function normalise(desired: Desired): Desired {
  const { callerIdName, ...values } = desired.values;
  const name = callerIdName ?? values.name;
  return {
    ...desired,
    values: {
      ...values,
      ...(name === undefined ? {} : { name: spaced(String(name)) }),
      ...ownNumber(desired.key, values),
    },
  };
}

function ownNumber(key: string, { callerId }: Values): Values {
  return callerId === 'internal' ? { callerId: key } : {};
}
