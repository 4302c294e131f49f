import { describe, expect, it } from 'vitest';
import { during, on } from '../../support/bench.ts';
import { expectTruth } from '../../support/matrix.ts';
import type { Run } from '../../support/runs.ts';
import { type Setting, webs } from './office.ts';
import { expectRecovery, importPath, importsOf, type Scene, startWork } from './scene.ts';

/** An apply that must leave the phone as it is, and what it says. */
async function untouched(scene: Scene): Promise<Run> {
  const { phone } = scene;
  const [settings, before] = [phone.settings(), scene.oracle.stored()];
  const run = await scene.apply();
  expect(phone.settings()).toEqual(settings);
  expectTruth(run, scene, before);
  return run;
}

describe.each(webs)('a password on web %s', (web) => {
  const wrong = (scene: Scene, value: string) => scene.secret('connect', 'devices/mesa/password', value);
  const refusals = ({ phone }: Scene) => phone.logins().filter(({ accepted }) => !accepted).length;

  it('that is wrong is tried once, by however many runs', () =>
    on(startWork(web), async (scene) => {
      await wrong(scene, 'Equivocada-9x');
      expect((await untouched(scene)).codes).toEqual(['wrong-credentials']);
      expect((await untouched(scene)).codes).toEqual(['refused-before']);
      expect([refusals(scene), scene.phone.lockouts()]).toEqual([1, []]);
      await wrong(scene, scene.service.credentials.password);
      await expectRecovery(scene);
    }));

  it('that was wrong too often locks the phone, which is told as locked', () =>
    on(startWork(web), async (scene) => {
      for (const value of ['Equivocada-1x', 'Equivocada-2x', 'Equivocada-3x']) {
        await wrong(scene, value);
        await untouched(scene);
      }
      expect(scene.phone.lockouts()).toHaveLength(1);
      await wrong(scene, scene.service.credentials.password);
      expect((await untouched(scene)).codes).toEqual(['locked-out']);
      scene.phone.unlock();
      await expectRecovery(scene);
    }));
});

describe.each(webs)('another administrator on web %s', (web) => {
  it('who is logged in is left alone, and told of', () =>
    on(startWork(web), async (scene) => {
      scene.phone.occupy('192.0.2.77');
      expect((await untouched(scene)).codes).toEqual(['device-busy']);
      expect(scene.phone.sessions()).toBe(1);
      scene.phone.vacate();
      await expectRecovery(scene);
    }));

  it('who logs in between reading and writing stops the writes', () =>
    on(startWork(web), async (scene) => {
      const { phone } = scene;
      const [settings, before] = [phone.settings(), scene.oracle.stored()];
      during(phone, importPath[web], () => phone.occupy());
      const run = await scene.apply();
      expectTruth(run, scene, before);
      expect(run.codes).toContain('device-busy');
      expect(run.codes).not.toContain('wrong-identity');
      expect(phone.settings()).toEqual(settings);
      expect(phone.sessions()).toBe(1);
      phone.vacate();
      await expectRecovery(scene);
    }));

  it('who changes something else meanwhile keeps it', () =>
    on(startWork(web), async (scene) => {
      const { phone } = scene;
      during(phone, importPath[web], () =>
        phone.edit({ 'account.3.label': 'Portero 2', 'phone_setting.contrast': '9' }),
      );
      expect((await scene.apply()).codes).toEqual([]);
      expect(phone.settings()).toMatchObject({
        'account.3.label': 'Portero 2',
        'phone_setting.contrast': '9',
      });
      await expectRecovery(scene, scene.oracle.foreign());
    }));

  it('who sets up the line before us keeps it, and we ask before taking it over', () =>
    on(startWork(web), async (scene) => {
      const { phone } = scene;
      const first = { b1: 'm=mod_data&p=settings-config', c: 'status/talking' }[web];
      during(phone, first, () =>
        phone.edit({ 'account.4.enable': '1', 'account.4.label': 'Fax', 'account.4.user_name': 'fax' }),
      );
      const before = phone.settings();
      const run = await scene.apply();
      const [failed] = run.steps.filter(({ result }) => result === 'failed');
      expect(failed).toMatchObject({ written: 'nothing', diagnostic: { code: 'already-exists' } });
      expect(phone.settings()).toMatchObject({ 'account.4.label': 'Fax', 'account.4.user_name': 'fax' });
      expect(before['account.4.label']).toBeUndefined();
      const next = await scene.apply();
      expect(next.steps.filter(({ result }) => result === 'blocked')).toMatchObject([
        { blocked: { code: 'needs-adopt' } },
      ]);
      expect(phone.settings()).toMatchObject({ 'account.4.label': 'Fax', 'account.4.user_name': 'fax' });
    }));
});

