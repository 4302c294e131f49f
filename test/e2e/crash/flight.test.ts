import { expect, it } from 'vitest';
import type { LabFault } from '../../../lab/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { apply, changesOf, outcomesOf, plan } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import { startApply } from './children.ts';
import { expectCleanState, expectConverged, expectFinished, expectOnBox, recover } from './invariants.ts';
import { create, ready, rotate, type Scenario } from './scenarios.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await realClock.sleep(5);
}

function sent(site: Site, path: string): number {
  return site.lab
    .box('sede')
    .requests()
    .entries.filter((entry) => entry.path.endsWith(path)).length;
}

/** Kills an apply while its write is on the way: the box has the request, and the run never sees the answer. */
async function killInFlight(scenario: Scenario, fault: Omit<LabFault, 'match'>): Promise<Site> {
  const site = await ready(scenario);
  site.lab.box('sede').addFault({ ...fault, match: { path: scenario.write } });
  const child = await startApply(site.root);
  await until(() => sent(site, scenario.write) > 0);
  child.process.kill('SIGKILL');
  expect((await child.ended).end).toBe('SIGKILL');
  return site;
}

it('creates what a killed run sent and the box never carried out', async () => {
  const site = await killInFlight(create, { kind: 'hang' });
  expect(site.lab.box('sede').saved()[2000]).toBeUndefined();
  await recover(site, undefined);
  await expectFinished(site, { ...create, writes: 2 });
});

it('finds what a killed run sent and the box carried out, and does not create it again', async () => {
  const site = await killInFlight(create, { kind: 'slowloris', ms: 1000 });
  await until(() => site.lab.box('sede').saved()[2000] !== undefined);
  await recover(site, undefined);
  await expectFinished(site, create);
});

it('finds a secret that a killed run sent and the box took, and does not send it again', async () => {
  const site = await killInFlight(rotate, { kind: 'slowloris', ms: 1000 });
  await until(
    () => site.lab.box('sede').saved()[2000]?.registerpassword === rotate.wanted[2000]?.registerpassword,
  );
  await recover(site, undefined);
  await expectFinished(site, rotate);
});

/** A clock on which the wait for late writes takes as long as `wait`, and every other wait as long as it takes. */
function patientClock(stop: AbortSignal, wait: () => Promise<void>): { clock: Clock; waited: () => number } {
  let waited = 0;
  const clock: Clock = {
    now: () => realClock.now() + waited,
    elapsed: realClock.elapsed,
    sleep: async (ms, signal) => {
      if (signal !== stop) return realClock.sleep(ms, signal);
      await wait();
      waited += ms;
    },
  };
  return { clock, waited: () => waited };
}

it('waits for a create that is still on its way, and does not create it again', async () => {
  const site = await killInFlight(create, { kind: 'latency', ms: 1500 });
  const { signal } = new AbortController();
  const late = patientClock(signal, () => until(() => site.lab.box('sede').saved()[2000] !== undefined));
  const result = await apply(site, {}, { clock: late.clock, stop: signal });
  expect(late.waited()).toBeGreaterThan(20_000);
  expect(outcomesOf(result)).toEqual([]);
  await expectFinished(site, create);
});

it('plans without waiting and without writing after a kill', async () => {
  const site = await killInFlight(create, { kind: 'slowloris', ms: 1000 });
  await until(() => site.lab.box('sede').saved()[2000] !== undefined);
  const before = site.lab.box('sede').requests().counts['/api/v2.0.0/extension/add'];
  expect(changesOf(await plan(site))).toEqual([]);
  expect(site.lab.box('sede').requests().counts['/api/v2.0.0/extension/add']).toBe(before);
});

it('lets the same run that lost an answer say so, and the next one find the object', async () => {
  const site = await ready(create);
  site.lab.box('sede').addFault({ kind: 'lostAnswer', match: { path: create.write } });
  const { report } = await apply(site);
  expect(report?.clients[0]?.steps[0]).toMatchObject({ result: 'failed', written: 'unknown' });
  await recover(site, undefined);
  expectOnBox(site, create);
  await expectConverged(site);
  await expectCleanState(site);
  expect(sent(site, create.write)).toBe(1);
});

it('frees the lease of a killed run at once', async () => {
  const site = await killInFlight(create, { kind: 'hang' });
  const began = performance.now();
  await recover(site, undefined);
  expect(performance.now() - began).toBeLessThan(5000);
});
