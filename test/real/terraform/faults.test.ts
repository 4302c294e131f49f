import { describe, expect, it } from 'vitest';
import { at, later, mesa, startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/faults.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

describe.skipIf(missingTerraform !== null)(`where something fails${terraformNote}`, () => {
  it.each([
    ['HTTP 429', { kind: 'status', status: 429 }, 'target-busy'],
    ['HTTP 503', { kind: 'status', status: 503 }, 'target-busy'],
    ['HTTP 500', { kind: 'status', status: 500 }, 'strange-answer'],
    ['a reset', { kind: 'reset' }, 'connection-reset'],
  ] as const)('%s costs the one write, and the next run makes up for it', async (_, fault, code) => {
    const office = await startOffice();
    const { scene, box, declare, changes } = office;
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000', name: 'Otro' }, { number: '2001', name: 'Otro' }, '2002']);
    box.addFault({ ...fault, match: { path: '/extension/add' } });
    box.addFault({ ...fault, match: { path: '/extension/update' } });
    const said = await scene.ends(1, ...apply);
    expect(said.split(`[${code} · acme/pbx:sede/extension:`)).toHaveLength(3);
    expect(Object.values(box.running()).filter(({ username }) => username === 'Otro')).toHaveLength(1);
    await later(office);
    expect((await changes()).length).toBe(2);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(box.running()).toMatchObject({ 2000: { username: 'Otro' }, 2001: { username: 'Otro' }, 2002: {} });

    box.addFault({ ...fault, times: 0, match: { path: '/extension' } });
    expect(await scene.ends(1, ...plan)).toContain(`[${code} · acme/pbx:sede]`);
    expect(await scene.ends(1, 'apply', '-refresh=false', '-auto-approve')).toContain(code);
    box.clearFaults();
    await scene.ends(0, ...plan);
  });

  it('wrong credentials are tried once, by however many resources and runs', async () => {
    const { scene, box, declare } = await startOffice();
    await declare(['2000', '2001', '2002']);
    await scene.secret('connect', 'pbx/sede/password', 'wrong-Password-1');
    expect(await scene.ends(1, ...plan)).toContain('[wrong-credentials · acme/pbx:sede]');
    expect(await scene.ends(1, ...plan)).toContain('[refused-before · acme/pbx:sede]');
    expect(box.logins()).toMatchObject([{ accepted: false }]);
  });

  it('a phone that is away fails, or waits where that is usual', async () => {
    const { scene, box, declare, changes } = await startOffice({ phones: [mesa] });
    const phone = scene.lab.phone('mesa');
    const usual = (presence: string) => ({
      devices: [scene.device('mesa', [{ line: 1, extension: 'sede/2000' }], { presence })],
    });
    await declare(['2000'], usual('always'));
    await scene.ends(0, ...apply);
    await phone.power(false);
    expect(await scene.ends(1, ...plan)).toContain('[unreachable · acme/device:mesa]');
    await declare([{ number: '2000', name: 'Otro' }], usual('sometimes'));
    expect(await scene.ends(0, ...apply)).toContain('[provider-deferred · acme/device:mesa/account:1]');
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    await phone.power(true);
    await phone.settled();
    expect(await changes()).toEqual(['update acme/device:mesa/account:1']);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(phone.settings()).toMatchObject({ 'account.1.display_name': 'Otro' });
  });
});

describe.skipIf(missingTerraform !== null)(`on a box whose API creates nothing${terraformNote}`, () => {
  it('a person is told what to do, and Terraform goes on from there', async () => {
    const { scene, box, declare, changes } = await startOffice({ box: { edition: 'v1.1.0' } });
    await declare(['2000']);
    expect(await scene.ends(2, ...plan)).toContain('Settings › Extensions; Add;');
    expect(await scene.ends(1, ...apply)).toContain(`[provider-person-first · ${at('2000')}]`);
    expect(box.saved()[2000]).toBeUndefined();

    const typed = { number: '2000', username: 'Puesto', registerpassword: goodSecret };
    box.create(typed, { apply: true });
    expect(await scene.ends(0, ...apply)).toContain(`[provider-adopts · ${at('2000')}]`);
    await scene.ends(0, ...plan);

    await scene.secret('values', 'extensions/sede/2000/sip', otherSecret);
    expect(await changes()).toEqual([`update ${at('2000')}`]);
    await scene.ends(0, ...apply);
    expect(box.running()[2000]).toMatchObject({ registerpassword: otherSecret });
  });

  it("a target's own Apply that fails is in the next plan until it is done", async () => {
    const { scene, box, declare, changes } = await startOffice({
      box: {
        edition: 'v1.1.0',
        seed: [{ number: '2000', username: 'Puesto', registerpassword: goodSecret }],
      },
    });
    await declare(['2000']);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000', name: 'Otro' }]);
    box.addFault({ kind: 'status', status: 500, times: 0, match: { path: '/apply' } });
    const said = await scene.ends(1, ...apply);
    expect(said).toContain(`[provider-commit-open · ${at('2000')}]`);
    expect(box.saved()[2000]).toMatchObject({ username: 'Otro' });
    expect(await changes()).toEqual([`update ${at('2000')}`]);
    await scene.ends(1, ...apply);
    box.clearFaults();
    await scene.ends(0, ...apply);
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    await scene.ends(0, ...plan);
  });
});