describe('a call', () => {
  it('on web c is not disturbed: the writes wait for a later run', () =>
    on(startWork('c'), async (scene) => {
      scene.phone.call(true);
      const run = await untouched(scene);
      expect(run.codes).toContain('device-in-call');
      expect(run.steps.map(({ result }) => result).filter((result) => result === 'done')).toEqual([]);
      expect(importsOf(scene)).toBe(0);
      scene.phone.call(false);
      await expectRecovery(scene);
    }));

  it('that begins in the middle stops what is not written yet', () =>
    on(startWork('c'), async (scene) => {
      const { phone } = scene;
      const before = scene.oracle.stored();
      during(phone, importPath.c, () => phone.call(true));
      const run = await scene.apply();
      expectTruth(run, scene, before);
      expect(run.steps.map(({ result }) => result)).toEqual(['done', 'deferred', 'skipped']);
      phone.call(false);
      await expectRecovery(scene);
    }));

  it('on web b1 cannot be asked for, and stops nothing', () =>
    on(startWork('b1'), async (scene) => {
      scene.phone.call(true);
      await expectRecovery(scene);
    }));
});

describe.each(webs)('a session on web %s', (web) => {
  it.each(['the status', 'the import'])('that the phone ends at %s is begun anew, once', (moment) =>
    on(startWork(web), async (scene) => {
      const { phone } = scene;
      const statusPath = { b1: 'p=status', c: 'p=StatusGeneral' }[web];
      const logins = phone.logins().length;
      during(phone, moment === 'the import' ? importPath[web] : statusPath, () => phone.expireSessions());
      expect((await scene.apply()).codes).toEqual([]);
      expect(phone.logins().length - logins).toBe(2);
      scene.oracle.expectOurs();
      expect(phone.sessions()).toBe(0);
      await expectRecovery(scene);
    }),
  );
});

describe.each(webs)('a phone on web %s', (web) => {
  const slowly: Setting = { phone: { bootMs: 300 } };

  it.each(['the login', 'the import'])('that reboots at %s is set up by the next run', (moment) =>
    on(startWork(web, slowly), async (scene) => {
      const { phone } = scene;
      const before = scene.oracle.stored();
      const login = { b1: 'q=loginForm', c: '/api/auth/login' }[web];
      let booted: Promise<void> = Promise.resolve();
      const reboot = () => {
        booted = phone.reboot();
      };
      during(phone, moment === 'the import' ? importPath[web] : login, reboot, 'hang');
      const run = await scene.apply();
      await booted;
      expectTruth(run, scene, before);
      expect(run.codes).not.toEqual([]);
      expect(phone.sessions()).toBe(0);
      await expectRecovery(scene);
    }),
  );

  it('that is often off is set up once it is there', () =>
    on(startWork(web), async (scene) => {
      const accounts = [
        { line: 1, extension: 'sede/2000', label: 'Centralita' },
        { line: 4, extension: 'sede/2002' },
      ];
      await scene.declare(accounts, { device: { presence: 'sometimes' } });
      await scene.phone.power(false);
      const run = await untouched(scene);
      expect(run.steps.map(({ result }) => result)).toEqual(['deferred', 'deferred', 'deferred']);
      await scene.phone.power(true);
      await expectRecovery(scene);
    }));

  it('that is another one is not written to', () =>
    on(startWork(web), async (scene) => {
      const accounts = [{ line: 1, extension: 'sede/2000', label: 'Centralita' }];
      await scene.declare(accounts, { device: { mac: '80:5e:c0:ff:ff:01' } });
      const run = await untouched(scene);
      expect(run.codes).toContain('wrong-identity');
      expect(importsOf(scene)).toBe(0);
      expect(scene.phone.sessions()).toBe(0);
    }));

  it('with another certificate gets no password', () =>
    on(startWork(web, { phone: { tls: true } }), async (scene) => {
      const logins = scene.phone.logins().length;
      await scene.phone.rotateCertificate();
      expect((await untouched(scene)).codes).toEqual(['tls-pin-mismatch']);
      expect([scene.phone.logins().length, scene.phone.requests().total]).toEqual([logins, 0]);
      await scene.declare([
        { line: 1, extension: 'sede/2000', label: 'Centralita' },
        { line: 4, extension: 'sede/2002' },
      ]);
      await expectRecovery(scene);
    }));
});

describe.each(webs)('Ctrl-C on web %s', (web) => {
  it.each(['stop', 'abort'] as const)('(%s) in the middle of an import leaves nobody logged in', (signal) =>
    on(startWork(web), async (scene) => {
      const { phone } = scene;
      const before = scene.oracle.stored();
      const ctrl = new AbortController();
      during(phone, importPath[web], () => ctrl.abort());
      const run = await scene.apply({ [signal]: ctrl.signal });
      expectTruth(run, scene, before);
      expect(run.steps.map(({ result }) => result)).toContain('skipped');
      expect(phone.sessions()).toBe(0);
      await expectRecovery(scene);
    }),
  );
});
