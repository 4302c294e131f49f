import { isSecretKey } from '../mask.ts';
import { distinct, isJson, type Json, leavesOf, tablesOf } from './leaves.ts';
import { type Exchange, isName, isSuccess, type Recording } from './recording.ts';
import type { Roles, SentinelName, Sentinels, Told } from './types.ts';

/** Sentinels that nobody else has: one of them is enough to recognise the extension that was made. */
const telling: readonly SentinelName[] = ['name', 'email', 'mobile', 'sip', 'portal'];

/** Whether an object holds what the operator typed. */
export function isOurs(data: unknown, sentinels: Sentinels): boolean {
  const values = telling.flatMap((name) => sentinels[name] ?? []);
  return leavesOf(data).some(({ value }) => values.some((typed) => value === typed));
}

/** What the requests were for, by what they carry: paths may be called anything. */
export function rolesIn(recording: Recording, { sentinels }: Told): Roles {
  const done = recording.exchanges.filter(isSuccess);
  const create = done.find((one) => isCreate(one, recording, sentinels)) ?? null;
  const listed = done
    .filter(({ method }) => method === 'GET')
    .find(({ got }) => tableWith(got, sentinels) !== null);
  const lists = done.filter((one) => one.method === 'GET' && isSamePath(one, listed ?? create));
  const id = idIn(done, create, sentinels) ?? idOfUpdate(done, recording, sentinels);
  const items = id === null ? [] : done.filter(({ segments }) => segments.lastIndexOf(id) > 0);
  return {
    login: done.find((one) => isLogin(one, sentinels)) ?? null,
    create,
    id,
    lists: lists.filter(({ got }) => tablesOf(got).length > 0),
    table: listed === undefined ? onlyTable(lists) : tableWith(listed.got, sentinels),
    gets: shortest(items.filter((one) => one.method === 'GET' && isOurs(one.got, sentinels))),
    updates: shortest(items.filter((one) => isUpdate(one, create, sentinels))),
    deletes: shortest(items.filter(({ method }) => method === 'DELETE')),
  };
}

function isCreate({ method, sent, segments }: Exchange, recording: Recording, sentinels: Sentinels): boolean {
  const last = segments.at(-1) ?? '';
  return (method === 'POST' || method === 'PUT') && isOurs(sent, sentinels) && isName(last, recording);
}

/** An update names what was typed, or only keys that the create named too. */
function isUpdate({ method, sent }: Exchange, create: Exchange | null, sentinels: Sentinels): boolean {
  if (!['PUT', 'PATCH', 'POST'].includes(method) || !isJson(sent)) return false;
  if (isOurs(sent, sentinels)) return true;
  const known = new Set(leavesOf(create?.sent).map(({ path }) => path));
  const leaves = leavesOf(sent);
  return leaves.length > 0 && leaves.every(({ path }) => known.has(path));
}

/** A password goes in that is not the new extension's, and an answer comes back. */
function isLogin({ method, sent, got }: Exchange, sentinels: Sentinels): boolean {
  const asked = method === 'POST' && isJson(got) && !isOurs(sent, sentinels);
  return asked && leavesOf(sent).some(({ path }) => isSecretKey(lastKey(path)));
}

export function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function isSamePath(one: Exchange, other: Exchange | null): boolean {
  return other !== null && one.segments.join('/') === other.segments.join('/');
}

/** Of several kinds of calls about the same thing, the plain one: `/extension/{id}` and not `/extension/{id}/devices`. */
function shortest(items: readonly Exchange[]): readonly Exchange[] {
  const least = Math.min(...items.map(({ segments }) => segments.length));
  const [first] = items.filter(({ segments }) => segments.length === least);
  return items.filter((one) => first !== undefined && isSamePath(one, first) && one.method === first.method);
}

/** Path of the rows among which the new extension stands. */
function tableWith(got: unknown, sentinels: Sentinels): string | null {
  return tablesOf(got).find(({ rows }) => rows.some((row) => isOurs(row, sentinels)))?.path ?? null;
}

/** Where nobody looked at the list after the create: its only table. */
function onlyTable(lists: readonly Exchange[]): string | null {
  const paths = distinct(lists.flatMap(({ got }) => tablesOf(got).map(({ path }) => path)));
  return paths.length === 1 ? (paths[0] ?? null) : null;
}

/** What the create answered, or the next list showed, and only later calls have in their paths. */
function idIn(done: readonly Exchange[], create: Exchange | null, sentinels: Sentinels): string | null {
  if (create === null) return null;
  const at = done.indexOf(create);
  const before = new Set(done.slice(0, at + 1).flatMap(({ segments }) => segments));
  const later = done.slice(at + 1);
  const answered = [create.location, ...leavesOf(create.got).map(({ value }) => value)];
  const listed = later.flatMap(({ got }) => rowsWith(got, sentinels).flatMap(leavesOf));
  const values = listed.map(({ value }) => value);
  const fresh = (texts: readonly unknown[]) => texts.filter((text) => !before.has(String(text)));
  return mostUsed(fresh(answered), later, sentinels) ?? mostUsed(fresh(values), later, sentinels);
}

function mostUsed(
  values: readonly unknown[],
  later: readonly Exchange[],
  sentinels: Sentinels,
): string | null {
  const typed = Object.values(sentinels);
  const texts = values.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value)] : [],
  );
  const uses = distinct(texts)
    .filter((text) => text !== '')
    .map((text) => ({ text, count: later.filter(({ segments }) => segments.includes(text)).length }))
    .filter(({ count }) => count > 0);
  const best = [...uses].sort(
    (a, b) => b.count - a.count || Number(typed.includes(a.text)) - Number(typed.includes(b.text)),
  );
  return best[0]?.text ?? null;
}

/** A recording that begins after the create still shows the id in the path of an update. */
function idOfUpdate(done: readonly Exchange[], recording: Recording, sentinels: Sentinels): string | null {
  const update = done.find(({ method, sent, segments }) => {
    return (
      /^(PUT|PATCH|POST)$/.test(method) &&
      isOurs(sent, sentinels) &&
      !isName(segments.at(-1) ?? '', recording)
    );
  });
  return update?.segments.at(-1) ?? null;
}

/** Rows of an answer that are the extension that was made. */
export function rowsWith(got: unknown, sentinels: Sentinels): readonly Json[] {
  return tablesOf(got).flatMap(({ rows }) => rows.filter((row) => isOurs(row, sentinels)));
}
