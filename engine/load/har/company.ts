import { sounds } from './hints.ts';
import { distinct, isSame, leavesOf, tablesOf } from './leaves.ts';
import { isPlainParameter, isPlainSegment } from './plain.ts';
import { type Exchange, isSuccess, type Recording } from './recording.ts';
import type { Views } from './views.ts';
import type { Roles, Told } from './types.ts';

/** The calls about extensions. */
export type Operation = 'list' | 'get' | 'create' | 'update' | 'delete';

/** One way in which calls say which company they are about, with the text they say it with. */
export interface Carrier {
  readonly by: 'query' | 'header' | 'body' | 'path';
  /** Parameter, header or path in the body; '' for a path. */
  readonly name: string;
  readonly text: string;
  readonly type: 'text' | 'number';
  /** Operations of the recording that carry it, and those that do not. */
  readonly ops: readonly Operation[];
  readonly without: readonly Operation[];
  /** Calls that carry it. */
  readonly count: number;
}

/** The list in which the company stands. Texts identify it: in memory only. */
export interface CompanyList {
  readonly exchange: Exchange;
  /** Path of a row's key → the text there, for the company that was worked in. */
  readonly texts: ReadonlyMap<string, string>;
  /** Path of the key that the calls carry; null where they carry none. */
  readonly id: string | null;
  readonly rows: number;
  /** Whether every id is digits, and how many. */
  readonly digits: number | null;
}

export interface Company {
  readonly carriers: readonly Carrier[];
  readonly list: CompanyList | null;
  /** A call of its own that entered the company; null where there is none. */
  readonly entered: Exchange | null;
}

/** Headers that say nothing about whom a call is about. */
const USUAL =
  /^(:.*|accept.*|authorization|cache-control|connection|content-.*|cookie|dnt|host|if-.*|origin|pragma|priority|referer|sec-.*|te|traceparent|upgrade.*|user-agent|x-(csrf|xsrf)-token|x-requested-with)$/;

/** Parameters of lists. Their values are small numbers, which many a row holds as well. */
const PAGING = /page|size|limit|offset|cursor|sort|order|search|query|start|count|length|rows/i;

/** Keys that identify a row. */
const KEY = /(^|[._])(_?id|uuid|guid|code|codigo|key|slug|number)$|(Id|Code|Key)$/;

/** Which company was worked in, as far as calls and lists tell. */
export function companyIn(recording: Recording, roles: Roles, views: Views, told: Told): Company {
  const calls = callsOf(roles);
  const all = [...queries(calls), ...headers(calls), ...paths(calls), ...bodies(roles, views)];
  const possible = all.filter(({ name }) => !PAGING.test(name));
  const lists = otherLists(recording, roles);
  const matched = possible.flatMap((carrier) => {
    const list = lists.flatMap((one) => companyList(one, carrier.text, carrier) ?? [])[0];
    const said = told.sentinels.company === carrier.text;
    return list !== undefined || said ? [{ carrier, list: list ?? null }] : [];
  });
  const byName = possible.filter(({ name }) => name !== '' && sounds('company', name));
  const carriers = matched.length > 0 ? matched.map(({ carrier }) => carrier) : byName;
  const list = matched.find((one) => one.list !== null)?.list ?? null;
  if (carriers.length > 0) return { carriers, list, entered: null };
  return { carriers, ...enteredIn(recording, roles, lists) };
}

type Call = readonly [Operation, Exchange];

function callsOf({ lists, gets, create, updates, deletes }: Roles): readonly Call[] {
  const named = (operation: Operation, all: readonly Exchange[]) => all.map((one): Call => [operation, one]);
  return [
    ...named('list', lists),
    ...named('get', gets),
    ...named('create', create === null ? [] : [create]),
    ...named('update', updates),
    ...named('delete', deletes),
  ];
}

/** Of all that calls carry under a name, what is the same in every call that carries it, and goes with a whole operation. */
function constants(
  by: Carrier['by'],
  calls: readonly Call[],
  pairsOf: (call: Exchange) => readonly (readonly [string, string])[],
): readonly Carrier[] {
  const names = distinct(calls.flatMap(([, call]) => pairsOf(call).map(([name]) => name)));
  return names.flatMap((name) => {
    const carrying = calls.filter(([, call]) => pairsOf(call).some(([own]) => own === name));
    const texts = distinct(carrying.flatMap(([, call]) => pairsOf(call).flatMap(([own, text]) => (own === name ? [text] : []))));
    const ops = distinct(carrying.map(([operation]) => operation));
    const partly = ops.some((operation) => calls.some((call) => call[0] === operation && !carrying.includes(call)));
    const [text] = texts;
    if (partly || text === undefined || texts.length > 1 || text === '') return [];
    const without = distinct(calls.map(([operation]) => operation)).filter((operation) => !ops.includes(operation));
    return [{ by, name, text, type: 'text', ops, without, count: carrying.length }];
  });
}

