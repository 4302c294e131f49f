/** Numbers that callers dial. Pure. */
import { type Json, textOf } from '../answers.ts';
import { isOff, type Lead, leadOf } from './leads.ts';

/** One number that callers dial, or a range of them, and where it leads. */
export interface Did {
  readonly numbers: readonly string[];
  readonly last: string;
  readonly name: string;
  readonly lead: Lead;
  readonly enabled: boolean;
}

export function didIn(entry: Json): Did {
  return {
    numbers: [entry.number, entry.e164, entry.e164_2].map(textOf).filter((number) => number !== ''),
    last: textOf(entry.number2),
    name: textOf(entry.name),
    lead: leadOf(textOf(entry.type), textOf(entry.ext)),
    enabled: !isOff(entry.status),
  };
}

export function isDialled(number: string, did: Did): boolean {
  const wanted = digitsOf(number);
  if (did.numbers.some((one) => isSame(digitsOf(one), wanted))) return true;
  const [first = ''] = did.numbers;
  return isWithin(wanted, digitsOf(first), digitsOf(did.last));
}

/** With and without country code. Nine digits are a whole Spanish number. [inference] */
const NATIONAL = 9;

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= NATIONAL && long.endsWith(short);
}

/** Ranges are compared only where all three are written alike. */
function isWithin(wanted: string, first: string, last: string): boolean {
  if (last === '' || wanted.length !== first.length || first.length !== last.length) return false;
  return first <= wanted && wanted <= last;
}

/** `+34…` and `0034…` are the same number. */
function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^00/, '');
}
