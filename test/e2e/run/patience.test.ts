import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doctor, planWorkspace } from '../../../engine/run/index.ts';
import { planOptions, startWorld, type World } from './world.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld([{ name: 'sede', edition: 'v2.0.0', extensions: 1 }]);
  await world.client({ pbx: { sede: world.pbx('sede') } });
});

afterEach(() => world.close());

const codes = (diagnostics: readonly { code: string }[]): string[] => diagnostics.map((d) => d.code);

async function planned(): Promise<string[]> {
  const result = await planWorkspace(world.context(), planOptions);
  return codes(result.plan?.clients.flatMap((client) => client.diagnostics) ?? []);
}

describe('a refused login', () => {
  it('is not tried again by later runs until the credentials change', async () => {
    await world.secret('connect', 'pbx/sede/password', 'not-the-password');
    expect(await planned()).toEqual(['wrong-credentials']);
    expect(await planned()).toEqual(['refused-before']);
    expect(world.lab.box('sede').logins()).toHaveLength(1);
    const { credentials } = world.lab.services[0] ?? { credentials: { password: '' } };
    await world.secret('connect', 'pbx/sede/password', credentials.password);
    expect(await planned()).toEqual([]);
  });

  it('is tried again by doctor, and forgotten where it works', async () => {
    await world.secret('connect', 'pbx/sede/password', 'not-the-password');
    await planned();
    const found = await doctor(world.context(), planOptions);
    expect(codes(found.diagnostics)).toEqual(['wrong-credentials']);
    expect(world.lab.box('sede').logins()).toHaveLength(2);
  });
});

describe('a box that asks to wait', () => {
  const busy = (retryAfter: number) =>
    world.lab
      .box('sede')
      .addFault({ kind: 'status', status: 429, retryAfter, match: { path: 'extension/query' } });
  const clocked = (waits: number[]) => {
    const { clock } = world.context();
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      waits.push(ms);
      await clock.sleep(0, signal);
    };
    return { ...clock, sleep };
  };

  it('is waited for once', async () => {
    busy(7);
    const waits: number[] = [];
    const result = await planWorkspace(world.context({ clock: clocked(waits) }), planOptions);
    expect(result.plan?.clients[0]?.targets[0]?.status).toBe('read');
    expect(waits).toContain(7_000);
  });

  it('is not waited for longer than a minute', async () => {
    busy(3600);
    const waits: number[] = [];
    const result = await planWorkspace(world.context({ clock: clocked(waits) }), planOptions);
    expect(codes(result.plan?.clients[0]?.diagnostics ?? [])).toEqual(['target-busy']);
    expect(waits).not.toContain(3_600_000);
  });
});
