import { expect, it } from 'vitest';
import { type Change, type Desired, type PendingWrite, Secret } from '../../../engine/model/index.ts';
import { type ClientInput, planClient, resolveReferences } from '../../../engine/plan/index.ts';
import type { ClientRun } from '../../../engine/run/apply/client-run.ts';
import type { Lane, Outcome } from '../../../engine/run/apply/lane.ts';
import { type Rereader, rereadAll, rereader } from '../../../engine/run/apply/reread.ts';
import type { Workspace } from '../../../engine/run/workspace/workspace.ts';
import type { Vault } from '../../../engine/secrets/index.ts';
import type { Driver, PoweredSession, Scope } from '../../../providers/contract.ts';
import { contextAt } from '../../support/commands.ts';
import { actual, desired, entry, fullApi, input, state, target, view } from '../plan/kit.ts';
import { account, onPhone, phone } from '../plan/phone-kit.ts';

const numbers = ['1', '2', '3'];

/** A PBX that shows what it is asked for and nothing else; its log of what that was. */
interface Scene {
  readonly reread: Rereader;
  readonly lane: Lane;
  readonly asked: (readonly string[] | undefined)[];
  readonly shown: Map<string, string>;
}

function scene(over: Partial<ClientInput> = {}): Scene {
  const asked: Scene['asked'] = [];
  const shown = new Map(numbers.map((key) => [key, `Ext ${key}`]));
  const read = async ({ keys }: Scope) => {
    asked.push(keys);
    const there = [...shown].filter(([key]) => keys?.includes(key));
    const resources = there.map(([key, name]) => {
      const secrets = { sip: new Secret('x') };
      return { kind: 'extension', key, values: { number: key, name }, secrets, observed: {} } as const;
    });
    return { edition: 'memory 1', identity: {}, can: fullApi, resources };
  };
  const all = input({
    desired: numbers.map((key) => desired(key)),
    views: [view(numbers.map((key) => actual(key)))],
    state: state(numbers.map((key) => entry(key))),
    ...over,
  });
  return { reread: rereader(runOf(all)), lane: laneOf({ read }), asked, shown };
}

function runOf(all: ClientInput): ClientRun {
  const vault: Pick<Vault, 'fingerprint'> = { fingerprint: () => 'print' };
  const workspace: Pick<Workspace, 'vault'> = { vault: vault as Vault };
  const gathered: Pick<ClientRun['gathered'], 'input'> = { input: all };
  const run: Pick<ClientRun, 'context' | 'workspace' | 'gathered'> = {
    context: contextAt('/nowhere'),
    workspace: workspace as Workspace,
    gathered: gathered as ClientRun['gathered'],
  };
  return run as ClientRun;
}

function laneOf(session: Pick<PoweredSession, 'read'>): Lane {
  const facts: Pick<Driver['facts'], 'settleMs'> = { settleMs: 0 };
  const driver: Pick<Driver, 'facts'> = { facts: facts as Driver['facts'] };
  return {
    target: target(),
    driver: driver as Driver,
    session: session as PoweredSession,
    commit: false,
    commitDue: false,
    wasOpen: false,
    broken: false,
    writes: [],
  };
}

/** A write that went through, and left what is wanted in state. */
function done(key: string, over: Partial<Outcome> = {}): Outcome {
  const { appliedAt: _, ...after } = entry(key);
  const { address } = after;
  const pending: PendingWrite = {
    key: `memory:main#extension:${key}`,
    address,
    action: 'update',
    before: 'x',
    revs: {},
    fingerprints: {},
    after,
  };
  const change: Change = {
    address,
    target: 'acme/pbx:main',
    targetKey: 'memory:main',
    kind: 'extension',
    key,
    action: 'update',
    section: 'requested',
    means: 'api',
    fields: [],
    before: 'x',
    revs: {},
    after: [],
    blocked: null,
  };
  return { change, result: 'done', pending, ...over };
}

