/** The eight tokens of an API client: ours goes back in every case, and those of others stay. */
import { describe, expect, it } from 'vitest';
import type { LabBoxControl, LabFault } from '../../../lab/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { during, on } from '../../support/bench.ts';
import { type End, expectRecovery, expectTruth, mishapOf, prove } from '../../support/matrix.ts';
import { mishaps, variantFor } from './matrix.ts';
import { addressOf, startNew, startWork, type Work } from './scenario.ts';

/** Other programs with the same API client log in. */
async function take(count: number, { service }: Work): Promise<void> {
  const { url, credentials } = service('sede');
  const body = JSON.stringify({ username: credentials.clientId, password: credentials.clientSecret });
  for (let turn = 0; turn < count; turn += 1) {
    const answer = await fetch(`${url}/openapi/v1.0/get_token`, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ errcode: 0 });
  }
}

const loginsSince = (box: LabBoxControl, before: number) => box.logins().slice(before).length;

describe.concurrent('the tokens of others', () => {
  it('that leave no place for ours are named, and nothing else is tried', () =>
    on(startNew(), async (scenario) => {
      const { box, oracle } = scenario;
      await take(8, scenario);
      const before = box.logins().length;
      const run = await scenario.apply();
      expect(run.codes).toEqual(['target-busy']);
      expect([loginsSince(box, before), box.sessions()]).toEqual([1, 8]);
      const [told] = run.result?.planned.plan?.clients[0]?.diagnostics ?? [];
      expect(told?.params.evidence).toMatch(/60002.*eight tokens/);
      box.expireTokens();
      await expectRecovery(scenario, oracle.foreign());
    }));

  it('that leave one place are left alone', () =>
    on(startWork(), async (scenario) => {
      await take(7, scenario);
      await expectRecovery(scenario, scenario.oracle.foreign(), 7);
    }));

  it('that take our place when ours expires end the run, and what was written is known', () =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, before] = [oracle.foreign(), oracle.stored()];
      // Between the expiry and our renewal there is no time for anybody: the box answers as if there had been.
      for (const path of ['/refresh_token', '/get_token'])
        box.addFault({ kind: 'errno', errno: '60002', match: { path, nth: path === '/get_token' ? 2 : 1 } });
      during(box, '/extension/update', box.expireTokens);
      const run = await scenario.apply();
      expect(run.codes[0]).toBe('target-busy');
      expectTruth(run, scenario, before);
      expect(run.steps.filter(({ result }) => result === 'failed')[0]).toMatchObject({
        address: addressOf('2000'),
        written: 'nothing',
      });
      expect(box.sessions()).toBe(0);
      await expectRecovery(scenario, others);
    }));
});

describe.concurrent('a token that dies during', () => {
  it.each([
    '/system/information',
    '/extension/list',
    '/extension/query',
    '/extension/get?',
    '/extension/update',
    '/extension/create',
    '/extension/delete',
    '/extension/getpassword',
  ])('%s is renewed once, without the credentials', (path) =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, logins] = [oracle.foreign(), box.logins().length];
      during(box, path, box.expireTokens);
      expect((await scenario.apply()).codes).toEqual([]);
      oracle.expectOurs();
      expect(loginsSince(box, logins)).toBe(1);
      expect(box.requests().counts['/openapi/v1.0/refresh_token']).toBe(1);
      expect(box.sessions()).toBe(0);
      await expectRecovery(scenario, others);
    }),
  );
});

/** What a renewal may meet that is a refusal: another login is all it takes. */
const refusals: readonly (readonly [string, LabFault])[] = [
  ['as unknown', { kind: 'errno', errno: '10004' }],
  ['by an error of the box', { kind: 'errno', errno: '-2' }],
  ['as not granted', { kind: 'errno', errno: '10005' }],
];

