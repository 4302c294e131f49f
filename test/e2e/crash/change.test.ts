import { describe, expect, it } from 'vitest';
import { applyInChild } from './children.ts';
import { surviveKill } from './invariants.ts';
import { commit, ready, remove, rotate, update } from './scenarios.ts';

/** Before and after each thing that a run writes down or sends; creates show that the points between add nothing. */
const essential = (action: string): readonly string[] => [
  'journal:synced 1',
  `target:before-${action} 1`,
  `target:after-${action} 1`,
  'journal:synced 2',
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
  'journal:synced 1',
  'journal:synced 2',
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
