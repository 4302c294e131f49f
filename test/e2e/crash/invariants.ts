import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { apply, changesOf, clockAhead, outcomesOf, plan, planOf } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import type { Scenario } from './scenarios.ts';

/** Longer than any late-write window: what a run of so long ago sent has arrived, or never will. */
export const longAgoMs = 300_000;

/** Longer than a run against the lab takes, shorter than any wait for a lease. */
const promptMs = 10_000;

type Written = Pick<Scenario, 'write' | 'writes'>;

/** The next apply after a kill: it takes the lease at once, and nothing of it fails. */
export async function recover(site: Site, consent: Scenario['consent']): Promise<void> {
  const began = performance.now();
  const full = { allowDelete: null, recreate: null, overrideLimits: null, ...consent };
  const result = await apply(site, { consent: full }, { clock: clockAhead(longAgoMs) });
  expect(performance.now() - began).toBeLessThan(promptMs);
  expect(result.diagnostics).toEqual([]);
  expect(outcomesOf(result).filter((outcome) => !/^(done|recorded) /.test(outcome))).toEqual([]);
}

/** State says what is true, and nothing of the crash is left in its folder. */
export async function expectCleanState(site: Site): Promise<void> {
  const names = await readdir(join(site.root, 'state'));
  expect(names.filter((name) => !/^(acme\.json|(client|host)-[a-z0-9]+\.lease\.\d+)$/.test(name))).toEqual([]);
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
