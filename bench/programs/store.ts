import { tmpdir } from 'node:os';
import type { PendingWrite, StateEntry } from '../../engine/model/index.ts';
import { createLocalStore, type StateStore, systemIo } from '../../engine/state/index.ts';
import { realClock } from '../../providers/transport/clock.ts';

export const client = 'c001';
export const asker = { user: 'bench', command: 'apply' };

/** The local store of a workspace, as every command opens it. */
export function openStore(workspace: string): StateStore {
  const options = { workspace, path: 'state', ci: false, altaVersion: '0.0.0-bench', temporary: tmpdir() };
  return createLocalStore(systemIo(realClock), options);
}

/** An extension's entry; its state key is its number. */
export function entryOf(number: string, name: string): StateEntry {
  return {
    address: `${client}/pbx:main/extension:${number}`,
    kind: 'extension',
    key: number,
    targetKey: 'bench',
    values: { number, name, email: `ext${number}@${client}.example`, nat: true },
    secrets: {},
    dependsOn: [],
    appliedAt: '2026-01-01T00:00:00.000Z',
  };
}

export function writeOf(number: string, name: string): PendingWrite {
  const { appliedAt: _, ...after } = entryOf(number, name);
  return {
    key: number,
    address: after.address,
    action: 'update',
    before: 'absent',
    revs: {},
    fingerprints: {},
    after,
  };
}
