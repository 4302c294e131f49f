import { distinct, isJson, type Json, leavesOf, tablesOf } from './leaves.ts';
import { isPlainKey } from './plain.ts';
import { isOurs, rowsWith } from './roles.ts';
import type { Roles, Sentinels } from './types.ts';

/** The extension that was made, wherever it shows, each time without what stands around it. */
export interface Views {
  /** In lists. */
  readonly rows: readonly Json[];
  /** As one object: answers to gets and updates, and to the create. */
  readonly shown: readonly Json[];
  /** The body of the create; null where it was not recorded. */
  readonly created: Json | null;
  /** Bodies of the updates. */
  readonly saves: readonly Json[];
  /** All bodies together, the create's first. */
  readonly sent: readonly Json[];
  /** All extensions of the longest list, for what is the same in all of them. */
  readonly everybody: readonly Json[];
  /** Where the object stands: in a get's answer, in a create's, in what is sent. */
  readonly around: { readonly get: string; readonly create: string; readonly sent: string };
}

export function viewsOf(roles: Roles, sentinels: Sentinels): Views {
  const { lists, gets, updates, create, table } = roles;
  const creates = create === null ? [] : [create];
  const rows = lists.flatMap(({ got }) => rowsWith(got, sentinels));
  const known = placesOf(rows, sentinels);
  const bodies = [...creates, ...updates].map(({ sent }) => sent);
  const around = {
    get: aroundAnswers(gets, known, sentinels),
    create: aroundAnswers(creates, known, sentinels),
    sent: wrapOf(bodies, known, sentinels) ?? '$',
  };
  const answers = (of: Roles['gets']) => of.map(({ got }) => got);
  const objects = [
    ...objectsIn(answers([...gets, ...updates]), around.get),
    ...objectsIn(answers(creates), around.create),
  ];
  const created = under(create?.sent, around.sent);
  const saves = objectsIn(
    updates.map(({ sent }) => sent),
    around.sent,
  );
  return {
    rows,
    shown: objects.filter((one) => isOurs(one, sentinels)),
    created,
    saves,
    sent: [...(created === null ? [] : [created]), ...saves],
    everybody: everybodyIn(
      lists.flatMap(({ got }) => tablesOf(got)),
      table,
    ),
    around,
  };
}

function objectsIn(bodies: readonly unknown[], around: string): readonly Json[] {
  return bodies.map((body) => under(body, around)).filter((one) => one !== null);
}

/** The rows of the longest list. */
function everybodyIn(tables: ReturnType<typeof tablesOf>, table: string | null): readonly Json[] {
  return tables
    .filter(({ path }) => path === table)
    .reduce<readonly Json[]>((longest, { rows }) => (rows.length > longest.length ? rows : longest), []);
}

/** Where typed values stand. */
function placesOf(objects: readonly unknown[], sentinels: Sentinels): readonly string[] {
  const typed: readonly unknown[] = Object.values(sentinels);
  const leaves = objects.flatMap((object) => leavesOf(object));
  return distinct(leaves.flatMap(({ path, value }) => (typed.includes(value) ? [path] : [])));
}

function aroundAnswers(answers: Roles['gets'], known: readonly string[], sentinels: Sentinels): string {
  const bodies = answers.map(({ got }) => got);
  return wrapOf(bodies, known, sentinels) ?? onlyObject(bodies) ?? '$';
}

/** The key under which one object stands, `$` for none: what comes before a place that lists know. Undefined where nothing is known. */
function wrapOf(
  bodies: readonly unknown[],
  known: readonly string[],
  sentinels: Sentinels,
): string | undefined {
  const places = placesOf(bodies, sentinels);
  if (known.some((path) => places.includes(path))) return '$';
  return places.flatMap((place) =>
    known.flatMap((path) => (place.endsWith(`.${path}`) ? [place.slice(0, -path.length - 1)] : [])),
  )[0];
}

/** An answer that holds nothing but one object, at most beside a few scalars. */
function onlyObject(answers: readonly unknown[]): string | undefined {
  const keys = answers.flatMap((answer) => {
    if (!isJson(answer) || Object.keys(answer).length > 3) return [];
    const objects = Object.entries(answer).filter(([key, value]) => isJson(value) && isPlainKey(key));
    return objects.length === 1 ? objects.map(([key]) => key) : [];
  });
  return distinct(keys).length === 1 ? keys[0] : undefined;
}

/** What stands under a path, or the whole; null where it is no object. */
function under(data: unknown, path: string): Json | null {
  const steps = path === '$' ? [] : path.split('.');
  const found = steps.reduce<unknown>((here, key) => (isJson(here) ? here[key] : undefined), data);
  return isJson(found) ? found : null;
}
