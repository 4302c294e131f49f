import { describe, expect, it } from 'vitest';
import { applyInChild } from './children.ts';
import { expectCleanState, expectConverged, expectOnBox, expectWrites, recover } from './invariants.ts';
import { commit, create, ready, remove, rotate, type Scenario, update } from './scenarios.ts';

/** Kills an apply at a point, lets the next one go on, and checks every promise. */
async function surviveKill(scenario: Scenario, killAt: string): Promise<void> {
  const site = await ready(scenario);
  const { end, points } = await applyInChild(site.root, {
    killAt,
    ...(scenario.consent === undefined ? {} : { consent: scenario.consent }),
  });
  expect({ end, at: points.at(-1) }).toEqual({ end: 'SIGKILL', at: killAt });
  await recover(site, scenario.consent);
  expectOnBox(site, scenario);
  expectWrites(site, scenario);
  await expectConverged(site);
  await expectCleanState(site);
}

/** Every point that a run with one write passes, in its order. */
const all = [
  'lease:temp-written 1',
  'lease:linked 1',
  'lease:taken 1',
  'lease:temp-written 2',
  'lease:linked 2',
  'lease:taken 2',
  'state:temp-opened 1',
  'state:temp-written 1',
  'state:temp-synced 1',
  'state:renamed 1',
  'state:directory-synced 1',
  'save:stored 1',
  'save:journals-removed 1',
  'journal:created 1',
  'journal:header-written 1',
  'journal:header-synced 1',
  'journal:directory-synced 1',
  'journal:written 1',
  'journal:synced 1',
  'target:before-create 1',
  'target:after-create 1',
  'journal:written 2',
  'journal:synced 2',
  'state:temp-opened 2',
  'state:temp-written 2',
  'state:temp-synced 2',
  'state:renamed 2',
  'state:directory-synced 2',
  'save:stored 2',
  'save:journals-removed 2',
  'lease:released 1',
  'lease:released 2',
];

describe('a create killed at', () => {
  it('passes exactly the points listed here', async () => {
    const site = await ready(create);
    expect(await applyInChild(site.root)).toMatchObject({ end: 0, points: all });
  });

  it.each(all)('%s is finished by the next apply', (point) => surviveKill(create, point));
});

/** Before and after each thing that a run writes down or sends. */
const essential = (action: string): readonly string[] => [
  'lease:taken 2',
  'save:journals-removed 1',
  'journal:written 1',
  'journal:synced 1',
  `target:before-${action} 1`,
  `target:after-${action} 1`,
  'journal:synced 2',
  'state:temp-written 2',
  'state:renamed 2',
];

describe('an update killed at', () => {
  it.each(essential('update'))('%s is finished by the next apply', (point) => surviveKill(update, point));
});

describe('a changed secret killed at', () => {
  it.each(essential('update'))('%s is finished by the next apply', (point) => surviveKill(rotate, point));
});

describe('a delete killed at', () => {
  it.each(essential('delete'))('%s is finished by the next apply', (point) => surviveKill(remove, point));
});

/** The journal: 1 commit-pending, 2 and 3 the first update, 4 and 5 the second, 6 committed. */
const committing = [
  'save:journals-removed 1',
  'journal:written 1',
  'journal:synced 1',
  'journal:synced 2',
  'target:before-update 1',
  'target:after-update 1',
  'journal:synced 3',
  'target:after-update 2',
  'journal:synced 5',
  'target:before-commit 1',
  'target:after-commit 1',
  'journal:written 6',
  'journal:synced 6',
  'state:temp-written 2',
  'save:stored 2',
];

describe('a box with an Apply of its own, killed at', () => {
  it.each(committing)('%s runs what it has saved after the next apply', (point) =>
    surviveKill(commit, point),
  );

  it('has saved and not put into effect what was written before the kill', async () => {
    const site = await ready(commit);
    await applyInChild(site.root, { killAt: 'target:before-commit 1' });
    const box = site.lab.box('sede');
    expect(box.saved()).toMatchObject(commit.wanted);
    expect(box.running()[31]).toMatchObject({ username: 'Puesto 31' });
  });
});
