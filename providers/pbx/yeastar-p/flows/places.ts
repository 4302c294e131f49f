/** Where calls may lead on a box: routes for the numbers that callers dial, and what stands behind them. Pure. */
import { isJson, type Json, textOf } from '../json.ts';

/** What a call may lead on to: its kind in the words of the box, and the id of one. [vendor-docs] */
export interface Destination {
  readonly kind: string;
  readonly value: string;
}

export const placeKinds = ['queue', 'ring_group', 'ivr'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** A queue, a ring group or a menu. */
export interface Place {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Ids of extensions that it rings. */
  readonly members: readonly string[];
  readonly onward: readonly Destination[];
  /** It leads on to more than this shows: groups of extensions, dynamic agents, whatever a caller may dial. */
  readonly open: boolean;
}

/** An inbound route. */
export interface Route {
  readonly name: string;
  /** Its place in the order in which routes are tried. */
  readonly pos: number;
  /** `patterns`, `pattern_to_ext`, `range_to_ext`, `pattern_to_ext_list`. [vendor-docs] */
  readonly option: string;
  /** Numbers and patterns that it takes; none = any. */
  readonly patterns: readonly string[];
  readonly range: readonly [string, string];
  readonly onward: readonly Destination[];
  /** Time or caller decides: no call takes every way. */
  readonly open: boolean;
}

export function placeIn(kind: PlaceKind, entry: Json): Place {
  const members = [...membersIn(entry.static_agent_list), ...membersIn(entry.member_list)];
  const extensions = members.filter(({ type }) => type === 'extension');
  const dynamic = membersIn(entry.dynamic_agent_list).length > 0;
  return {
    kind,
    id: textOf(entry.id),
    number: textOf(entry.number),
    name: textOf(entry.name),
    members: extensions.map(({ value }) => value),
    onward: destinationsIn(entry),
    open: dynamic || extensions.length < members.length || (kind === 'ivr' && isDialled(entry)),
  };
}

/** A caller may dial numbers in the menu. */
function isDialled({ dial_ext_option: option, enb_dial_call_number: others }: Json): boolean {
  return textOf(option) !== 'disable' || textOf(others) === '1';
}

/** `value` is an id; a member without a type is an extension. [vendor-docs] */
function membersIn(list: unknown): readonly { readonly type: string; readonly value: string }[] {
  const rows = Array.isArray(list) ? list.filter(isJson) : [];
  return rows.map(({ type, value }) => ({ type: textOf(type) || 'extension', value: textOf(value) }));
}

/** Every `…_dest` with the `…_dest_value` beside it: keys of a menu, failover of a queue or group. */
function destinationsIn(entry: Json): readonly Destination[] {
  const keys = Object.keys(entry).filter((key) => /^[a-z0-9_]+_dest$/.test(key));
  return keys.map((key) => ({ kind: textOf(entry[key]), value: textOf(entry[`${key}_value`]) }));
}

export function routeIn(entry: Json): Route {
  const timed = isTimed(entry);
  const all = destinationsIn(entry);
  const usual = { kind: textOf(entry.def_dest), value: textOf(entry.def_dest_value) };
  return {
    name: textOf(entry.name),
    pos: Number(textOf(entry.pos) || 0),
    option: textOf(entry.did_option) || 'patterns',
    patterns: patternsIn(entry),
    range: [textOf(entry.did_to_ext_start), textOf(entry.did_to_ext_end)],
    onward: timed ? all : [usual],
    open: timed || hasRows(entry.cid_pattern_list) || hasRows(entry.cid_to_phonebook),
  };
}

function isTimed({ enb_time_condition: enabled, time_condition: kind }: Json): boolean {
  const word = textOf(enabled);
  return word === '' ? !['', 'disabled'].includes(textOf(kind)) : word !== '0';
}

function hasRows(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** Patterns of the mode that is chosen; how the list of single numbers is made is not documented, so every text in it counts. */
function patternsIn(entry: Json): readonly string[] {
  const option = textOf(entry.did_option);
  if (option === 'pattern_to_ext') return [textOf(entry.did_pattern_to_ext)];
  const list = option === 'pattern_to_ext_list' ? entry.did_pattern_to_ext_list : entry.did_pattern_list;
  const rows = Array.isArray(list) ? list : [];
  return rows
    .flatMap((row) => (isJson(row) ? Object.values(row).map(textOf) : [textOf(row)]))
    .filter((one) => one !== '');
}