/** What it may meet that is no answer: the run ends there. `left` = a token that nobody knows. */
const losses: readonly (readonly [string, End, LabFault, number])[] = [
  ['is cut off', 'connection-reset', { kind: 'reset' }, 0],
  ['is a page of HTML', 'strange-answer', { kind: 'nonJson' }, 0],
  ['is answered by HTTP 500', 'strange-answer', { kind: 'status', status: 500 }, 0],
  ['loses its answer', 'connection-reset', { kind: 'lostAnswer' }, 1],
];

describe.concurrent('a renewal', () => {
  it.each(refusals)('that is refused %s is made up for by the credentials', (_, fault) =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, logins] = [oracle.foreign(), box.logins().length];
      box.addFault({ ...fault, match: { path: '/refresh_token' } });
      during(box, '/extension/update', box.expireTokens);
      expect((await scenario.apply()).codes).toEqual([]);
      oracle.expectOurs();
      expect([loginsSince(box, logins), box.sessions()]).toEqual([2, 0]);
      await expectRecovery(scenario, others);
    }),
  );

  it.each(losses)('that %s ends the step, which wrote nothing', (_, code, fault, left) =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, before] = [oracle.foreign(), oracle.stored()];
      box.addFault({ ...fault, match: { path: '/refresh_token' } });
      during(box, '/extension/update', box.expireTokens);
      const run = await scenario.apply();
      expect(run.codes).toContain(code);
      expectTruth(run, scenario, before);
      const [step] = run.steps.filter(({ result }) => result === 'failed');
      expect(step).toMatchObject({ address: addressOf('2000'), written: 'nothing', diagnostic: { code } });
      expect(box.sessions()).toBe(left);
      await expectRecovery(scenario, others, left);
    }),
  );

  it('after which the credentials are refused is not tried again', () =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const before = oracle.stored();
      box.addFault({ kind: 'errno', errno: '10004', match: { path: '/refresh_token' } });
      box.addFault({ kind: 'errno', errno: '-1', times: 0, match: { path: '/get_token', nth: 2 } });
      during(box, '/extension/update', box.expireTokens);
      const run = await scenario.apply();
      expect(run.codes).toContain('wrong-credentials');
      expectTruth(run, scenario, before);
      expect(box.requests().counts['/openapi/v1.0/get_token']).toBe(2);
      expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));
});

/** A clock as wrong as that, and as fast as the bench's. */
function skewed(ms: number): Clock {
  return { ...realClock, now: () => realClock.now() + ms };
}

const day = 86_400_000;

describe.concurrent('time', () => {
  it('is the same for a token whatever our clock says', () =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      expect((await scenario.apply({ clock: skewed(400 * day) })).codes).toEqual([]);
      expect(box.requests().counts['/openapi/v1.0/get_token']).toBe(1);
      oracle.expectOurs();
      expect([oracle.foreign(), box.sessions()]).toEqual([others, 0]);
    }));

  it('that a token lives less than the box says costs renewals alone', () =>
    on(startNew({ settings: { tokenMs: 150 } }), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      box.addFault({ kind: 'latency', ms: 200, match: { path: '/extension/query' } });
      expect((await scenario.apply()).codes).toEqual([]);
      oracle.expectOurs();
      expect(box.logins()).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 160));
      await expectRecovery(scenario, others);
    }));
});

/** Where the box does not hear the goodbye, the token stays until it expires. */
const goodbyes: readonly (readonly [string, number])[] = [
  ['a late answer', 0],
  ['a lost answer', 0],
  ['a reset', 1],
  ['silence', 1],
  ['HTTP 429', 1],
  ['10004 TOKEN EXPIRED', 1],
];

describe.concurrent('a run that meets', () => {
  it.each(goodbyes)('%s when it gives its token back has done its work', async (name, left) => {
    const mishap = mishapOf(mishaps, name);
    const fault = { ...mishap.fault, match: { path: '/del_token' } };
    await on(startNew(variantFor(mishap)), (scenario) => prove(scenario, { fault, ends: 'converged', left }));
  });
});
