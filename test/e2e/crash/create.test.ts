import { describe, expect, it } from 'vitest';
import { applyInChild } from './children.ts';
import { surviveKill } from './invariants.ts';
import { create, ready } from './scenarios.ts';

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

/** Between these and their neighbours nothing changes that the next run could see; test/e2e/state kills there, too. */
const alike: readonly string[] = [
  'lease:temp-written 2',
  'lease:linked 2',
  'state:temp-opened 1',
  'state:temp-synced 1',
  'journal:header-written 1',
  'state:temp-opened 2',
  'state:temp-synced 2',
  'lease:released 2',
];

const killed = all.filter((point) => !alike.includes(point));

describe('a create killed at', () => {
  it('passes exactly the points listed here', async () => {
    const site = await ready(create);
    expect(await applyInChild(site.root)).toMatchObject({ end: 0, points: all });
  });

  it.each(killed)('%s is finished by the next apply', (point) => surviveKill(create, point));
});
