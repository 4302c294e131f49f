import { describe, expect, it } from 'vitest';
import { doctor } from '../../../engine/run/index.ts';
import { during, on } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { redeclare, startNew, startWork, type Work } from './scenario.ts';

const encrypted = { settings: { tls: true } } as const;

/** Somebody else's login from the same address, with a wrong secret. */
async function strike({ service }: Work): Promise<void> {
  const { url, credentials } = service('sede');
  const body = JSON.stringify({ username: credentials.clientId, password: 'Otra-Cosa-4821' });
  await fetch(`${url}/openapi/v1.0/get_token`, { method: 'POST', body });
}

describe.concurrent('credentials', () => {
  it.each(['-1', '1'] as const)('that are wrong are tried once (answer %s), and nothing is written', (code) =>
    on(startNew({ settings: { doubts: { badCredentials: code } } }), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      await scenario.secret('connect', 'pbx/sede/clientSecret', 'Nobody-Knows-4');
      expect((await scenario.apply()).codes).toEqual(['wrong-credentials']);
      expect((await scenario.apply()).codes).toEqual(['refused-before']);
      expect(box.logins()).toMatchObject([{ accepted: false }]);
      expect(scenario.oracle.foreign()).toBe(others);
      const { clientSecret } = scenario.service('sede').credentials;
      await scenario.secret('connect', 'pbx/sede/clientSecret', clientSecret);
      await doctor(scenario.context(), planOptions);
      await expectRecovery(scenario, others);
    }),
  );

  it('that are right are tried once where others have locked the address out', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      for (let times = 0; times < 5; times += 1) await strike(scenario);
      expect(box.lockouts()).toHaveLength(1);
      expect((await scenario.apply()).codes).toEqual(['locked-out']);
      expect([box.logins().length, box.sessions()]).toEqual([6, 0]);
      await expectRecovery(scenario, others);
    }));

  it('of an address that is locked in the middle, for every request, end the run by name', () =>
    on(startWork({ settings: { doubts: { lockScope: 'every-request' } } }), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, before] = [oracle.foreign(), oracle.stored()];
      during(box, '/extension/update', () => {
        for (let times = 0; times < 5; times += 1) void strike(scenario);
      });
      const run = await scenario.apply();
      expect(run.codes).toContain('locked-out');
      expectTruth(run, scenario, before);
      // The goodbye is refused as well: the token ends by itself.
      expect(box.sessions()).toBe(1);
      box.expireTokens();
      await expectRecovery(scenario, others);
    }));

  it('from an address that may not use the API are named as such', () =>
    on(startNew({ settings: { allowedAddresses: ['192.0.2.1'] } }), async (scenario) => {
      const run = await scenario.apply();
      expect(run.codes).toEqual(['forbidden']);
      const [told] = run.result?.planned.plan?.clients[0]?.diagnostics ?? [];
      expect(told?.params.evidence).toMatch(/70087.*address/);
      expect(scenario.oracle.stored()).toEqual({ 'acme/pbx:sede/extension:2002': null });
    }));
});

describe.concurrent('a certificate', () => {
  it('other than the pinned one ends the run before anything is sent', () =>
    on(startNew(encrypted), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      const { spki } = await box.rotateCertificate();
      box.resetRequests();
      expect((await scenario.apply()).codes).toEqual(['tls-pin-mismatch']);
      expect(box.requests().total).toBe(0);
      await redeclare(scenario, { pbx: { tls: { pins: [spki] } } });
      await expectRecovery(scenario, others);
    }));

  it('that changes in the middle of a run stops it, and what was written is known', () =>
    on(startWork(encrypted), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      const kept = box.saved()['2001'];
      during(box, '/extension/update', box.rotateCertificate);
      const run = await scenario.apply();
      expect(run.codes).toContain('tls-pin-mismatch');
      expectTruth(run, scenario, before);
      expect(box.saved()['2001']).toEqual(kept);
      expect(scenario.leaks()).toEqual([]);
    }));
});

describe.concurrent('another box at the address', () => {
  it('is told by its serial, and nothing is written', () =>
    on(startNew(), async (scenario) => {
      const before = JSON.stringify(scenario.box.saved());
      const others = scenario.oracle.foreign();
      await redeclare(scenario, { pbx: { serial: '370000000000' } });
      const run = await scenario.apply();
      expect(run.codes[0]).toBe('wrong-identity');
      expect([JSON.stringify(scenario.box.saved()), scenario.box.sessions()]).toEqual([before, 0]);
      await redeclare(scenario, { pbx: { serial: scenario.service('sede').serial } });
      await expectRecovery(scenario, others);
    }));
});

describe.concurrent('an API that is switched off', () => {
  it.each([
    ['web-page', 'strange-answer'],
    ['70123', 'unsupported-operation'],
  ] as const)('and answers %s ends the run by name', (apiOff, code) =>
    on(startNew({ settings: { api: false, doubts: { apiOff } } }), async (scenario) => {
      expect((await scenario.apply()).codes).toEqual([code]);
      expect([scenario.box.saved()['2002'], scenario.box.sessions()]).toEqual([undefined, 0]);
    }),
  );

  it.each([
    [{ api: false, doubts: { apiOff: 'web-page' } }, 'doctor-api-off'],
    [{ api: false, doubts: { apiOff: '70123' } }, 'doctor-api-off'],
    [{}, 'doctor-api-on'],
  ] as const)('is told from one that is on, without logging in: %j', (settings, code) =>
    on(startNew({ settings }), async (scenario) => {
      await redeclare(scenario, { pbx: { mode: 'guided' } });
      const { findings } = await doctor(scenario.context(), planOptions);
      expect(findings.map((finding) => finding.code)).toContain(code);
      expect([scenario.box.logins(), scenario.box.lockouts()]).toEqual([[], []]);
    }),
  );

  it('in the middle of a run stops it, and what was written is known', () =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, before] = [oracle.foreign(), oracle.stored()];
      box.addFault({ kind: 'errno', errno: '70123', times: 0, match: { path: '/extension/', nth: 4 } });
      const run = await scenario.apply();
      expect(run.codes[0]).toBe('unsupported-operation');
      expectTruth(run, scenario, before);
      expect(box.sessions()).toBe(0);
      await expectRecovery(scenario, others);
    }));
});
