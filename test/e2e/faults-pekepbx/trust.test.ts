import { describe, expect, it } from 'vitest';
import { doctor } from '../../../engine/run/index.ts';
import type { LabFault } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { duringThe, failToLogIn, renameCompany } from './colleague.ts';
import { dialects, startNew, startWork, type Work } from './scenario.ts';

const nothing = { 'acme/pbx:nube/extension:32': null };

/** The run stops by name, and leaves neither a trace nor a session. */
async function stopsWith(code: string, { apply, oracle, box, leaks }: Work): Promise<void> {
  expect((await apply()).codes[0]).toBe(code);
  expect([oracle.stored(), box.sessions(), leaks()]).toEqual([nothing, 0, []]);
}

describe.concurrent.each(dialects)('credentials of dialect %s', (dialect) => {
  it('that are wrong are tried once, and nothing is written', () =>
    on(startNew(dialect), async (scenario) => {
      const others = scenario.oracle.foreign();
      await scenario.secret('connect', 'pbx/nube/password', 'Nobody-Knows-4');
      await stopsWith('wrong-credentials', scenario);
      await stopsWith('refused-before', scenario);
      expect(scenario.box.logins()).toMatchObject([{ accepted: false }]);
      const { password } = scenario.service('nube').credentials;
      await scenario.secret('connect', 'pbx/nube/password', password);
      await doctor(scenario.context(), planOptions);
      await expectRecovery(scenario, others);
    }));

  it('that are right are tried once where others have locked the address out', () =>
    on(startNew(dialect), async (scenario) => {
      const others = scenario.oracle.foreign();
      for (let times = 0; times < 5; times += 1) await failToLogIn(scenario);
      await stopsWith('locked-out', scenario);
      expect(scenario.box.requests().counts['/api/v2/login']).toBe(6);
      scenario.box.unlock();
      await doctor(scenario.context(), planOptions);
      await expectRecovery(scenario, others);
    }));

  it('of an address that is locked when our token dies end the step, which wrote nothing', () =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const before = oracle.stored();
      const strikes: Promise<void>[] = [];
      duringThe(2, '/extension', scenario, () => {
        for (let times = 0; times < 5; times += 1) strikes.push(failToLogIn(scenario));
        box.expireTokens();
      });
      const run = await scenario.apply();
      await Promise.all(strikes);
      expect(run.codes[0]).toMatch(/^(locked-out|wrong-credentials)$/);
      expectTruth(run, scenario, before);
      expect(run.steps[0]).toMatchObject({ result: 'failed', written: 'nothing' });
      expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));

  it.each([true, '482913'])('that want a second factor (%s) are tried once', (secondFactor) =>
    on(startNew(dialect, { settings: { secondFactor } }), async (scenario) => {
      await stopsWith('second-factor-wanted', scenario);
      expect(scenario.box.requests().counts['/api/v2/login']).toBe(1);
    }),
  );

  it.each([
    ['everything', true],
    ['the company', ['company']],
    ['extensions', ['extension']],
    ['DIDs', ['did']],
  ] as const)('that may not see %s end the run by name', (_, apiForbidden) =>
    on(
      startNew(dialect, { settings: { apiForbidden: apiForbidden === true ? true : [...apiForbidden] } }),
      (scenario) => stopsWith('forbidden', scenario),
    ),
  );

  it.each(['user', 'admin'])('of a company’s %s see no companies, and end the run by name', (role) =>
    on(
      startNew(dialect, {
        settings: { seed: [{ number: '20', role, email: 'alta@acme.example', password: 'Clave-de-20-xyz' }] },
      }),
      async (scenario) => {
        await scenario.secret('connect', 'pbx/nube/password', 'Clave-de-20-xyz');
        await scenario.secret('connect', 'pbx/nube/username', 'alta@acme.example');
        await stopsWith('forbidden', scenario);
      },
    ),
  );

  it('that may read and not write fail each step by name, and what was written is known', () =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, before] = [oracle.foreign(), oracle.stored()];
      const fault: LabFault = {
        kind: 'errno',
        errno: '403',
        times: 3,
        match: { path: '/extension', nth: 2 },
      };
      box.addFault(fault);
      const run = await scenario.apply();
      expect(run.steps.map(({ result }) => result)).not.toContain('done');
      expect(run.codes[0]).toBe('forbidden');
      expect(oracle.stored()).toEqual(before);
      await expectRecovery(scenario, others);
    }));
});

describe.concurrent.each(dialects)('a company of dialect %s', (dialect) => {
  it('that is not there is told as such, and nothing is written', () =>
    on(startNew(dialect, { pbx: { tenant: '90009' } }), (scenario) => stopsWith('wrong-identity', scenario)));

  it('that has another name is not written to until somebody says so', () =>
    on(startNew(dialect, { pbx: { tenantName: 'Acme S.L.' } }), async (scenario) => {
      await renameCompany(scenario, 'Acme Nueva S.L.');
      await stopsWith('wrong-identity', scenario);
      await scenario.redeclare({ tenantName: 'Acme Nueva S.L.' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('that is known by its name alone is found, and known by its number from then on', () =>
    on(startNew(dialect, { pbx: { tenant: undefined, tenantName: 'Acme S.L.' } }), async (scenario) => {
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('that is gone when the platform is asked again ends the run by name', () =>
    on(startNew(dialect), async (scenario) => {
      scenario.box.addFault({ kind: 'errno', errno: '404', times: 0, match: { path: '/company' } });
      const code = { a: 'wrong-identity', b: 'profile-outdated' }[dialect];
      expect((await scenario.apply()).codes[0]).toBe(code);
      expect([scenario.oracle.stored(), scenario.box.sessions()]).toEqual([nothing, 0]);
    }));
});

describe.concurrent('a certificate', () => {
  const encrypted = { settings: { tls: true, keepAlive: false } };

  it('other than the pinned one ends the run before anything is sent', () =>
    on(startNew('a', encrypted), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      const { spki } = await box.rotateCertificate();
      box.resetRequests();
      await stopsWith('tls-pin-mismatch', scenario);
      expect(box.requests().total).toBe(0);
      await scenario.redeclare({ tls: { pins: [spki] } });
      await expectRecovery(scenario, others);
    }));

  it('that changes in the middle of a run stops it, and what was written is known', () =>
    on(startWork('b', encrypted), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      const kept = box.saved()['31'];
      duringThe(1, '/extension/', scenario, box.rotateCertificate, 1_500);
      const run = await scenario.apply();
      expect(run.codes).toContain('tls-pin-mismatch');
      expectTruth(run, scenario, before);
      expect(box.saved()['31']).toEqual(kept);
      expect(scenario.leaks()).toEqual([]);
    }));
});

describe.concurrent.each(dialects)('a ban in dialect %s', (dialect) => {
  it('of the phones is no ban of ours: the work is done, and verify tells that nobody is registered', () =>
    on(startNew(dialect, { settings: { banAfter: 2 } }), async (scenario) => {
      const { box } = scenario;
      for (let times = 0; times < 2; times += 1) box.register('10', 'wrong-word');
      expect(box.lockouts()).toHaveLength(1);
      expect((await scenario.apply()).codes).toEqual([]);
      const checks = await scenario.verify();
      const told = checks.filter(({ check, address }) => check === 'registration' && address.endsWith(':32'));
      expect(told).toMatchObject([{ evidence: { a: 'status: offline', b: 'state: UNREGISTERED' }[dialect] }]);
      expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));
});
