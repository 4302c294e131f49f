import type { ProfileCall } from '../../model/profile.ts';
import { clue, learnt, open, partAt } from './finding.ts';
import { distinct } from './leaves.ts';
import type { Exchange } from './recording.ts';
import { pathOf, type Scene } from './scene.ts';
import type { Finding } from './types.ts';

/** What a call does where the profile does not say otherwise; schemas/profile.schema.json tells people the same. */
const usual = {
  list: { method: 'GET', success: [200] },
  get: { method: 'GET', success: [200] },
  create: { method: 'POST', success: [200, 201] },
  update: { method: 'PUT', success: [200, 202, 204] },
  delete: { method: 'DELETE', success: [200, 202, 204] },
} as const;

type Operation = keyof typeof usual;

/** The calls about extensions, with where the object stands in what they send and answer. */
export function callFindings(scene: Scene): readonly Finding[] {
  const { lists, gets, create, updates, deletes } = scene.roles;
  const { get, create: created } = scene.views.around;
  return [
    callFinding('list', lists, null, scene),
    callFinding('get', gets, get, scene),
    callFinding('create', create === null ? [] : [create], created, scene),
    callFinding('update', updates, null, scene),
    callFinding('delete', deletes, null, scene),
  ];
}

/** @param around where the object stands in the answer; null where the profile does not ask */
function callFinding(
  operation: Operation,
  calls: readonly Exchange[],
  around: string | null,
  scene: Scene,
): Finding {
  const place = `resources.extension.${operation}`;
  const known = partAt(scene.base, place) as ProfileCall | undefined;
  const [first] = calls;
  const path = first === undefined ? null : pathOf(first, scene);
  if (first === undefined || path === null) return open(place);
  const { method: plain, success: fine } = usual[operation];
  const statuses = distinct(calls.map(({ status }) => status));
  const expected: readonly number[] = known?.success ?? fine;
  const writes = operation === 'create' || operation === 'update';
  const wrap = scene.views.around.sent;
  const inside = around === null || around === '$' ? '' : ` (${around})`;
  return learnt(
    {
      place,
      standing: 'found',
      shown: `${first.method} ${path} → ${statuses.join(', ')}${inside}`,
      clues: clue('calls', calls.length),
      settings: {
        path,
        ...(first.method === (known?.method ?? plain) ? {} : { method: first.method }),
        ...(statuses.every((status) => expected.includes(status)) ? {} : { success: statuses }),
        ...(writes && wrap !== (known?.wrap ?? '$') ? { wrap } : {}),
        ...(around === null || around === (known?.object?.path ?? '$') ? {} : { object: { path: around } }),
      },
    },
    known,
  );
}

/** The id of an extension: what the create answered, or lists show, and later calls have in their paths. */
export function idFinding({ roles, views, base }: Scene, paths: readonly string[]): Finding {
  const place = 'identity.id';
  const [path] = paths;
  if (roles.id === null || path === undefined) return open(place);
  const known = partAt(base, place);
  return learnt(
    {
      place,
      standing: 'found',
      shown: path,
      clues: [...clue('answers', views.shown.length), ...clue('rows', views.rows.length)],
      candidates: paths.slice(1),
      settings: { path },
    },
    known,
  );
}
