import { type PendingWrite, type StateEntry, stateKey } from '../../../../engine/model/index.ts';

/** The key under which state knows an extension. */
export function keyOf(number: string): string {
  return stateKey('lab/301', 'extension', number);
}

/** The entry of an extension whose name is the run that wrote it. */
export function entryOf(number: string, run: string): StateEntry {
  return {
    address: `acme/pbx:main/extension:${number}`,
    kind: 'extension',
    key: number,
    targetKey: 'lab/301',
    values: { name: run },
    secrets: {},
    dependsOn: [],
    appliedAt: '2026-01-01T00:00:00.000Z',
  };
}

export function writeOf(number: string, run: string): PendingWrite {
  const { appliedAt: _, ...after } = entryOf(number, run);
  const { address } = after;
  return {
    key: keyOf(number),
    address,
    action: 'update',
    before: 'absent',
    revs: {},
    fingerprints: {},
    after,
  };
}
