import type { Scalar } from '../../../engine/model/index.ts';

/** A field as the phone writes it: its value, and the switch beside it where it has one. Undefined = not said. */
export interface Native {
  readonly value?: string;
  readonly switch?: string;
}

/** Between one canonical field and the phone's texts. */
export interface Codec {
  /** Null for a value that the phone has no word for. */
  readonly encode: (value: Scalar) => Native | null;
  /** Undefined = the texts say nothing. A text of no known meaning comes back as it is, so that it shows as a difference. */
  readonly decode: (native: Native) => Scalar | undefined;
}

const text: Codec = {
  encode: (value) => ({ value: String(value) }),
  decode: ({ value }) => (value === '' ? undefined : value),
};

const flag: Codec = {
  encode: (value) => ({ value: value === true ? '1' : '0' }),
  decode: ({ value }) => (value === undefined ? undefined : value === '1'),
};

const count: Codec = {
  encode: (value) => ({ value: String(value) }),
  decode: ({ value }) => countOf(value),
};

function oneOf(words: Readonly<Record<string, string>>): Codec {
  return {
    encode: (value) => {
      const [code] = Object.entries(words).find(([, word]) => word === value) ?? [];
      return code === undefined ? null : { value: code };
    },
    decode: ({ value }) => (value === undefined || value === '' ? undefined : (words[value] ?? value)),
  };
}

/** A host beside its switch. Off is the same as none. */
const switched: Codec = {
  encode: (value) => ({ switch: '1', value: String(value) }),
  decode: (native) => (native.switch === '1' ? text.decode(native) : undefined),
};

/** Seconds beside a switch; 0 is off. The other kinds of packet (2 and 3) keep the mapping open as well. [field] */
const interval: Codec = {
  encode: (value) => (value === 0 ? { switch: '0' } : { switch: '1', value: String(value) }),
  decode: (native) => {
    if (native.switch === undefined) return undefined;
    return native.switch === '0' ? 0 : countOf(native.value);
  },
};

/** Every field that is not a secret. */
const codecs: Readonly<Record<string, Codec>> = {
  active: flag,
  label: text,
  displayName: text,
  registerName: text,
  userName: text,
  server: text,
  port: count,
  /** [vendor-docs] */
  transport: oneOf({ 0: 'udp', 1: 'tcp', 2: 'tls', 3: 'dns-naptr' }),
  expires: count,
  retries: count,
  outboundProxy: switched,
  retryInterval: count,
  keepAlive: interval,
  /** [field] */
  mediaEncryption: oneOf({ 0: 'off', 1: 'optional', 2: 'required' }),
  voicemailNumber: text,
};

/** The fields that have a value, in the panel's order. */
export const fieldNames: readonly string[] = Object.keys(codecs);

/** Undefined for what is no field of an account. */
export function codecOf(field: string): Codec | undefined {
  return Object.hasOwn(codecs, field) ? codecs[field] : undefined;
}

/** `0180` and `180` are the same number. [inference] */
function countOf(shown: string | undefined): Scalar | undefined {
  if (shown === undefined || shown === '') return undefined;
  return /^\d{1,15}$/.test(shown) ? Number(shown) : shown;
}
