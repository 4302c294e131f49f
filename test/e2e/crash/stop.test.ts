import { expect, it } from 'vitest';
import type { ApplyResult, ProgressEvent } from '../../../engine/run/contract.ts';
import { apply, outcomesOf, plan, planOf, stepsOf } from '../../support/commands.ts';
import { goodSecret, type Site, startSite } from '../../support/site.ts';
import { expectCleanState, expectConverged } from './invariants.ts';
import { commit, extension, ready } from './scenarios.ts';

/** Applies, and asks it to stop as soon as the first step is done. */
function applyStopped(site: Site): Promise<ApplyResult> {
  const stop = new AbortController();
  const progress = ({ phase }: ProgressEvent): void => {
    if (phase === 'apply') stop.abort();
  };
  return apply(site, {}, { stop: stop.signal, progress });
}

const numbers = ['2000', '2001', '2002'];

async function threeCreates(): Promise<Site> {
  const site = await startSite([{ name: 'sede', edition: 'v2.0.0', extensions: 2 }]);
  const extensions = numbers.map((number) => extension(number));
  await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions });
  for (const number of numbers) {
    await site.secret('acme', 'values', `extensions/sede/${number}/sip`, goodSecret);
  }
  return site;
}

it('finishes the step under way, skips the rest and says so', async () => {
  const site = await threeCreates();
  const result = await applyStopped(site);
  expect(outcomesOf(result)).toEqual([
    'done acme/pbx:sede/extension:2000',
    'skipped acme/pbx:sede/extension:2001',
    'skipped acme/pbx:sede/extension:2002',
  ]);
  expect(stepsOf(result.report)[1]?.diagnostic?.code).toBe('interrupted');
  expect(result.report).toMatchObject({ interrupted: true, clients: [{ state: 'saved' }] });
});

it('remembers what it did and what is left, and leaves nothing open', async () => {
  const site = await threeCreates();
  await applyStopped(site);
  const { resources, outstanding, pending } = await site.state();
  expect(Object.values(resources).map(({ key }) => key)).toEqual(['2000']);
  expect(Object.values(outstanding).map(({ reason }) => reason)).toEqual(['interrupted', 'interrupted']);
  expect(pending).toBeNull();
});

it('shows the rest as declared and not applied', async () => {
  const site = await threeCreates();
  await applyStopped(site);
  const sections = planOf(await plan(site)).changes.map(({ section }) => section);
  expect(sections).toEqual(['unapplied', 'unapplied']);
});

it('is completed by the next apply, without waiting', async () => {
  const site = await threeCreates();
  await applyStopped(site);
  const result = await apply(site);
  expect(outcomesOf(result)).toEqual([
    'done acme/pbx:sede/extension:2001',
    'done acme/pbx:sede/extension:2002',
  ]);
  await expectConverged(site);
  await expectCleanState(site);
});

it('commits what was written before the stop', async () => {
  const site = await ready(commit);
  const { report } = await applyStopped(site);
  expect(report?.clients[0]?.targets[0]?.commit).toBe('done');
  expect(site.lab.box('sede').running()).toEqual(site.lab.box('sede').saved());
});

it('ends without a report, and writes nothing, where the stop comes before the first step', async () => {
  const site = await threeCreates();
  const stop = new AbortController();
  const confirm = async (): Promise<boolean> => {
    stop.abort();
    return true;
  };
  await expect(apply(site, { confirm }, { stop: stop.signal })).rejects.toThrow('aborted');
  expect(site.lab.box('sede').requests().counts['/api/v2.0.0/extension/add']).toBeUndefined();
  expect(outcomesOf(await apply(site))).toHaveLength(3);
});