it('what was read since its last write is not read once more', async () => {
  const { reread, lane, asked } = scene();
  await reread(lane, [done('1'), done('2')]);
  await reread(lane, [done('2'), done('1')]);
  expect(asked).toEqual([['1', '2']]);
});

it('as many other writes are read again', async () => {
  const { reread, lane, asked } = scene();
  await reread(lane, [done('1')]);
  await reread(lane, [done('2')]);
  expect(asked).toHaveLength(2);
});

it('what was put back is read again, with what was written since', async () => {
  const { reread, lane, shown } = scene();
  shown.set('1', 'Nueva');
  await reread(lane, [done('1')]);
  shown.set('1', 'Ext 1');
  const { view: seen } = await reread(lane, [done('2')]);
  const first = seen.reading?.resources.find(({ key }) => key === '1');
  expect(first?.values.name).toBe('Ext 1');
});

it('the same write with another end is read again', async () => {
  const { reread, lane, asked } = scene();
  await reread(lane, [done('1')]);
  await reread(lane, [done('1', { result: 'failed' })]);
  expect(asked).toHaveLength(2);
});

it('shows all that the target is known to have, though only a part of it is read', async () => {
  const { reread, lane } = scene();
  const { view: seen } = await reread(lane, [done('2')]);
  expect(seen.reading?.resources.map(({ key }) => key).sort()).toEqual(numbers);
});

it('does not show what was asked for and is gone', async () => {
  const { reread, lane, shown } = scene();
  shown.delete('2');
  const { view: seen } = await reread(lane, [done('2')]);
  expect(seen.reading?.resources.map(({ key }) => key).sort()).toEqual(['1', '3']);
});

it('remembers what an earlier look showed', async () => {
  const { reread, lane, shown } = scene({ views: [view([])] });
  await reread(lane, [done('1')]);
  shown.set('2', 'Otra');
  const { view: seen } = await reread(lane, [done('1'), done('2')]);
  expect(seen.reading?.resources.map(({ key, values }) => [key, values.name])).toEqual([
    ['1', 'Ext 1'],
    ['2', 'Otra'],
  ]);
});

it('finds what a second plan would still change', async () => {
  const { reread, lane, shown } = scene();
  shown.set('1', 'Otra');
  const { remaining } = await reread(lane, [done('1'), done('2')]);
  expect(remaining.map(({ address }) => address)).toEqual(['acme/pbx:main/extension:1']);
});

it('reads no target again where nothing was written', async () => {
  const { reread, lane, asked } = scene();
  const ends = { target: lane.target, commit: 'not-needed', diagnostics: [] } as const;
  const rereads = await rereadAll(reread, [lane], [{ ...ends, outcomes: [done('1', { result: 'failed' })] }]);
  expect([rereads.size, asked]).toEqual([0, []]);
});

it('looks at what was written and at what that takes from, and at nothing else that is wanted', async () => {
  const looked: string[] = [];
  const watched = numbers.map((key) => watchedValues(desired(key), looked));
  const { reread, lane } = scene({ desired: watched });
  looked.length = 0;
  await reread(lane, [done('2')]);
  expect(new Set(looked)).toEqual(new Set(['acme/pbx:main/extension:2']));
});

/** The same, telling whenever somebody looks at its values. */
function watchedValues(one: Desired, looked: string[]): Desired {
  return {
    ...one,
    get values() {
      looked.push(one.address);
      return one.values;
    },
  };
}

it('an account takes what a part of its PBX was read for, and what was read before', async () => {
  const extension = 'acme/pbx:main/extension:3';
  const from = { registerName: { address: extension, field: 'number' } };
  const own = account({ dependsOn: [extension], references: from });
  const { reread, lane } = scene({ desired: [desired('1'), own] });
  const { view: seen } = await reread(lane, [done('1')]);
  const phones = view([], { target: phone() });
  const resolved = resolveReferences([own], [seen, phones], state([]));
  const { changes } = planClient(input({ desired: resolved, views: [seen, phones] }));
  const change = changes.find(({ address }) => address === onPhone);
  expect(change?.fields).toContainEqual(expect.objectContaining({ field: 'registerName', after: '3' }));
});
