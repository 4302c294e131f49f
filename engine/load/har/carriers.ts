import { distinct, leavesOf } from './leaves.ts';
import { isPlainParameter } from './plain.ts';
import { type Exchange, isName, type Recording } from './recording.ts';
import type { Roles } from './types.ts';
import type { Views } from './views.ts';

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

/** Headers that say nothing about whom a call is about. */
const USUAL =
  /^(:.*|accept.*|authorization|cache-control|connection|content-.*|cookie|dnt|host|if-.*|origin|pragma|priority|referer|sec-.*|te|traceparent|upgrade.*|user-agent|x-(csrf|xsrf)-token|x-requested-with)$/;

/** Parameters of lists. Their values are small numbers, which many a row holds as well. */
const PAGING = /page|size|limit|offset|cursor|sort|order|search|query|start|count|length|rows/i;

/** Everything that calls about extensions say in the same words each time. */
export function carriersIn(recording: Recording, roles: Roles, views: Views): readonly Carrier[] {
  const calls = callsOf(roles);
  const all = [...queries(calls), ...headers(calls), ...paths(calls, recording), ...bodies(roles, views)];
  return all.filter(({ name }) => !PAGING.test(name));
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
    const texts = distinct(
      carrying.flatMap(([, call]) => pairsOf(call).flatMap(([own, text]) => (own === name ? [text] : []))),
    );
    const ops = distinct(carrying.map(([operation]) => operation));
    const partly = ops.some((operation) =>
      calls.some((call) => call[0] === operation && !carrying.includes(call)),
    );
    const [text] = texts;
    if (partly || text === undefined || texts.length > 1 || text === '') return [];
    const without = distinct(calls.map(([operation]) => operation)).filter(
      (operation) => !ops.includes(operation),
    );
    return [{ by, name, text, type: 'text', ops, without, count: carrying.length }];
  });
}

const queries = (calls: readonly Call[]) =>
  constants('query', calls, ({ query }) => query.filter(([name]) => isPlainParameter(name)));

const headers = (calls: readonly Call[]) =>
  constants('header', calls, (call) =>
    call.headers.filter(([name]) => !USUAL.test(name) && isPlainParameter(name)),
  );

/** Parts of the path that are no names, but for the last, which is the extension's own. */
function paths(calls: readonly Call[], recording: Recording): readonly Carrier[] {
  const parts = ({ segments }: Exchange) =>
    segments
      .slice(0, -1)
      .flatMap((part, index) => (isName(part, recording) ? [] : [[String(index), part] as const]));
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
      leavesOf(sent).some(
        ({ path, value }) => path === `${wrap}${carrier.name}` && typeof value === 'number',
      ),
    );
    return numbers ? { ...carrier, type: 'number' } : carrier;
  });
}