const queries = (calls: readonly Call[]) =>
  constants('query', calls, ({ query }) => query.filter(([name]) => isPlainParameter(name)));

const headers = (calls: readonly Call[]) =>
  constants('header', calls, (call) => call.headers.filter(([name]) => !USUAL.test(name) && isPlainParameter(name)));

/** Parts of the path that are no names, but for the last, which is the extension's own. */
function paths(calls: readonly Call[]): readonly Carrier[] {
  const parts = ({ segments }: Exchange) =>
    segments.slice(0, -1).flatMap((part, index) => (isPlainSegment(part) ? [] : [[String(index), part] as const]));
  return constants('path', calls, parts).map((carrier) => ({ ...carrier, name: '' }));
}

function bodies({ create, updates }: Roles, views: Views): readonly Carrier[] {
  const calls: readonly Call[] = [
    ...(create === null ? [] : [['create', create] as const]),
    ...updates.map((one): Call => ['update', one]),
  ];
  const wrap = views.around.sent === '$' ? '' : `${views.around.sent}.`;
  const pairs = ({ sent }: Exchange) =>
    leavesOf(sent).flatMap(({ path, value }) =>
      path.startsWith(wrap) && (typeof value === 'string' || typeof value === 'number')
        ? [[path.slice(wrap.length), String(value)] as const]
        : [],
    );
  return constants('body', calls, pairs).map((carrier) => {
    const numbers = calls.some(([, { sent }]) =>
      leavesOf(sent).some(({ path, value }) => path === `${wrap}${carrier.name}` && typeof value === 'number'),
    );
    return numbers ? { ...carrier, type: 'number' } : carrier;
  });
}

/** Lists of other things, from before anybody asked for an extension where there are such. */
function otherLists({ exchanges }: Recording, { lists }: Roles): readonly Exchange[] {
  const own = new Set(lists.map(({ segments }) => segments.join('/')));
  return exchanges.filter(
    (one) => one.method === 'GET' && isSuccess(one) && !own.has(one.segments.join('/')) && tablesOf(one.got).length > 0,
  );
}

/** The list of companies: exactly one row has the text, every row another one, and the call itself does not carry it. */
function companyList(exchange: Exchange, text: string, carrier: Pick<Carrier, 'by' | 'name'> | null): CompanyList | null {
  const { segments, query, headers: sent } = exchange;
  const carries = [...query, ...sent].some(([name, value]) => name === carrier?.name && value === text);
  if (carries || segments.includes(text)) return null;
  for (const { rows } of tablesOf(exchange.got)) {
    const row = rows.find((one) => leavesOf(one).some(({ value }) => isSame(value, text)));
    if (row === undefined) continue;
    const telling = carrier === null || !sounds('company', carrier.name);
    const places = leavesOf(row).filter(
      ({ path, value }) => isSame(value, text) && isKey(rows, path) && (!telling || KEY.test(path)),
    );
    const [id] = [...places.filter(({ path }) => sounds('id', path)), ...places];
    if (id === undefined) continue;
    const texts = leavesOf(row).flatMap(({ path, value }) =>
      typeof value === 'string' || typeof value === 'number' ? [[path, String(value)] as const] : [],
    );
    return { exchange, texts: new Map(texts), id: id.path, rows: rows.length, digits: digitsOf(rows, id.path) };
  }
  return null;
}

function isKey(rows: readonly unknown[], path: string): boolean {
  const values = rows.map((row) => leavesOf(row).find((leaf) => leaf.path === path)?.value);
  return distinct(values.map(String)).length === rows.length;
}

function digitsOf(rows: readonly unknown[], path: string): number | null {
  const texts = rows.map((row) => String(leavesOf(row).find((leaf) => leaf.path === path)?.value));
  const lengths = distinct(texts.map(({ length }) => length));
  return lengths.length === 1 && texts.every((text) => /^\d+$/.test(text)) ? (lengths[0] ?? null) : null;
}

/** A call with a company's id in its path, before the first list of extensions. */
function enteredIn(
  { exchanges }: Recording,
  { lists, create, login }: Roles,
  others: readonly Exchange[],
): Pick<Company, 'list' | 'entered'> {
  const first = lists[0] ?? create;
  const before = first === null || first === undefined ? [] : exchanges.slice(0, exchanges.indexOf(first));
  for (const call of before.filter((one) => isSuccess(one) && one !== login && one.method !== 'GET')) {
    for (const part of call.segments.filter((one) => !isPlainSegment(one))) {
      const list = others.flatMap((one) => companyList(one, part, null) ?? [])[0];
      if (list !== undefined) return { list, entered: call };
    }
  }
  return { list: null, entered: null };
}
