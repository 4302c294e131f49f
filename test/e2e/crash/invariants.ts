import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { apply, changesOf, clockAhead, outcomesOf, plan, planOf } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import { applyInChild } from './children.ts';
import { ready, type Scenario } from './scenarios.ts';

/** Longer than any late-write window: what a run of so long ago sent has arrived, or never will. */
export const longAgoMs = 300_000;

/** Longer than a run against the lab takes, shorter than any wait for a lease. */
const promptMs = 10_000;

type Written = Pick<Scenario, 'write' | 'writes'>;

/** The next apply after a kill: it takes the lease at once, and nothing of it fails. */
export async function recover(site: Site, consent: Scenario['consent']): Promise<void> {
  const began = performance.now();
  const full = { allowDelete: null, recreate: null, overrideLimits: null, acceptOutage: null, ...consent };
  const result = await apply(site, { consent: full }, { clock: clockAhead(longAgoMs) });
  expect(performance.now() - began).toBeLessThan(promptMs);
  expect(result.diagnostics).toEqual([]);
  expect(outcomesOf(result).filter((outcome) => !/^(done|recorded) /.test(outcome))).toEqual([]);
}

/** A temporary file of a host's lease stays until somebody writes to that host again. */
const belongs = /^(acme\.json|client-acme\.lease\.\d+|host-[0-9a-f]+\.lease\.(\d+|tmp-[0-9a-f]+))$/;

/** State says what is true, and nothing of the crash is left in its folder. */
export async function expectCleanState(site: Site): Promise<void> {
  const names = await readdir(join(site.root, 'state'));
  expect(names.filter((name) => !belongs.test(name))).toEqual([]);
  const state = await site.state();
  expect(state.pending).toBeNull();
  expect(state.outstanding).toEqual({});
  expect(Object.values(state.targets).map(({ commitPending }) => commitPending)).not.toContain(true);
}

/** A second plan is empty: everything declared is there, and nothing else is ours. */
export async function expectConverged(site: Site): Promise<void> {
  const second = await plan(site);
  expect(changesOf(second)).toEqual([]);
  expect(planOf(second).counts.changes).toBe(0);
}

/** What is declared stands on the box, saved and running, and what was removed is gone. */
export function expectOnBox(site: Site, { wanted, unwanted = [] }: Scenario): void {
  const box = site.lab.box('sede');
  expect(box.saved()).toMatchObject(wanted);
  expect(Object.keys(box.saved()).filter((number) => unwanted.includes(number))).toEqual([]);
  expect(box.running()).toEqual(box.saved());
}

/** Nothing was written twice: the box carried out exactly the writes that the change needs. */
export function expectWrites(site: Site, { write, writes }: Written): void {
  const sent = site.lab.box('sede').requests().entries;
  const all = sent.filter(({ path }) => /extension\/(add|update|delete)$/.test(path));
  expect(all.filter(({ path }) => !path.endsWith(write))).toEqual([]);
  expect(all.filter(({ errno }) => errno === undefined || errno === '10025')).toHaveLength(writes);
}

/** Every promise at once. */
export async function expectFinished(site: Site, scenario: Scenario): Promise<void> {
  expectOnBox(site, scenario);
  expectWrites(site, scenario);
  await expectConverged(site);
  await expectCleanState(site);
}

/** Kills an apply at a point, lets the next one go on, and checks every promise. */
export async function surviveKill(scenario: Scenario, killAt: string): Promise<void> {
  const site = await ready(scenario);
  const { end, points } = await applyInChild(site.root, {
    killAt,
    ...(scenario.consent === undefined ? {} : { consent: scenario.consent }),
  });
  expect({ end, at: points.at(-1) }).toEqual({ end: 'SIGKILL', at: killAt });
  await recover(site, scenario.consent);
  await expectFinished(site, scenario);
}
