import { clue, learnt, open, partAt } from './finding.ts';
import { distinct, tablesOf } from './leaves.ts';
import { pagingIn } from './pager.ts';
import { type Exchange, isSuccess } from './recording.ts';
import { pathOf, type Scene } from './scene.ts';
import type { Finding } from './types.ts';

/** Where rows stand in the answers to lists, and how lists go on. */
export function listFindings(scene: Scene): readonly Finding[] {
  return [resultsFinding(scene), ...otherResults(scene), pagerFinding(scene)];
}

function resultsFinding({ roles, base }: Scene): Finding {
  const place = 'list.results';
  const { table, lists } = roles;
  if (table === null) return open(place);
  const clues = clue('calls', lists.length);
  return learnt(
    { place, standing: 'found', shown: table, clues, settings: { path: table } },
    partAt(base, place),
  );
}

/** Lists of other things whose rows stand elsewhere than those of extensions. */
function otherResults(scene: Scene): readonly Finding[] {
  const { base, roles } = scene;
  return Object.entries(base.resources).flatMap(([kind, resource]) => {
    if (kind === 'extension') return [];
    const calls = callsTo(resource.list.path, scene);
    const [path, second] = distinct(calls.flatMap(({ got }) => tablesOf(got).map((table) => table.path)));
    if (path === undefined || second !== undefined || path === roles.table) return [];
    const place = `resources.${kind}.list`;
    const settings = { results: { path } };
    const clues = clue('calls', calls.length);
    return [learnt({ place, standing: 'found', shown: path, clues, settings }, partAt(base, place))];
  });
}

function pagerFinding(scene: Scene): Finding {
  const place = 'list.pager';
  const paging = pagingIn(scene);
  if (paging === null) return open(place);
  const { standing, settings, lists, steps } = paging;
  const named = Object.entries(settings).filter(([key, value]) => key !== 'style' && value !== undefined);
  const shown = [settings.style, ...named.map(([key, value]) => `${key} ${value}`)].join(', ');
  const clues = [...clue('pages', steps), ...clue('calls', lists)];
  return learnt({ place, standing, shown, clues, settings }, partAt(scene.base, place));
}

/** Lists by their path. */
export function callsTo(path: string, scene: Scene): readonly Exchange[] {
  return scene.recording.exchanges.filter(
    (one) => one.method === 'GET' && isSuccess(one) && pathOf(one, scene) === path,
  );
}
