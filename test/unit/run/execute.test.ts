import { describe, expect, it } from 'vitest';
import type { Change, PendingWrite } from '../../../engine/model/index.ts';
import { execute } from '../../../engine/run/apply/execute.ts';
import type { Execution, Lane } from '../../../engine/run/apply/lane.ts';
import type { PreparedWrite } from '../../../engine/run/apply/write.ts';
import type { StateWriter } from '../../../engine/state/index.ts';
import type { Driver } from '../../../providers/contract.ts';
import { target } from '../plan/kit.ts';

const on = (label: string, number = '10') => `acme/pbx:${label}/extension:${number}`;

function prepared(label: string, action: 'create' | 'delete', after: readonly string[] = []): PreparedWrite {
  const base = { address: on(label), kind: 'extension', key: '10' } as const;
  const change: Change = {
    ...base,
    target: `acme/pbx:${label}`,
    targetKey: `memory:${label}`,
    action,
    section: 'moved',
    means: 'api',
    fields: [],
    before: 'absent',
    revs: {},
    after,
    blocked: null,
  };
  const pending: PendingWrite = {
    key: `memory:${label}#extension:10`,
    address: base.address,
    action,
    before: 'absent',
    revs: {},
    fingerprints: {},
    after: null,
  };
  const write =
    action === 'create' ? { action, ...base, values: {}, secrets: {} } : ({ action, ...base } as const);
  return { change, write, pending, before: null, late: false };
}

/** What reached the boxes, in order. */
type Calls = string[];

/** A lane whose own Apply takes a while; where it fails, the box refuses it. */
function lane(label: string, writes: readonly PreparedWrite[], calls: Calls, refusing = false): Lane {
  const driver: Pick<Driver, never> = { facts: { host: { writers: 1 } } };
  return {
    target: target(label),
    driver: driver as Driver,
    session: {
      read: () => Promise.reject(new Error('not here')),
      apply: async ({ action }) => {
        calls.push(`${action} ${label}`);
        return {};
      },
      commit: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        calls.push(`commit ${label}`);
        if (refusing) throw new Error('refused');
      },
      close: async () => {},
    },
    commit: true,
    commitDue: false,
    wasOpen: false,
    broken: false,
    writes,
  };
}

function execution(calls: Calls, over: Partial<Execution> = {}): Execution {
  let seq = 0;
  const nothing = async (): Promise<void> => {};
  const writer: Pick<StateWriter, 'intent' | 'done' | 'failed' | 'commitPending' | 'committed'> = {
    intent: async () => ++seq,
    done: nothing,
    failed: nothing,
    commitPending: nothing,
    committed: nothing,
  };
  return {
    writer: writer as StateWriter,
    now: () => '2026-01-01T00:00:00.000Z',
    stop: new AbortController().signal,
    stepDone: () => {},
    unmet: new Set(),
    complete: async (write) => write,
    unregistered: async () => [],
    inUse: async () => false,
    notSeen: async (lane) => {
      calls.push(`look ${lane.target.label}`);
      return [];
    },
    ...over,
  };
}

describe('make before break', () => {
  const moving = (calls: Calls, refusing = false) => [
    lane('old', [prepared('old', 'delete', [on('new')])], calls, refusing),
    lane('new', [prepared('new', 'create')], calls, refusing),
  ];

  it('deletes the old one after the new box has committed and shows it', async () => {
    const calls: Calls = [];
    await execute(moving(calls), execution(calls));
    expect(calls).toEqual(['create new', 'commit new', 'look new', 'delete old', 'commit old']);
  });

  it('leaves the old one where the new box does not commit', async () => {
    const calls: Calls = [];
    const [old] = await execute(moving(calls, true), execution(calls));
    expect(calls).toEqual(['create new', 'commit new']);
    expect(old?.outcomes).toMatchObject([{ result: 'skipped', diagnostic: { code: 'depends-on-failed' } }]);
  });

  it('leaves the old one where the new box does not show what it said it made', async () => {
    const calls: Calls = [];
    await execute(moving(calls), execution(calls, { notSeen: async () => [on('new')] }));
    expect(calls).toEqual(['create new', 'commit new']);
  });

  it('goes on from delete to delete', async () => {
    const calls: Calls = [];
    const lanes = [lane('third', [prepared('third', 'delete', [on('old')])], calls), ...moving(calls)];
    await execute(lanes, execution(calls));
    expect(calls.filter((call) => !call.startsWith('look'))).toEqual([
      'create new',
      'commit new',
      'delete old',
      'commit old',
      'delete third',
      'commit third',
    ]);
  });

  it('looks at nothing for a delete that was interrupted', async () => {
    const calls: Calls = [];
    const stop = new AbortController();
    const stepDone = () => stop.abort();
    const [old] = await execute(moving(calls), execution(calls, { stop: stop.signal, stepDone }));
    expect(calls).toEqual(['create new', 'commit new']);
    expect(old?.outcomes).toMatchObject([{ result: 'skipped', diagnostic: { code: 'interrupted' } }]);
  });
});

it('a write waits for the commit of what it needs elsewhere, not for that of its own box', async () => {
  const calls: Calls = [];
  const later = { ...prepared('phone', 'create', [on('new'), on('phone')]) };
  const second: PreparedWrite = { ...later, change: { ...later.change, address: on('phone', '11') } };
  const lanes = [
    lane('phone', [prepared('phone', 'create'), second], calls),
    lane('new', [prepared('new', 'create')], calls),
  ];
  await execute(lanes, execution(calls));
  expect(calls.slice(2)).toEqual(['commit new', 'create phone', 'commit phone']);
});
