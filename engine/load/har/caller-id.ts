import { formless } from './fields.ts';
import { clue, learnt, open, partAt } from './finding.ts';
import { bySound } from './hints.ts';
import { distinct, isSame, type Json, leavesOf, type Scalar, scalarAt, tablesOf } from './leaves.ts';
import { type Exchange, isSuccess } from './recording.ts';
import { pathOf, type Scene } from './scene.ts';
import type { Edit, Finding } from './types.ts';

/** The API's own words for no caller ID. Other words may be somebody's data. */
const ANONYMOUS = /^(anonymous|anonimo|anónimo|private|privado|hidden|oculto|none|restricted|withheld)?$/i;

/** A row of a list of other things. */
interface Pointed {
  readonly exchange: Exchange;
  readonly row: Json;
  /** Key of the row that stands in the extension. */
  readonly key: string;
  /** Key of the number to call. */
  readonly number: string;
  /** Rows of its list. */
  readonly count: number;
}

/** The caller ID: the id of a row of another list, or a number of such a row as it is. */
export function callerIdFinding(scene: Scene, taken: ReadonlySet<string>): Finding {
  const place = 'fields.callerId';
  const leaves = scene.views.sent.flatMap((body) => leavesOf(body)).filter(({ path }) => !taken.has(path));
  const fitting = distinct(leaves.map(({ path }) => path)).flatMap((path) => {
    const value = leaves.find((leaf) => leaf.path === path)?.value;
    const pointed = pointedBy(value, scene);
    return pointed === null ? [] : [{ path, pointed }];
  });
  const [only, second] = bySound('callerId', fitting, ({ path }) => path);
  if (only === undefined || second !== undefined)
    return open(
      place,
      fitting.map(({ path }) => path),
    );
  return found(only.path, only.pointed, scene);
}

/** The row that a value points to, in a list that holds numbers to call. */
function pointedBy(value: Scalar | undefined, scene: Scene): Pointed | null {
  if (value === undefined || value === null || typeof value === 'boolean' || value === '') return null;
  for (const { exchange, rows } of numberLists(scene)) {
    for (const row of rows) {
      const leaves = leavesOf(row);
      const key = leaves.find((leaf) => isSame(leaf.value, value))?.path;
      const number = leaves.find((leaf) => isNumber(leaf.value, scene.told.sentinels.callerId))?.path;
      if (key !== undefined && number !== undefined)
        return { exchange, row, key, number, count: rows.length };
    }
  }
  return null;
}

/** Lists of other things than extensions. */
function numberLists({ recording, roles }: Scene): readonly { exchange: Exchange; rows: readonly Json[] }[] {
  const own = new Set(roles.lists.map(({ segments }) => segments.join('/')));
  return recording.exchanges
    .filter((one) => one.method === 'GET' && isSuccess(one) && !own.has(one.segments.join('/')))
    .flatMap((exchange) => tablesOf(exchange.got).map(({ rows }) => ({ exchange, rows })));
}

/** A number to call, or the very one that was chosen. */
function isNumber(value: Scalar, chosen: string | undefined): boolean {
  const digits = (text: string) => text.replace(/[^\d]/g, '');
  if (typeof value !== 'string' || !/^\+?[\d ]{6,18}$/.test(value)) return false;
  return chosen === undefined || digits(value).endsWith(digits(chosen).slice(-6));
}

/** Keys that nobody sends and that show a number of another list: what they say follows from the caller ID. */
export function followsCallerId(path: string, scene: Scene): boolean {
  const shown = [...scene.views.rows, ...scene.views.shown].map((one) => scalarAt(one, path));
  const values = shown.filter((value) => typeof value === 'string' && isNumber(value, undefined));
  const numbers = numberLists(scene).flatMap(({ rows }) => rows.flatMap((row) => leavesOf(row)));
  return values.some((value) => numbers.some((leaf) => leaf.value === value));
}

function found(path: string, { exchange, key, number, count }: Pointed, scene: Scene): Finding {
  const place = 'fields.callerId';
  const { base, views } = scene;
  const resource = base.fields.callerId?.resource ?? 'did';
  const list = pathOf(exchange, scene);
  if (list === null) return open(place, [path]);
  const values = anonymousIn(path, scene);
  const held = (objects: readonly Json[]) =>
    objects.filter((one) => scalarAt(one, path) !== undefined).length;
  return learnt(
    {
      place,
      standing: 'found',
      shown: `${path} = ${list} ${key}${number === key ? '' : ` → ${number}`}`,
      clues: [
        ...clue('sent', held(views.sent)),
        ...clue('rows', held(views.rows)),
        ...clue('answers', count),
      ],
      settings: {
        ...formless,
        path,
        codec: 'lookup',
        resource,
        key: { path: key, verify: true },
        shown: { path: number, verify: true },
        ...(values === null ? {} : { values }),
      },
      more: listEdits(resource, list, scene),
    },
    partAt(base, place),
  );
}

/** The list that it points to, where the profile has it elsewhere. */
function listEdits(resource: string, path: string, { base }: Scene): readonly Edit[] {
  const place = ['resources', resource, 'list'];
  if (base.resources[resource]?.list.path === path) return [];
  return [
    { path: [...place, 'path'], value: path },
    { path: [...place, 'verify'], value: true },
  ];
}

/** What extensions without a caller ID hold there: null, nothing, or the API's own word. */
function anonymousIn(path: string, { views, base }: Scene): ProfileValues | null {
  const held = distinct(views.everybody.map((row) => scalarAt(row, path)).filter((one) => one !== undefined));
  const words = held.filter(
    (one) => one === null || one === 0 || (typeof one === 'string' && ANONYMOUS.test(one)),
  );
  const [word] = words;
  if (words.length === 1 && word !== undefined) return { anonymous: word };
  return base.fields.callerId?.values ?? null;
}

type ProfileValues = Readonly<Record<string, Scalar>>;
