import { followsCallerId } from './caller-id.ts';
import { clue, learnt, open } from './finding.ts';
import { distinct, type Json, leavesOf, scalarAt } from './leaves.ts';
import type { Scene } from './scene.ts';
import type { Edit, Finding } from './types.ts';

/** How much of an object an update must send to count as all of it. */
const MOST = 0.5;

/** Whether updates send the whole object or only what changes, and what changes by itself. */
export function updateFinding(scene: Scene): Finding {
  const { views, roles, base } = scene;
  const [first] = roles.updates;
  if (first === undefined || views.saves.length === 0) return open('update');
  const expected = expectedIn(scene);
  const sent = views.saves.map((save) => leavesOf(save).map(({ path }) => path));
  const whole = sent.every(
    (paths) => expected.filter((path) => paths.includes(path)).length > expected.length * MOST,
  );
  const style = whole && first.method !== 'PATCH' ? 'replace' : 'patch';
  const always = expected.filter((path) => sent.every((paths) => paths.includes(path)));
  const copy = style === 'patch' ? always.filter((path) => isStill(path, views.saves)) : [];
  const omit = style === 'replace' ? changing(scene) : [];
  const same = (list: readonly string[], known: readonly string[] = []) =>
    [...list].sort().join() === [...known].sort().join();
  const drift: readonly Edit[] =
    omit.length === 0 || same(omit, base.drift?.ignore) ? [] : [{ path: ['drift', 'ignore'], value: omit }];
  return learnt(
    {
      place: 'update',
      standing: 'found',
      shown: `${style} (${always.length}/${expected.length})`,
      clues: clue('sent', views.saves.length),
      settings: {
        style,
        ...(same(copy, base.update.copy) ? {} : { copy: copy.length === 0 ? undefined : copy }),
        ...(same(omit, base.update.omit) || omit.length === 0 ? {} : { omit }),
        ...(style === 'patch' ? { omit: undefined } : {}),
      },
      more: drift,
    },
    base.update,
  );
}

/** What a form sends: what the create sent, without what is never shown, such as a password that stays blank. */
function expectedIn({ views }: Scene): readonly string[] {
  const shown = new Set(
    [...views.rows, ...views.shown].flatMap((one) => leavesOf(one).map(({ path }) => path)),
  );
  const paths = leavesOf(views.created).map(({ path }) => path);
  const readable = paths.filter((path) => shown.has(path));
  const all = readable.length > 0 ? readable : paths;
  return all.length > 0
    ? all
    : distinct(views.saves.flatMap((save) => leavesOf(save).map(({ path }) => path)));
}

function isStill(path: string, saves: readonly Json[]): boolean {
  return distinct(saves.map((save) => scalarAt(save, path))).length === 1;
}

/** Keys that nobody sends and that hold times, follow from a field, or change from one look to the next. */
function changing(scene: Scene): readonly string[] {
  const { views } = scene;
  const sent = new Set(views.sent.flatMap((one) => leavesOf(one).map(({ path }) => path)));
  const objects = [...views.rows, ...views.shown];
  const paths = distinct(objects.flatMap((one) => leavesOf(one).map(({ path }) => path))).filter(
    (path) => !sent.has(path),
  );
  return paths.filter((path) => {
    const values = distinct(objects.map((one) => scalarAt(one, path)).filter((value) => value !== undefined));
    return values.length > 1 || values.every(isTime) || followsCallerId(path, scene);
  });
}

/** RFC 3339 and its relatives, or ms since the epoch, in this century. */
function isTime(value: unknown): boolean {
  if (typeof value === 'string') return /^20\d\d-\d\d-\d\d[T ]\d\d:\d\d/.test(value);
  return typeof value === 'number' && value > 946_684_800_000 && value < 4_102_444_800_000;
}
