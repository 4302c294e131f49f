/** Ring groups and menus, as the lists of `ring_group` and `ivr` show them. The vendor documents none of their fields. [field: the clients of six independent projects] Pure. */
import { isJson, type Json, textOf } from '../answers.ts';
import { isNumber, isOff, type Lead, leadOf } from './leads.ts';

/** Whatever has a number and a name. */
export interface Named {
  readonly number: string;
  readonly name: string;
}

/** A ring group or a menu. */
export interface Place extends Named {
  readonly leads: readonly Lead[];
  /** It leads on to more than the list shows. */
  readonly open: boolean;
  /** `Ring group 600 (110, 111)` */
  readonly said: string;
}

export function namedIn(entry: Json): Named {
  return { number: textOf(entry.ext ?? entry.number), name: textOf(entry.name) };
}

/** `destinations`: numbers with commas between them. A member that is no number is left out, and leaves the group open. */
export function groupIn(entry: Json): Place {
  const named = namedIn(entry);
  const { destinations } = entry;
  const shown = typeof destinations === 'string' || typeof destinations === 'number';
  const members = partsOf(textOf(destinations));
  const numbers = members.filter(isNumber);
  const overflow = overflowIn(entry);
  const list = members.map((one) => (isNumber(one) ? one : '?')).join(', ') || (shown ? 'nobody' : '?');
  const beyond = overflow === null ? '' : `; overflow ${overflow.label}`;
  return {
    ...named,
    leads: [
      ...numbers.map((number): Lead => ({ kind: 'member', number, label: number })),
      ...(overflow === null ? [] : [overflow]),
    ],
    open: !shown || numbers.length < members.length,
    said: `Ring group ${named.number} (${list}${beyond})`,
  };
}

/** Where a call goes that nobody answers: a number of any kind, or the mailbox of that number. Null = nowhere. */
function overflowIn({ last_dest: last, last_dest_vm: mailbox }: Json): Lead | null {
  const number = textOf(last).trim();
  if (number === '') return null;
  if (['yes', '1', 'true'].includes(textOf(mailbox).toLowerCase()))
    return { kind: 'end', number, label: 'voicemail' };
  return isNumber(number)
    ? { kind: 'number', number, label: number }
    : { kind: 'hidden', number, label: '?' };
}

/** A menu that is switched off leads nowhere. Others than standard ones may take more than is in `keymap`. [inference] */
export function menuIn(entry: Json): Place {
  const named = namedIn(entry);
  const label = `IVR ${named.number}`;
  if (isOff(entry.status)) return { ...named, leads: [], open: false, said: `${label} (disabled)` };
  const ways = [...keysIn(entry.keymap), ...operatorIn(entry)];
  const standard = ['', '0'].includes(textOf(entry.type)) && typeof entry.keymap === 'object';
  const list = ways.map(([key, lead]) => `${key}: ${lead.label}`).join(', ') || 'no keys';
  return {
    ...named,
    leads: ways.map(([, lead]) => lead),
    open: !standard,
    said: `${label} (${list}${standard ? '' : '; may take other keys'})`,
  };
}

type Way = readonly [key: string, lead: Lead];

/** PHP writes a map without gaps from 0 on as a list, an empty one too. What has no destination is no key. */
function keysIn(keymap: unknown): readonly Way[] {
  const entries = typeof keymap === 'object' && keymap !== null ? Object.entries(keymap) : [];
  return entries.flatMap(([key, way]): readonly Way[] => {
    const { destination, value } = isJson(way) ? way : { destination: textOf(way), value: '' };
    return textOf(destination) === '' ? [] : [[key, leadOf(textOf(destination), textOf(value))]];
  });
}

/** Taken for the number that callers come to who choose nothing. [inference] */
function operatorIn({ operator }: Json): readonly Way[] {
  const number = textOf(operator).trim();
  if (['', '0', 'no'].includes(number.toLowerCase())) return [];
  const kind = isNumber(number) ? 'number' : 'hidden';
  return [['operator', { kind, number, label: isNumber(number) ? number : '?' }]];
}

function partsOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
