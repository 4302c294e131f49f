import type { ProfileDocument } from '../../model/profile.ts';
import { authFindings } from './auth.ts';
import { callerIdFinding } from './caller-id.ts';
import { callFindings, idFinding } from './calls.ts';
import { idPaths, textFields } from './fields.ts';
import { clue, open } from './finding.ts';
import { withoutValues } from './leaks.ts';
import { listFindings } from './lists.ts';
import type { Recording } from './recording.ts';
import { roleFinding } from './role.ts';
import { type Scene, sceneOf } from './scene.ts';
import { switchFindings } from './switches.ts';
import { tenantFindings } from './tenant.ts';
import type { Edit, Finding, Told } from './types.ts';
import { updateFinding } from './updates.ts';

export { MAX_HAR_BYTES, readHar } from './read.ts';
export type { LeftOut, Recording } from './recording.ts';
export * from './types.ts';

/** What a recording tells of an API: for people, and as changes of a profile. */
export interface Proposal {
  readonly findings: readonly Finding[];
  readonly edits: readonly Edit[];
  /** Whether a request holds anything that was typed. */
  readonly aligned: boolean;
  /** Requests that were understood, and all that were looked at. */
  readonly used: number;
  readonly kept: number;
}

/**
 * Aligns what a person typed with what the page sent and got, and proposes a profile from it. Names of the API leave it, and words of
 * closed lists; values do not. Pure.
 * @param base the profile that is known so far: what the recording does not tell stays as it is there
 */
export function proposeProfile(recording: Recording, told: Told, base: ProfileDocument): Proposal {
  const scene = sceneOf(recording, told, base);
  const fields = textFields(scene);
  const all = [
    ...rootFinding(scene),
    ...authFindings(scene),
    ...tenantFindings(scene),
    ...callFindings(scene),
    ...listFindings(scene),
    idFinding(scene, idPaths(scene)),
    ...fields.findings,
    roleFinding(scene, fields.taken),
    callerIdFinding(scene, fields.taken),
    ...switchFindings(scene, fields.taken),
    updateFinding(scene),
    ...canaryFinding(scene),
  ];
  const findings = withoutValues(all, recording, told);
  return {
    findings,
    edits: findings.flatMap(({ edits }) => edits),
    aligned: scene.views.sent.length > 0,
    used: usedIn(scene),
    kept: recording.exchanges.length,
  };
}

/** What every path starts with is not marked: it is part of every call. */
function rootFinding({ root, base, roles }: Scene): readonly Finding[] {
  const path = `/${root.join('/')}`;
  const known = base.transport?.base ?? '/';
  if (path === known || roles.login === null) return [];
  const edits: readonly Edit[] = [{ path: ['transport', 'base'], value: path }];
  return [{ place: 'transport.base', standing: 'found', shown: path, clues: [], candidates: [], edits }];
}

/** A number that was free, was made and was taken away again may serve for trying. Nobody else must use it: a person decides. */
function canaryFinding({ roles, base, told }: Scene): readonly Finding[] {
  const { number } = told.sentinels;
  const usable = number !== undefined && /^\d{1,16}$/.test(number) && roles.deletes.length > 0;
  if (base.canary !== undefined) return [];
  if (!usable || roles.create === null) return [open('canary')];
  const edits: readonly Edit[] = [{ path: ['canary'], value: { from: number, to: number } }];
  const shown = `${number}–${number}`;
  return [{ place: 'canary', standing: 'guessed', shown, clues: clue('calls', 2), candidates: [], edits }];
}

function usedIn({ roles, company }: Scene): number {
  const { login, create, lists, gets, updates, deletes } = roles;
  const calls = [
    login,
    create,
    company.entered,
    company.list?.exchange ?? null,
    ...lists,
    ...gets,
    ...updates,
    ...deletes,
  ];
  return new Set(calls.filter((one) => one !== null)).size;
}
