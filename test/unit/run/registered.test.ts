import { describe, expect, it } from 'vitest';
import { unregistered } from '../../../engine/run/apply/registered.ts';
import type { Driver, Registration } from '../../../providers/contract.ts';
import { contextAt } from '../../support/commands.ts';
import { lane } from './kit.ts';

type Said = Omit<Registration, 'key' | 'evidence'>;

const trying: Said = { status: 'unknown', trying: true };
const silent: Said = { status: 'unregistered' };
const registered: Said = { status: 'registered' };

/** Asks a phone that says one thing after the other, and the last for ever; how often it was asked, and what came of it. */
async function ask(settleMs: number, answers: readonly Said[], stop = new AbortController()) {
  let time = 0;
  let asked = 0;
  const clock = {
    now: () => time,
    elapsed: () => time,
    sleep: async (ms: number) => {
      time += ms;
    },
  };
  const registrations = async (keys: readonly string[]): Promise<readonly Registration[]> => {
    const said = answers[Math.min(asked, answers.length - 1)] ?? registered;
    asked += 1;
    return keys.map((key) => ({ key, evidence: said.status, ...said }));
  };
  const driver: Pick<Driver, never> = { facts: { settleMs } };
  const phone = lane('acme/device:mesa', [], { registrations }, { driver: driver as Driver });
  const without = await unregistered(contextAt('/nowhere', { clock, abort: stop.signal }), phone, ['1']);
  return { asked, without };
}

describe('a phone that was given a new secret', () => {
  it('is asked again while it says that it is trying', async () => {
    expect(await ask(2_000, [trying, trying, registered])).toEqual({ asked: 3, without: [] });
  });

  it('is without service where it is still trying after its time', async () => {
    expect(await ask(1_000, [trying])).toEqual({ asked: 3, without: ['1'] });
  });

  it('is asked again while it says that it is not registered', async () => {
    expect(await ask(2_000, [silent, registered])).toEqual({ asked: 2, without: [] });
  });

  it('is not waited for once it is registered', async () => {
    expect(await ask(2_000, [registered])).toEqual({ asked: 1, without: [] });
  });

  it('proves nothing where it does not know', async () => {
    expect(await ask(2_000, [{ status: 'unknown' }])).toEqual({ asked: 1, without: [] });
  });

  it('is not waited for where the run is broken off', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await ask(2_000, [trying], stop)).toEqual({ asked: 1, without: ['1'] });
  });
});

it('a phone that cannot tell is not asked', async () => {
  expect(await unregistered(contextAt('/nowhere'), lane('acme/device:mesa', []), ['1'])).toEqual([]);
});
