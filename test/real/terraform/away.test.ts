import { describe, expect, it } from 'vitest';
import { verifyWorkspace } from '../../../engine/run/verify/verify.ts';
import { contextAt, planOptions } from '../../support/commands.ts';
import { at, mesa, startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/away.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** An office whose phone is often away: how to declare its account, and the phone. */
async function travelling() {
  const office = await startOffice({ phones: [mesa] });
  const { scene, declare } = office;
  const phone = scene.lab.phone('mesa');
  const credentials = Object.fromEntries(
    ['username', 'password'].map((part) => [part, { secret: `devices/mesa/${part}` }]),
  );
  const account = (over: object = {}, id = 'mesa') => {
    const accounts = [{ line: 1, extension: 'sede/2000', ...over }];
    const device = scene.device('mesa', accounts, { presence: 'sometimes', id, credentials });
    return declare(['2000'], { devices: [device] });
  };
  const back = async () => {
    await phone.power(true);
    await phone.settled();
  };
  return { ...office, phone, account, back };
}

describe.skipIf(missingTerraform !== null)(`a phone that is often away${terraformNote}`, () => {
  it('is off while consent and protection go: the plan is valid', async () => {
    const { scene, phone, account, back } = await travelling();
    await account({ adopt: true, protect: true });
    await scene.ends(0, ...apply);
    await phone.power(false);
    await account();
    expect(await scene.ends(0, ...apply)).toContain('[provider-deferred · acme/device:mesa/account:1]');
    await back();
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
  });

  it('is off while what a hand-written account leaves alone is no longer left', async () => {
    const { scene, phone, account, back } = await travelling();
    await account();
    await scene.ends(0, 'apply', '-auto-approve', '-target=alta_extension.sede_2000');
    const config = (more: object) => ({
      provider: { alta: [{ client: 'acme' }] },
      resource: {
        alta_account: {
          mesa: {
            target: 'acme/device:mesa',
            line: 1,
            extension: at('2000'),
            password_secret: 'secret:extensions/sede/2000/sip',
            server: 'sip.acme.example',
            display_name: 'Puesto',
            ...more,
          },
        },
      },
    });
    const stack = await scene.own(config({ leave: ['outbound_proxy'], adopt: 'values', protect: true }));
    await stack.ends(0, ...apply);
    await phone.power(false);
    await stack.write(config({}));
    expect(await stack.ends(0, ...apply)).toContain('[provider-deferred · acme/device:mesa/account:1]');
    await back();
    await stack.ends(0, ...apply);
    await stack.ends(0, ...plan);
  });

  it('is off while a field comes, and then another name of its own', async () => {
    const { scene, phone, account, back } = await travelling();
    await account();
    await scene.ends(0, ...apply);
    await phone.power(false);
    await account({ outboundProxy: 'proxy.example' });
    expect(await scene.ends(0, ...apply)).toContain('[provider-deferred · acme/device:mesa/account:1]');
    await account({ outboundProxy: 'proxy.example' }, 'otra');
    expect(await scene.ends(0, ...apply)).toContain('[provider-deferred · acme/device:otra/account:1]');
    await back();
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(Object.values(phone.settings())).toContain('proxy.example');
  });
});

describe.skipIf(missingTerraform !== null)(
  `a secret that somebody changed on both sides${terraformNote}`,
  () => {
    it('is the declared one on the PBX and on the phone after one apply', async () => {
      const { scene, box, declare, changes } = await startOffice({ phones: [mesa] });
      const phone = scene.lab.phone('mesa');
      await declare(['2000'], { devices: [scene.device('mesa', [{ line: 1, extension: 'sede/2000' }])] });
      await scene.ends(0, ...apply);
      box.edit('2000', { registerpassword: otherSecret }, { apply: true });
      phone.edit({ 'account.1.password': otherSecret });
      await phone.settled();
      expect(await changes()).toEqual(['update acme/device:mesa/account:1', `update ${at('2000')}`]);
      await scene.ends(0, ...apply);
      await scene.ends(0, ...plan);
      expect(box.running()[2000]).toMatchObject({ registerpassword: goodSecret });
      expect(phone.settings()).toMatchObject({ 'account.1.password': goodSecret });
      expect(box.contacts()[2000]).toMatchObject([{ holder: 'mesa', line: 1 }]);
    });
  },
);

describe.skipIf(missingTerraform !== null)(`a verification in the middle of an apply${terraformNote}`, () => {
  it('meets a phone that the provider has left already', async () => {
    const { scene, box, declare } = await startOffice({ phones: [mesa] });
    const phone = scene.lab.phone('mesa');
    const account = (over: object) => ({
      devices: [scene.device('mesa', [{ line: 1, extension: 'sede/2000', ...over }])],
    });
    await declare(['2000', '2001'], account({}));
    await scene.ends(0, ...apply);
    await declare(['2000', { number: '2001', name: 'Otro' }], account({ label: 'Otra' }));
    box.addFault({ kind: 'latency', ms: 1_500, match: { path: '/extension/update' } });
    const running = await scene.start(...apply);
    await running.said('alta_account.mesa_1: Modifications complete');
    await expect.poll(() => phone.sessions(), { interval: 5, timeout: 1_000 }).toBe(0);
    const { report, diagnostics } = await verifyWorkspace(contextAt(scene.root), planOptions);
    expect(running.process.exitCode).toBeNull();
    expect(JSON.stringify([report, diagnostics])).not.toContain('device-busy');
    const checks =
      report?.clients[0]?.checks.filter(({ address }) => address.includes('/device:mesa/')) ?? [];
    expect(checks.map(({ result }) => result)).toContain('passed');
    expect(checks.map(({ result }) => result)).not.toContain('failed');
    expect(await running.outcome).toMatchObject({ code: 0 });
  });
});
