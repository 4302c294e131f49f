/**
 * The extension's fields. Names, limits and defaults: guides G17 (v1.x) and H2 (v2.0.0), manual HS for the strong
 * rule and the forbidden characters. Tags: see `lab/settings.ts`.
 */
import type { BoxSettings } from './box.ts';

/** Circumstances a value is judged in. */
export interface Scope {
  version: 1 | 2;
  settings: BoxSettings;
}

export interface Field {
  /** The name in API v2.0.0, which is also the name in the store. */
  key: string;
  /** The name in v1.x answers where it differs. */
  v1Read?: string;
  /** API versions that take it in an update or add; it is read in both. */
  writable: ReadonlyArray<1 | 2>;
  initial: string | ((number: string, settings: BoxSettings) => string);
  allows(value: string, scope: Scope): boolean;
}

type Rule = Field['allows'];

const BOTH = [1, 2] as const;

const matching =
  (pattern: RegExp): Rule =>
  (value) =>
    pattern.test(value);
const oneOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(value);
const digits = (max: number): Rule => matching(new RegExp(`^\\d{0,${max}}$`));
const flag = oneOf('on', 'off');
const anything: Rule = (value) => value.length <= 255;

/** Digits, seven at most (D). */
export const isNumber = (value: string): boolean => /^\d{1,7}$/.test(value);

/** v1.x: letters and digits, 31 at most, blank allowed; the space I. v2.0.0: all but these characters (D). */
const callerName: Rule = (value, { version, settings }) => {
  if ([...value].length > 31) return false;
  if (version === 2) return value !== '' && !/[!%.@:;&"'\\<>`$]/.test(value);
  return settings.doubts.asciiNames ? /^[A-Za-z0-9 ]*$/.test(value) : /^[\p{L}\p{M}\p{N} ]*$/u.test(value);
};

/** v1.x forbids a few characters; v2.0.0 takes letters, digits and `~ ^ * - _ ?` alone (D). */
const secret: Rule = (value, { version, settings }) => {
  if (value === '' || value.length > settings.doubts.maxSecret) return false;
  return version === 1 ? !/[;&"'\\<>`|\s]/.test(value) : /^[A-Za-z0-9~^*\-_?]+$/.test(value);
};

/** 1 to 5 on S-Series, 1 to 4 on Cloud (D). */
const registrations: Rule = (value, { settings }) =>
  /^[1-9]$/.test(value) && Number(value) <= settings.maxRegistrations;

/** 6 to 63 characters (D: v1.x); the strong rule is judged with the other passwords. */
const userPassword: Rule = (value) => value.length >= 6 && value.length <= 63;

/** 15, 30, 60, 120 and 300 are documented; 10 and 12 are in use (C: client TK). */
const ringTimeout: Rule = (value) => /^\d{1,3}$/.test(value) && Number(value) >= 5 && Number(value) <= 300;

const longest = oneOf('Follow System', 'Unlimited', '60', '300', '600', '900', '1800', '3600', '6000');
const voicemailMail: Rule = (value, { version }) =>
  value === 'on' || value === 'off' || (version === 2 && value === 'custom');
const natWord: Rule = (value, { settings }) => natWords(settings).includes(value);

export const natWords = (settings: BoxSettings): [string, string] =>
  settings.doubts.natWords === 'yes-no' ? ['yes', 'no'] : ['on', 'off'];

function field(key: string, initial: Field['initial'], allows: Rule, more: Partial<Field> = {}): Field {
  return { key, initial, allows, writable: BOTH, ...more };
}

/** The three forwardings share their shape; the samples show busy and no-answer going to voicemail (D: G17). */
function forwarding(flagKey: string, letter: string, initial: 'on' | 'off'): Field[] {
  return [
    field(flagKey, initial, flag),
    field(
      `${letter}transferto`,
      'Voicemail',
      oneOf('Voicemail', 'Extension', 'Mobile Number', 'Custom Number'),
    ),
    field(`${letter}transferext`, '', digits(7)),
    field(`${letter}transferprefix`, '', digits(7)),
    field(`${letter}transfernum`, '', digits(15)),
  ];
}

/** All fields but the number, `type` and `port`, in the order they are answered. */
export const FIELDS: readonly Field[] = [
  field('username', '', callerName),
  field('callerid', (number) => number, matching(/^[A-Za-z0-9]{0,31}$/)),
  field('registername', (number) => number, matching(/^[A-Za-z0-9]{1,31}$/)),
  field('registerpassword', '', secret),
  field('maxregistrations', '1', registrations),
  field('loginpassword', '', userPassword),
  field('email', '', matching(/^$|^[^@\s]+@[^@\s]+$/)),
  // Answers of v1.x spell it `moblie` (D: guides G17, H1).
  field('mobile', '', digits(31), { v1Read: 'moblie' }),
  field('language', 'System Default', anything, { writable: [] }),
  field('hasvoicemail', 'on', flag),
  field('vmsecret', (number) => number, digits(63)),
  field('enablevmtoemail', 'off', voicemailMail),
  ...forwarding('alwaysforward', 'a', 'off'),
  ...forwarding('noanswerforward', 'n', 'on'),
  ...forwarding('busyforward', 'b', 'on'),
  field('enablemobile', 'off', flag),
  field('ringsimultaneous', 'off', flag),
  field('mobileprefix', '', digits(7)),
  field('allowbeingmonitored', 'off', flag),
  field('monitormode', 'Disabled', oneOf('Disabled', 'Extensive', 'Listen', 'Whisper', 'Barge-in')),
  field('ringtimeout', '30', ringTimeout),
  field('maxduration', 'Follow System', longest),
  field('dnd', 'off', flag),
  field('callrestriction', 'off', flag),
  // Read in v1.x, written in v2.0.0 (C: clients SMS, ISP).
  field('selectoutroute', '', anything, { writable: [2] }),
  field('unselectoutroute', (_, settings) => settings.outboundRoutes.join(','), anything, { writable: [2] }),
  field('agentid', '', matching(/^[A-Za-z0-9]{0,31}$/)),
  // Shown and taken only where the box has the key (C: client SMS reads it; absent from the guides).
  field('nat', (_, settings) => natWords(settings)[1], natWord),
];

/** Whether the box's API has the field at all. */
export function isShown(key: string, settings: BoxSettings): boolean {
  return key !== 'nat' || settings.nat;
}

export function writableField(key: string, { version, settings }: Scope): Field | undefined {
  if (!isShown(key, settings)) return undefined;
  const found = BY_KEY.get(key);
  return found?.writable.includes(version) ? found : undefined;
}

const BY_KEY = new Map(FIELDS.map((entry) => [entry.key, entry]));
