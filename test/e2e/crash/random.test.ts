import { describe, expect, it } from 'vitest';
import { realClock } from '../../../providers/transport/clock.ts';
import { apply } from '../../support/commands.ts';
import { goodSecret, otherSecret, type Site, startSite } from '../../support/site.ts';
import { startApply } from './children.ts';
import { expectFinished, recover } from './invariants.ts';
import { extension, type Scenario } from './scenarios.ts';

/** Applies that are killed at a random moment. */
const KILLS = Number(process.env.ALTA_KILLS ?? 40);

/** Longer than an apply against the lab takes, ms after it began. */
const longestMs = 350;

/** mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function declare(site: Site, names: Readonly<Record<string, string>>): Promise<void> {
  const extensions = Object.entries(names).map(([number, name]) => extension(number, { name }));
  await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions });
}

async function secret(site: Site, number: string, value: string): Promise<void> {
  await site.secret('acme', 'values', `extensions/sede/${number}/sip`, value);
}

/** Two extensions that are applied, and a change of all kinds at once that is not. */
async function everythingAtOnce(): Promise<Site> {
  const site = await startSite([{ name: 'sede', edition: 'v2.0.0', extensions: 1 }]);
  await declare(site, { 2000: 'Uno', 2001: 'Dos', 2002: 'Tres' });
  for (const number of ['2000', '2001', '2002', '2003', '2004']) await secret(site, number, goodSecret);
  await apply(site);
  await declare(site, { 2000: 'Primero', 2001: 'Dos', 2003: 'Cuatro', 2004: 'Cinco' });
  await secret(site, '2001', otherSecret);
  return site;
}

const outcome: Pick<Scenario, 'consent' | 'wanted' | 'unwanted'> = {
  consent: { allowDelete: 1 },
  wanted: {
    2000: { username: 'Primero', registerpassword: goodSecret },
    2001: { username: 'Dos', registerpassword: otherSecret },
    2003: { username: 'Cuatro', registerpassword: goodSecret },
    2004: { username: 'Cinco', registerpassword: goodSecret },
  },
  unwanted: ['2002'],
};

/** What is left to check of the writes where there are several kinds: two creations, and none twice. */
function expectCreatedOnce(site: Site, before: number): void {
  const { entries } = site.lab.box('sede').requests();
  expect(entries.filter(({ path }) => path.endsWith('extension/add'))).toHaveLength(before + 2);
}

describe('an apply killed at a random moment', () => {
  it.each(Array.from({ length: KILLS }, (_, seed) => seed))('leaves nothing behind (%i)', async (seed) => {
    const site = await everythingAtOnce();
    const child = await startApply(
      site.root,
      outcome.consent === undefined ? {} : { consent: outcome.consent },
    );
    await child.ready;
    await realClock.sleep(randomFrom(seed)() * longestMs);
    child.process.kill('SIGKILL');
    await child.ended;
    await recover(site, outcome.consent);
    expectCreatedOnce(site, 3);
    site.lab.box('sede').resetRequests();
    await expectFinished(site, {
      ...outcome,
      boxes: [],
      prepare: async () => {},
      write: 'extension/add',
      writes: 0,
    });
  });
});
