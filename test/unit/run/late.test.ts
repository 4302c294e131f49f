import { expect, it } from 'vitest';
import type { PendingWrite } from '../../../engine/model/index.ts';
import type { Gathered } from '../../../engine/run/targets/gather.ts';
import { awaitLateWrites } from '../../../engine/run/targets/late.ts';
import type { Workspace } from '../../../engine/run/workspace/workspace.ts';
import { contextAt } from '../../support/commands.ts';
import { entry, idOf, input, state, view } from '../plan/kit.ts';

const now = Date.UTC(2026, 0, 1, 12);
const ago = (ms: number) => new Date(now - ms).toISOString();
const { appliedAt: _, ...after } = entry('10');
const write: PendingWrite = {
  key: idOf('10'),
  address: after.address,
  action: 'create',
  before: 'absent',
  revs: {},
  fingerprints: {},
  after,
};
const drivers = new Map([['memory', { facts: { lateWriteMs: 120_000 } }]]);

/** How long is waited for a create whose run began `began` ms ago, and which was sent then. */
async function waited(began: number, sent: readonly (number | null)[]): Promise<readonly number[]> {
  const slept: number[] = [];
  const clock = {
    now: () => now,
    elapsed: () => 0,
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  const pending = { digest: '', epoch: 1, startedAt: ago(began), writes: [write] };
  const open = sent.map((ms, index) => {
    const at = ms === null ? {} : { at: ago(ms) };
    return { seq: index + 1, write, written: 'unknown', ...at } as const;
  });
  const gathered: Gathered = {
    compiled: {
      client: 'acme',
      status: 'activo',
      targets: [],
      desired: [],
      released: new Set(),
      referenced: new Map(),
    },
    input: input({ state: state([], { pending }), views: [view([])] }),
    open,
  };
  const workspace: Pick<Workspace, never> = { drivers };
  await awaitLateWrites(contextAt('/nowhere', { clock }), workspace as Workspace, gathered);
  return slept;
}

it('the window of a late write is counted from the write, not from the begin of its run', async () => {
  expect(await waited(600_000, [1_000])).toEqual([119_000]);
});

it('the newest write is waited for', async () => {
  expect(await waited(600_000, [90_000, 30_000, 300_000])).toEqual([90_000]);
});

it('without the time of the write, the begin of the run counts', async () => {
  expect(await waited(60_000, [null])).toEqual([60_000]);
});

it('nothing is waited for once the window is over', async () => {
  expect(await waited(600_000, [120_000])).toEqual([]);
});

it('no wait is longer than the window, where the clock was set back', async () => {
  expect(await waited(-3_600_000, [-3_600_000])).toEqual([120_000]);
});
