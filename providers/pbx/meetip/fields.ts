import type { Desired, Scalar, Values } from '../../../engine/model/index.ts';

/** One canonical field with its argument in `ext.add` and `ext.edit`. Values travel as text. [vendor-docs] */
export interface Field {
  /** The flat name that is sent. */
  readonly param: string;
  /** Where `ext.configuration` shows it; the first place that does counts. `options.` leads into the nested part. */
  readonly places: readonly string[];
  readonly encode: (value: Scalar) => string;
  /** Undefined = the text says nothing that the YAML could say. */
  readonly decode: (text: string) => Scalar | undefined;
}

/** Without blanks around it, as in the YAML. */
const text = { encode: String, decode: (shown: string) => shown.trim() || undefined };
const flag = { encode: (value: Scalar) => (value === true ? '1' : '0'), decode: decodeFlag };
const count = {
  encode: String,
  decode: (shown: string) => (/^\d+$/.test(shown) ? Number(shown) : undefined),
};
const countFromOne = { ...count, decode: (shown: string) => count.decode(shown) || undefined };

/** A field whose words are all known; others say nothing. Answers and requests use different ones. [field] */
function words(sent: Readonly<Record<string, string>>, shown: Readonly<Record<string, string>>) {
  return {
    encode: (value: Scalar) => sent[String(value)] ?? String(value),
    decode: (word: string) => new Map(Object.entries(shown)).get(word.toLowerCase()),
  };
}

const location = words(
  { local: '1', remote: '2' },
  { 1: 'local', 2: 'remote', local: 'local', remote: 'remote' },
);
const status = words(
  { active: '1', suspended: '2' },
  { 1: 'active', enabled: 'active', active: 'active', yes: 'active', 2: 'suspended', suspended: 'suspended' },
);
const dtmfModes = { auto: 'auto', inband: 'inband', rfc2833: 'rfc2833', info: 'info' };
const encryption = words({ required: 'yes', optional: 'offer' }, { yes: 'required', offer: 'optional' });

/** The shape that the YAML gives a language; the server's own shape is not documented. */
const languagePattern = /^[a-z]{2}(-[A-Z]{2})?$/;

/** What one argument sets. Names differ between request and answer where two are given. [vendor-docs] */
export const fields: Readonly<Record<string, Field>> = {
  name: { param: 'name', places: ['name'], ...text },
  email: { param: 'email', places: ['email'], ...text },
  title: { param: 'title', places: ['options.user_title'], ...text },
  language: {
    param: 'user_language',
    places: ['options.user_language'],
    encode: String,
    decode: (shown) => (languagePattern.test(shown) ? shown : undefined),
  },
  location: { param: 'location', places: ['location', 'options.uloc'], ...location },
  status: { param: 'status', places: ['status'], ...status },
  nat: { param: 'nat', places: ['options.nat'], ...flag, decode: (shown) => decodeFlag(shown, ['2']) },
  voicemail: { param: 'voicemail', places: ['options.voicemail'], ...flag },
  incomingLimit: { param: 'incominglimit', places: ['options.incominglimit'], ...count },
  outgoingLimit: { param: 'outgoinglimit', places: ['options.outgoinglimit'], ...count },
  concurrentRegistrations: { param: 'max_contacts', places: ['options.max_contacts'], ...countFromOne },
  ringTimeout: { param: 'ringtime', places: ['options.ringtime'], ...countFromOne },
  dtmfMode: { param: 'dtmfmode', places: ['options.dtmfmode'], ...words(dtmfModes, dtmfModes) },
  callRecording: { param: 'recordcalls', places: ['options.recordcalls'], ...flag },
  mediaEncryption: { param: 'encryption', places: ['options.encryption'], ...encryption },
};

export function fieldOf(name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Canonical secret → argument. `portal` is never shown. */
export const secretFields = { sip: 'secret', portal: 'password', pin: 'pin' } as const;

/** The canonical name behind an argument; the argument itself where there is none. */
export function canonicalOf(param: string): string {
  const plain = Object.entries(fields).find(([, field]) => field.param === param)?.[0];
  const secret = Object.entries(secretFields).find(([, name]) => name === param)?.[0];
  return plain ?? secret ?? others.get(param) ?? param;
}

/** Arguments that no field maps. The server's words are looked up here: a map, so that `constructor` finds nothing. */
const others: ReadonlyMap<string, string> = new Map([
  ['ua', 'userAgent'],
  ['ext', 'number'],
  ['prot', 'type'],
]);

/** The enhanced service of the outgoing number: neither argument of `ext.add` nor of `ext.edit`. */
export const callerIdFields: readonly string[] = ['callerId', 'emergencyCallerId'];

/** Whether a write names something of the enhanced service. */
export function namesOutgoing({ callerId, emergencyCallerId }: Values): boolean {
  return callerId !== undefined || emergencyCallerId !== undefined;
}

/**
 * What a new extension gets where nothing is declared, so that all twelve required arguments are there: the device and place that the
 * procedure says, the rest as the vendor's own example has it.
 */
export const createDefaults: Values = {
  userAgent: 'generic-sip',
  location: 'remote',
  status: 'active',
  incomingLimit: 2,
  outgoingLimit: 2,
  voicemail: true,
};

/** `1`, `yes`, `on` → true; `0`, `no`, `off` and the words given → false; anything else says nothing. */
export function decodeFlag(shown: string, alsoOff: readonly string[] = []): boolean | undefined {
  const word = shown.toLowerCase();
  if (['1', 'yes', 'on', 'true'].includes(word)) return true;
  return ['0', 'no', 'off', 'false', ...alsoOff].includes(word) ? false : undefined;
}

/** The canonical name of the device type that the procedure uses, and what the server calls it. [field] */
export const genericSip = { canonical: 'generic-sip', name: 'generic_sip', fullname: 'Generic SIP' } as const;

/** `Generic SIP`, `generic_sip` → `generic-sip`; other device types keep the name that the server lists. */
export function canonicalAgent(name: string): string {
  const { canonical, fullname, name: short } = genericSip;
  const isGeneric = [canonical, short, fullname.toLowerCase()].includes(name.toLowerCase());
  return isGeneric ? canonical : name;
}

/** The form in which the server would give the values back: the shown name in `name`, no blanks around texts. */
export function normalise(desired: Desired): Desired {
  const { callerIdName, ...values } = desired.values;
  const shownName = callerIdName === undefined ? {} : { name: callerIdName };
  const entries = Object.entries({ ...values, ...shownName }).map(([field, value]) => {
    if (typeof value !== 'string') return [field, value] as const;
    const trimmed = value.trim();
    return [field, field === 'userAgent' ? canonicalAgent(trimmed) : trimmed] as const;
  });
  return { ...desired, values: Object.fromEntries(entries) };
}
