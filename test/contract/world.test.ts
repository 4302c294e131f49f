import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PoweredSession } from '../../providers/contract.ts';
import type { World } from '../../providers/memory/world.ts';
import {
  addForeign,
  colleagueDeletes,
  colleagueEdits,
  createWorld,
  inject,
  removeWorld,
  worldAt,
} from '../../providers/memory/world.ts';
import type { ContractHarness } from './harness.ts';
import { startMemory } from './memory.ts';
import { creation, sampleAt } from './scenario.ts';

let harness: ContractHarness;
let world: World;
let session: PoweredSession;

beforeEach(async () => {
  harness = startMemory();
  world = worldOf(harness);
  addForeign(world, '00120');
  session = await harness.open('write');
});

afterEach(async () => {
  await session.close();
  await harness.stop();
});

function worldOf({ target }: ContractHarness): World {
  return worldAt(target.endpoint?.url ?? '') ?? createWorld('memory://none');
}

async function fieldOf(field: string): Promise<unknown> {
  const { resources } = await session.read({ kinds: ['extension'], keys: ['120'] });
  return resources[0]?.values[field];
}

describe('a world', () => {
  test('shows what a colleague saved, though it is not running', async () => {
    colleagueEdits(world, '00120', { grp: 'Taller' });
    expect(await fieldOf('department')).toBe('Taller');
    expect(world.running.get('00120')?.grp).toBe('');
  });

  test('makes a colleague’s unsaved work running with the next commit', async () => {
    colleagueDeletes(world, '00120');
    await session.commit?.();
    expect(world.running.has('00120')).toBe(false);
  });

  test('counts requests and logins', async () => {
    const { requests, logins } = world.counts;
    await session.read({ kinds: ['extension'] });
    expect(world.counts).toMatchObject({ requests: requests + 1, logins });
  });

  test('answers late when it is slow', async () => {
    inject(world, { slowMs: 40 });
    const start = performance.now();
    await fieldOf('name');
    expect(performance.now() - start).toBeGreaterThanOrEqual(35);
  });

  test('does not exist where nobody made it', async () => {
    removeWorld(world.url);
    await expect(session.read({ kinds: ['extension'] })).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('refuses more than it has room for', async () => {
    const { url, identity, login } = world;
    createWorld(url, { capacity: 0, identity, login });
    const fresh = await harness.open('write');
    const full = { code: 'limit-reached', facts: { written: 'nothing' } };
    await expect(fresh.apply(creation(harness, sampleAt(harness, 0)))).rejects.toMatchObject(full);
    await fresh.close();
  });
});

describe('registrations', () => {
  test('are registered, unregistered or unknown, in the words of the box', async () => {
    world.registered.set('00120', 'OK (23 ms)').set('00110', 'UNREACHABLE');
    expect(await session.registrations?.(['120', '110', '7'])).toEqual([
      { key: '120', status: 'registered', evidence: 'OK (23 ms)' },
      { key: '110', status: 'unregistered', evidence: 'UNREACHABLE' },
      { key: '7', status: 'unknown', evidence: '' },
    ]);
  });
});

describe('check of the reference driver', () => {
  test('reports every problem of a resource at once', () => {
    const { desired } = sampleAt(harness, 0);
    const values = { name: 'x'.repeat(21), concurrentRegistrations: 6, role: 'boss', email: 'nobody' };
    const codes = harness.driver
      .check({ ...desired, key: '0110', values }, harness.target)
      .map(({ code, params }) => `${params.field}: ${code}`);
    expect(codes.sort()).toEqual([
      'concurrentRegistrations: value-out-of-range',
      'email: value-characters',
      'name: value-too-long',
      'number: value-characters',
      'role: value-one-of',
    ]);
  });

  test('refuses to take from the box a secret that it never shows', () => {
    const { desired } = sampleAt(harness, 0);
    const sip = { name: 'extensions/main/110/sip', source: 'pbx', marker: null } as const;
    const found = harness.driver.check({ ...desired, secrets: { sip } }, harness.target);
    expect(found).toMatchObject([{ code: 'value-unsupported', params: { field: 'sip' } }]);
  });
});
