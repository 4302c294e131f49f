import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { on } from '../../support/bench.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { duringThe } from './colleague.ts';
import { addressOf, dialects, impatient, startWork, type Work } from './scenario.ts';

const logins = ({ box }: Work) => box.requests().counts['/api/v2/login'];

/** The requests of a run: a path, and which of those that hold it. */
const moments = [
  ['the company', '/company', 1],
  ['the DIDs', '/did', 1],
  ['the list', '/extension', 1],
  ['the look before the update', '/extension', 2],
  ['the update', '/extension', 3],
  ['the create', '/extension', 4],
  ['the delete', '/extension', 6],
] as const;

describe.concurrent.each(dialects)('in dialect %s a token that dies during', (dialect) => {
  it.each(moments)('%s is replaced by one new login', (_, path, nth) =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      duringThe(nth, path, scenario, box.expireTokens);
      expect((await scenario.apply()).codes).toEqual([]);
      oracle.expectOurs();
      expect([logins(scenario), box.sessions()]).toEqual([2, 0]);
      await expectRecovery(scenario, others);
    }),
  );

  it('a write, where the new login is refused, is not tried again, and what was written is known', () =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const before = oracle.stored();
      box.addFault({ kind: 'errno', errno: '401', times: 0, match: { path: '/login', nth: 2 } });
      duringThe(4, '/extension', scenario, box.expireTokens);
      const run = await scenario.apply();
      expect(run.codes).toContain('wrong-credentials');
      expectTruth(run, scenario, before);
      expect(run.steps.filter(({ result }) => result === 'failed')).toMatchObject([
        { address: addressOf('32'), written: 'nothing' },
      ]);
      expect([logins(scenario), box.sessions(), scenario.leaks()]).toEqual([2, 0, []]);
    }));
});

/** A clock as wrong as that, and as fast as the bench's. */
function skewed(ms: number): Clock {
  return impatient({ ...realClock, now: () => realClock.now() + ms });
}

describe.concurrent.each(dialects)('time in dialect %s', (dialect) => {
  it.each([-400, 400])('is the same for a token when our clock is %s days wrong', (days) =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      expect((await scenario.apply({ clock: skewed(days * 86_400_000) })).codes).toEqual([]);
      oracle.expectOurs();
      expect([oracle.foreign(), logins(scenario), box.sessions()]).toEqual([others, 1, 0]);
    }),
  );

  it('that tokens live no longer than a request or two costs logins alone', () =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      for (const nth of [1, 3, 5]) duringThe(nth, '/extension', scenario, box.expireTokens, 100);
      expect((await scenario.apply()).codes).toEqual([]);
      oracle.expectOurs();
      expect([oracle.foreign(), box.sessions()]).toEqual([others, 0]);
    }));
});
