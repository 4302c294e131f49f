import { describe, expect, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { allWebs, type Office, startOffice } from './office.ts';
import { importsOf, lineOf, oracleOf, startSettled } from './scene.ts';

/** What a phone says of itself, and what its PBX says of it. */
function bothSides({ phone, box }: Office, line: string, number: string): readonly unknown[] {
  const holders = box.contacts()[number]?.map((contact) => `${contact.holder} ${contact.line}`) ?? [];
  return [phone.accounts()[line]?.status, holders];
}

const lines = [
  { line: 1, extension: 'sede/2000' },
  { line: 2, extension: 'sede/2001' },
];

describe.each(allWebs)('a phone on web %s', (web) => {
  it('is registered as phone, PBX and verify say', () =>
    on(startSettled(web), async (scene) => {
      scene.oracle.expectOurs();
      expect(bothSides(scene, '1', '2000')).toEqual(['registered', ['mesa 1']]);
      expect(bothSides(scene, '2', '2001')).toEqual(['registered', ['mesa 2']]);
      const checks = await scene.verify();
      const seen = checks.filter(
        ({ address, check }) => check === 'registration' && /account:|200[01]$/.test(address),
      );
      expect(seen.map(({ address, result }) => `${result} ${address}`).sort()).toEqual([
        'passed acme/device:mesa/account:1',
        'passed acme/device:mesa/account:2',
        'passed acme/pbx:sede/extension:2000',
        'passed acme/pbx:sede/extension:2001',
      ]);
      expect([scene.phone.sessions(), importsOf(scene), scene.leaks()]).toEqual([0, 0, []]);
    }));

  it('with a wrong password fails on both sides, and verify says so', () =>
    on(startSettled(web), async (scene) => {
      scene.phone.edit({ 'account.1.password': 'Otra-Cosa-4821' });
      expect(bothSides(scene, '1', '2000')).toEqual(['failed', []]);
      const checks = await scene.verify();
      const failed = checks.filter(({ result }) => result === 'failed').map(({ address }) => address);
      expect(failed.sort()).toEqual(['acme/device:mesa/account:1', 'acme/pbx:sede/extension:2000']);
    }));

  it.each([
    ['label', { 'account.1.label': 'A mano' }],
    ['server', { 'account.1.sip_server.1.address': 'sip.otra.example' }],
    ['switch', { 'account.1.enable': '0' }],
    [
      'port and transport',
      { 'account.1.sip_server.1.port': '5070', 'account.1.sip_server.1.transport_type': '1' },
    ],
    ['expiry', { 'account.1.sip_server.1.expires': '%NULL%' }],
    [
      'names',
      { 'account.1.auth_name': 'otro', 'account.1.user_name': 'otro', 'account.1.display_name': '%NULL%' },
    ],
  ])('whose %s was changed by hand shows it as drift, and is put right', (_, edit) =>
    on(startSettled(web), async (scene) => {
      scene.phone.edit(edit);
      const [change] = (await scene.plan()).plan?.clients[0]?.changes ?? [];
      expect(change).toMatchObject({
        address: 'acme/device:mesa/account:1',
        action: 'update',
        section: 'drift',
      });
      expect((await scene.apply()).codes).toEqual([]);
      scene.oracle.expectOurs();
      expect(scene.oracle.foreign()).toBe(scene.others);
      expect(await scene.changes()).toEqual([]);
    }),
  );

  it('loses a line that is no longer declared, and nothing else', () =>
    on(startSettled(web), async (scene) => {
      await scene.declare([{ line: 1, extension: 'sede/2000' }]);
      const run = await scene.apply();
      expect(run.steps.map(({ action, address }) => `${action} ${address}`)).toEqual([
        'delete acme/device:mesa/account:2',
      ]);
      const left = oracleOf(scene, { 1: lineOf(1, 2000), 2: null });
      left.expectOurs();
      expect(left.foreign()).toBe(scene.others);
      expect(bothSides(scene, '2', '2001')).toEqual(['disabled', []]);
      expect(await scene.changes()).toEqual([]);
    }));

  it('goes back to the factory in what is no longer declared of a line', () =>
    on(startOffice(web), async (office) => {
      const more = {
        outboundProxy: 'proxy.example',
        keepAlive: 45,
        mediaEncryption: 'required',
        voicemailNumber: '*97',
      };
      await office.declare([{ line: 1, extension: 'sede/2000', retryInterval: 60, ...more }]);
      expect((await office.apply()).codes).toEqual([]);
      expect(Object.keys(office.phone.settings())).toHaveLength(Object.keys(lineOf(1, 2000)).length + 6);
      await office.declare([{ line: 1, extension: 'sede/2000' }]);
      expect((await office.apply()).codes).toEqual([]);
      expect(office.phone.settings()).toEqual(lineOf(1, 2000));
      expect(await office.changes()).toEqual([]);
    }));

  it('that was reset to the factory gets its lines again', () =>
    on(startSettled(web, { phone: { credentials: { password: 'admin' } } }), async (scene) => {
      await scene.phone.factoryReset();
      const { plan } = await scene.plan();
      expect(plan?.clients[0]?.changes.map(({ action, section }) => `${action} ${section}`)).toEqual([
        'create vanished',
        'create vanished',
      ]);
      expect((await scene.apply()).codes).toEqual([]);
      expect(await scene.changes()).toEqual([]);
      scene.oracle.expectOurs();
    }));
});

describe.each(allWebs)('a line that is on a phone already, on web %s', (web) => {
  const there = lineOf(1, 2000);

  async function withLine(settings: Readonly<Record<string, string>>): Promise<Office> {
    const office = await startOffice(web, { phone: { cfg: Object.entries(settings) } });
    await office.declare([]);
    expect((await office.apply()).codes).toEqual([]);
    return office;
  }

  it('and differs is not touched without consent', () =>
    on(withLine({ ...there, 'account.1.label': 'Antigua' }), async (office) => {
      await office.declare(lines);
      const before = office.phone.settings();
      const run = await office.apply();
      expect(run.steps.find(({ address }) => address.endsWith('account:1'))).toMatchObject({
        result: 'blocked',
        blocked: { code: 'needs-adopt' },
      });
      expect(office.phone.settings()).toMatchObject(before);
      expect(office.phone.accounts()['2']?.status).toBe('registered');
    }));

  it('and differs is taken over with consent', () =>
    on(withLine({ ...there, 'account.1.label': 'Antigua' }), async (office) => {
      await office.declare([{ line: 1, extension: 'sede/2000', adopt: true }]);
      expect((await office.apply()).codes).toEqual([]);
      expect(office.phone.settings()).toMatchObject({ 'account.1.label': 'Puesto 2000' });
      expect(await office.changes()).toEqual([]);
    }));

  it('and is the same is ours without a write', () =>
    on(withLine(there), async (office) => {
      await office.declare([{ line: 1, extension: 'sede/2000' }]);
      office.phone.resetRequests();
      expect((await office.apply()).codes).toEqual([]);
      expect(importsOf(office)).toBe(0);
      expect(bothSides(office, '1', '2000')).toEqual(['registered', ['mesa 1']]);
    }));

  it('and is not declared goes where the phone is all ours', () =>
    on(
      withLine({
        ...there,
        'account.5.label': 'Vieja',
        'account.5.user_name': 'vieja',
        'phone_setting.contrast': '2',
      }),
      async (office) => {
        await office.declare([{ line: 1, extension: 'sede/2000' }], { device: { exclusive: true } });
        expect((await office.apply()).codes).toEqual([]);
        const settings = office.phone.settings();
        expect(Object.keys(settings).filter((key) => key.startsWith('account.5.'))).toEqual([]);
        expect(settings['phone_setting.contrast']).toBe('2');
        expect(await office.changes()).toEqual([]);
      },
    ));
});
