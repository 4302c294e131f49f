import { distinct, isJson, type Json, leavesOf, tablesOf } from './leaves.ts';
import { isOurs, rowsWith } from './roles.ts';
import type { Scene, Sentinels } from './types.ts';

/** The same extension wherever it shows, each time without what stands around it. */
export interface Views {
  /** In lists. */
  readonly rows: readonly Json[];
  /** As one object: answers to get, create and update. */
  readonly shown: readonly Json[];
  /** The body of the create; null where it was not recorded. */
  readonly created: Json | null;
  /** Bodies of the updates. */
  readonly saves: readonly Json[];
  /** All extensions of the lists, for what is the same in all of them. */
  readonly everybody: readonly Json[];
  /** Where the object stands: in a get's answer, in a create's, in what is sent. */
  readonly around: { readonly get: string; readonly create: string; readonly sent: string };
}

export function viewsOf({ roles, told }: Scene): Views {
  const { sentinels } = told;
  const rows = roles.lists.flatMap(({ got }) => rowsWith(got, sentinels));
  const known = placesOf(rows, sentinels);
  const sent = [roles.create, ...roles.updates].flatMap((one) => one?.sent ?? []);
  const around = {
    get: aroundIn(
      roles.gets.map(({ got }) => got),
      known,
      sentinels,
    ),
    create: aroundIn([roles.create?.got], known, sentinels),
    sent: aroundSent(sent, known, sentinels),
  };
  const answers = [
    ...roles.gets.map(({ got }) => inner(got, around.get)),
    ...roles.updates.map(({ got }) => inner(got, around.get)),
  ];
  return {
    rows,
    shown: [...answers, inner(roles.create?.got, around.create)]
      .filter((one) => isOurs(one, sentinels))
      .filter(isJson),
    created: inner(roles.create?.sent, around.sent),
    saves: roles.updates.flatMap(({ sent: body }) => inner(body, around.sent) ?? []),
    everybody: everybodyIn(scene(roles.lists), roles.table),
    around,
  };
}

const scene = (lists: Scene['roles']['lists']) => lists.map(({ got }) => got);

/** The rows of the longest list. */
function everybodyIn(answers: readonly unknown[], table: string | null): readonly Json[] {
  const tables = answers.flatMap(tablesOf).filter(({ path }) => path === table);
  return tables.reduce<readonly Json[]>(
    (longest, { rows }) => (rows.length > longest.length ? rows : longest),
    [],
  );
}

/** Where typed values stand in the rows of a list. */
function placesOf(objects: readonly unknown[], sentinels: Sentinels): readonly string[] {
  const typed = Object.values(sentinels);
  return distinct(
    objects.flatMap((object) =>
      leavesOf(object).flatMap(({ path, value }) => (typed.some((one) => one === value) ? [path] : [])),
    ),
  );
}

/** The key under which one object stands in an answer, `$` for none: what comes before a place that lists know. */
function aroundIn(answers: readonly unknown[], known: readonly string[], sentinels: Sentinels): string {
  const places = placesOf(answers, sentinels);
  const before = places.flatMap((place) =>
    known.flatMap((path) => (place.endsWith(`.${path}`) ? [place.slice(0, -path.length - 1)] : [])),
  );
  if (known.some((path) => places.includes(path))) return '$';
  return before[0] ?? onlyObject(answers) ?? '$';
}

/** An answer that holds nothing but one object, at most beside scalars. */
function onlyObject(answers: readonly unknown[]): string | undefined {
  const keys = answers.flatMap((answer) => {
    const objects = isJson(answer) ? Object.entries(answer).filter(([, value]) => isJson(value)) : [];
    return objects.length === 1 && isJson(answer) && Object.keys(answer).length <= 3
      ? objects.map(([key]) => key)
      : [];
  });
  return distinct(keys).length === 1 ? keys[0] : undefined;
}

/** Bodies are wrapped only where what lists show without the key is sent below it. */
function aroundSent(bodies: readonly unknown[], known: readonly string[], sentinels: Sentinels): string {
  const places = placesOf(bodies, sentinels);
  if (places.length === 0 || known.some((path) => places.includes(path))) return '$';
  const before = places.flatMap((place) =>
    known.flatMap((path) => (place.endsWith(`.${path}`) ? [place.slice(0, -path.length - 1)] : [])),
  );
  return before[0] ?? '$';
}

/** What stands under a key, or the whole; null where it is no object. */
function inner(data: unknown, around: string): Json | null {
  const found =
    around === '$'
      ? data
      : around.split('.').reduce<unknown>((here, key) => (isJson(here) ? here[key] : undefined), data);
  return isJson(found) ? found : null;
}
