import type { Change, FieldChange } from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { ValueObject } from '../plugin/contract.ts';
import { textIn } from './desired.ts';
import type { Instance } from './instance.ts';
import type { Memory } from './memory.ts';
import { type Situation, shownSecret } from './situation.ts';

/**
 * The extension's secret is not the one that this account got, by what its PBX shows: somebody changed it there, and reverting it alone would
 * cut the phone off. Asked when the account is read, before anything is reverted: Terraform plans the account once more while it applies.
 */
export async function leaderChanged(
  instance: Instance,
  state: ValueObject,
  { follows, entry }: Memory,
): Promise<readonly string[]> {
  const extension = textIn(state, 'extension');
  const ours = typeof entry?.secrets.password?.marker === 'string' && state.password_secret !== 'pbx';
  if (follows === undefined || extension === null || !ours) return [];
  const shown = await shownSecret(instance, extension);
  return shown !== null && shown !== follows ? ['password'] : [];
}

/** The change with these secrets in it, whatever else it holds. Null where nothing is left to write. */
export function withSecrets(situation: Situation, fields: readonly string[]): Change | null {
  const { change, desired } = situation;
  const managed = fields.filter((field) => typeof desired.secrets[field]?.marker === 'string');
  if (managed.length === 0) return change;
  if (change === null) return onlySecrets(situation, managed);
  const known = new Set(change.fields.map(({ field }) => field));
  const added = managed.filter((field) => !known.has(field));
  const action = change.action === 'create' ? 'create' : 'update';
  const revs = { ...change.revs, ...markersOf(situation, added) };
  return { ...change, action, fields: [...change.fields, ...added.map(again)], revs };
}

function onlySecrets(situation: Situation, fields: readonly string[]): Change {
  const { desired, target, actual } = situation;
  const { address, kind, key, dependsOn } = desired;
  return {
    address,
    target: target.address,
    targetKey: target.key,
    kind,
    key,
    action: 'update',
    section: 'drift',
    means: 'api',
    fields: fields.map(again),
    before: beforeOf(actual),
    revs: markersOf(situation, fields),
    after: dependsOn,
    blocked: null,
  };
}

function markersOf({ desired }: Situation, fields: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(fields.map((field) => [field, desired.secrets[field]?.marker ?? null]));
}

function again(field: string): FieldChange {
  const nothing = { before: null, after: null, unknown: false, guided: false } as const;
  return { field, ...nothing, sensitive: true, why: 'drift' };
}
