import { textOf } from '../answers.ts';

/**
 * Where a call is led next. `member` and `number` say no more than a number: of a group's member, mostly an extension; of an overflow,
 * anything that has a number. `end` = nobody's phone rings; `hidden` = it leads on to what no list shows.
 */
export interface Lead {
  readonly kind: 'extension' | 'member' | 'number' | 'group' | 'menu' | 'end' | 'hidden';
  readonly number: string;
  /** For the evidence: `Ring group 600`, `Queues 700`, `Voicemail`. */
  readonly label: string;
}

type Named = Extract<Lead['kind'], 'extension' | 'group' | 'menu'>;

/**
 * Words for what a call is led to, in the singular or the plural, or the digit that `did.add` takes for it. Ring groups are called dial groups
 * from 6.5 on; enhanced ones are queues. [field: the clients of six independent projects]
 */
const kinds: readonly (readonly [RegExp, Named, string])[] = [
  [/^(extensions?|0)$/i, 'extension', 'Extension'],
  [/^((ring|dial) groups?|2)$/i, 'group', 'Ring group'],
  [/^(ivrs?|3)$/i, 'menu', 'IVR'],
];

/** A mailbox, a number outside, a fax, a refusal. */
const ends = /^(voicemails?|external|call external number|fax to (e-?)?mail|deny|5|7|11|13)$/i;

/** @param word as a list shows it: `Extension`, `Queues`, `Call External Number` */
export function leadOf(word: string, number: string): Lead {
  const [shown, to] = [word.trim(), number.trim()];
  if (ends.test(shown)) return { kind: 'end', number: to, label: shown };
  const known = kinds.find(([pattern]) => pattern.test(shown));
  if (known === undefined || !isNumber(to))
    return { kind: 'hidden', number: to, label: `${shown || 'unknown'} ${to}`.trim() };
  const [, kind, label] = known;
  return { kind, number: to, label: `${label} ${to}` };
}

export function isNumber(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

/** The status of a number or a menu: `enabled`, `disabled`. [field] */
export function isOff(status: unknown): boolean {
  return ['disabled', '0', 'no'].includes(textOf(status).toLowerCase());
}
