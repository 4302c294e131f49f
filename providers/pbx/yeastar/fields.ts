import type { Desired, Scalar, Values } from '../../../engine/model/index.ts';

/** One canonical field that has a native counterpart. Values travel as text. [vendor-docs] */
export interface Field {
  readonly native: string;
  /** Other spellings in answers. v1.x answers `moblie`. */
  readonly alias?: string;
  /** `like` = the same field as the box showed it, where it did. */
  readonly encode: (value: Scalar, like?: string) => string;
  /** Undefined = the text says nothing. */
  readonly decode: (text: string) => Scalar | undefined;
}

const text = { encode: (value: Scalar) => String(value), decode: (shown: string) => shown };
const flag = { encode: encodeFlag, decode: decodeFlag };
const count = { encode: (value: Scalar) => String(value), decode: decodeCount };

/** Undocumented; `yes` and `no` in a sibling product. Written only where the box shows it. [field] */
export const natField: Field = { native: 'nat', ...flag };

/** What an update can set, beside the secrets. */
export const fields: Readonly<Record<string, Field>> = {
  name: { native: 'username', ...text },
  email: { native: 'email', ...text },
  callerId: { native: 'callerid', ...text },
  registrationName: { native: 'registername', ...text },
  concurrentRegistrations: { native: 'maxregistrations', ...count },
  internalOnly: { native: 'callrestriction', ...flag },
  mobile: { native: 'mobile', alias: 'moblie', ...text },
  voicemail: { native: 'hasvoicemail', ...flag },
  nat: natField,
};

/** The field of that canonical name; undefined where the box has none. */
export function fieldOf(name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Canonical secret → native key. `portal` is write-only: what is shown of it is a digest. */
export const secretFields = { sip: 'registerpassword', portal: 'loginpassword', pin: 'vmsecret' } as const;

/** The secrets that answers hold in clear. */
export const readableSecrets = ['sip', 'pin'] as const;

const vocabularies = [
  ['on', 'off'],
  ['yes', 'no'],
  ['1', '0'],
  ['true', 'false'],
] as const;

/**
 * A switch in the vocabulary that the box showed it in.
 * @param like a value read from the same field: `no` makes this answer `yes` or `no`; default `on` and `off`
 */
export function encodeFlag(value: Scalar, like = 'on'): string {
  const words = vocabularies.find((pair) => pair.some((word) => word === like.toLowerCase()));
  const [yes, no] = words ?? vocabularies[0];
  return value === true ? yes : no;
}

/** `on`, `yes`, `1` → true; `off`, `no`, `0` → false, in any case; anything else says nothing. */
export function decodeFlag(shown: string): boolean | undefined {
  const word = shown.toLowerCase();
  const pair = vocabularies.find((words) => words.some((known) => known === word));
  return pair === undefined ? undefined : pair[0] === word;
}

function decodeCount(shown: string): number | undefined {
  return /^\d+$/.test(shown) ? Number(shown) : undefined;
}

/**
 * The form in which the box would give the values back: the shown name in `name`, numbers without the `+` that
 * neither `callerid` nor `mobile` holds, `internal` as the own number.
 */
export function normalise(desired: Desired): Desired {
  const { callerIdName, ...values } = desired.values;
  const shownName = callerIdName === undefined ? {} : { name: callerIdName };
  return { ...desired, values: { ...values, ...shownName, ...plainNumbers(desired.key, values) } };
}

function plainNumbers(key: string, { callerId, mobile }: Values): Values {
  return {
    ...(callerId === undefined ? {} : { callerId: callerId === 'internal' ? key : withoutPlus(callerId) }),
    ...(mobile === undefined ? {} : { mobile: withoutPlus(mobile) }),
  };
}

function withoutPlus(value: Scalar): Scalar {
  return typeof value === 'string' ? value.replace(/^\+(?=\d)/, '') : value;
}
