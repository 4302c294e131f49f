import { request } from 'node:https';
import { describe, expect, it } from 'vitest';
import type { LabYeastarService } from '../../../lab/index.ts';
import { during, on } from '../../support/bench.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { pbxOf, startNew, startSecond, type Work } from './scenario.ts';

const encrypted = { settings: { tls: true } } as const;
const old = { settings: { tls: true, cipher: 's50' } } as const;

/** The YAML of {@link startNew} with another block of the box. */
function redeclare(scenario: Work, pbx: object): Promise<void> {
  return scenario.declare({
    pbx: { sede: pbxOf(scenario, { pbx }) },
    extensions: [{ pbx: 'sede', number: '2002', name: 'Almacén' }],
  });
}

function serviceOf(scenario: Work): LabYeastarService {
  return scenario.service('sede');
}

/** Somebody else's login from the same address, with a wrong password. */
function strike({ url }: LabYeastarService): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${url}/api/v2.0.0/login`,
      { method: 'POST', rejectUnauthorized: false },
      (answer) => {
        answer.resume().once('end', resolve);
      },
    );
    call.once('error', reject).end(JSON.stringify({ username: 'api', password: '0'.repeat(32) }));
  });
}

describe.concurrent('credentials', () => {
  it('that are wrong are tried exactly once, and nothing is written', () =>
    on(startNew(encrypted), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      await scenario.secret('connect', 'pbx/sede/password', 'Nobody-Knows-4');
      const run = await scenario.apply();
      expect(run.codes).toEqual(['wrong-credentials']);
      expect(box.logins()).toMatchObject([{ accepted: false }]);
      expect(scenario.oracle.foreign()).toBe(others);
      await scenario.secret('connect', 'pbx/sede/password', serviceOf(scenario).credentials.password);
      await expectRecovery(scenario, others);
    }));

  it('that are right are tried once where others have locked the address out', () =>
    on(startNew(encrypted), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      for (let times = 0; times < 5; times += 1) await strike(serviceOf(scenario));
      expect(box.lockouts()).toHaveLength(1);
      expect((await scenario.apply()).codes).toEqual(['locked-out']);
      expect(box.logins()).toHaveLength(6);
      await expectRecovery(scenario, others);
    }));

  it.each(['/extension/list', '/extension/update', '/extension/add', '/extension/delete'])(
    'are used once more where the token dies during %s',
    (path) =>
      on(startSecond(), async (scenario) => {
        const { box } = scenario;
        const others = scenario.oracle.foreign();
        const logins = box.logins().length;
        during(box, path, box.expireTokens);
        expect((await scenario.apply()).codes).toEqual([]);
        scenario.oracle.expectOurs();
        expect(box.logins().slice(logins)).toMatchObject([{ accepted: true }, { accepted: true }]);
        await expectRecovery(scenario, others);
      }),
  );
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
      await redeclare(scenario, { tls: { pins: [spki] } });
      await expectRecovery(scenario, others);
    }));

  it('that changes in the middle of a run stops it, and what was written is known', () =>
    on(startSecond(encrypted), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      const kept = box.saved()['2001'];
      during(box, '/extension/update', box.rotateCertificate);
      const run = await scenario.apply();
      expect(run.codes).toContain('tls-pin-mismatch');
      expectTruth(run, scenario, before);
      expect(run.steps.filter(({ result }) => result === 'failed')).toMatchObject([{ written: 'nothing' }]);
      expect(box.saved()['2001']).toEqual(kept);
      expect(scenario.leaks()).toEqual([]);
    }));
});

describe.concurrent('a box with the cipher of the S50', () => {
  it.each([
    ['without saying so', {}],
    ['where it is named', { ciphers: 'AES256-GCM-SHA384' }],
    ['where TLS is held down to 1.2', { ciphers: 'AES256-GCM-SHA384', minVersion: 'TLSv1.2' }],
  ])('is spoken to %s', (_, tls) =>
    on(startNew(old), async (scenario) => {
      const others = scenario.oracle.foreign();
      await redeclare(scenario, { tls: { pins: [serviceOf(scenario).pins.spki], ...tls } });
      await expectRecovery(scenario, others);
    }),
  );

  it('is refused by name where TLS 1.3 is asked for', () =>
    on(startNew(old), async (scenario) => {
      await redeclare(scenario, { tls: { pins: [serviceOf(scenario).pins.spki], minVersion: 'TLSv1.3' } });
      expect((await scenario.apply()).codes).toEqual(['tls-handshake']);
      expect(scenario.box.requests().total).toBe(0);
    }));
});
