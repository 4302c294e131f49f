import { describe, expect, it } from 'vitest';
import { at, mesa, startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/phones.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;
const account = (line: number) => `acme/device:mesa/account:${line}`;

describe.skipIf(missingTerraform !== null)(`phones under Terraform${terraformNote}`, () => {
  it('two lines of one phone, whose secrets change in the same apply', async () => {
    const { scene, box, declare, changes } = await startOffice({ phones: [mesa] });
    const lines = ['2000', '2001'].map((number, at) => ({ line: at + 1, extension: `sede/${number}` }));
    await declare(['2000', '2001'], { devices: [scene.device('mesa', lines)] });
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    for (const number of ['2000', '2001']) {
      await scene.secret('values', `extensions/sede/${number}/sip`, otherSecret);
    }
    expect(await changes()).toEqual([
      `update ${account(1)}`,
      `update ${account(2)}`,
      `update ${at('2000')}`,
      `update ${at('2001')}`,
    ]);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(Object.keys(box.contacts())).toEqual(['2000', '2001']);
  });

  it('a secret that somebody changed on the PBX goes back, and the phone gets it again', async () => {
    const { scene, box, declare, changes } = await startOffice({ phones: [mesa] });
    await declare(['2000'], { devices: [scene.device('mesa', [{ line: 1, extension: 'sede/2000' }])] });
    await scene.ends(0, ...apply);
    box.edit('2000', { registerpassword: otherSecret }, { apply: true });
    expect(await changes()).toEqual([`update ${account(1)}`, `update ${at('2000')}`]);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(box.running()[2000]).toMatchObject({ registerpassword: goodSecret });
    expect(box.contacts()[2000]).toMatchObject([{ holder: 'mesa', line: 1 }]);
  });

  it('a secret that the PBX has goes to the phone without being stored', async () => {
    const there = { number: '2000', username: 'Puesto', registerpassword: otherSecret };
    const { scene, box, declare, changes } = await startOffice({ phones: [mesa], box: { seed: [there] } });
    await declare([{ number: '2000', secrets: { sip: { source: 'pbx' } } }], {
      devices: [scene.device('mesa', [{ line: 1, extension: 'sede/2000' }])],
    });
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(box.contacts()[2000]).toMatchObject([{ holder: 'mesa', line: 1 }]);
    expect(box.running()[2000]).toMatchObject({ registerpassword: otherSecret });

    box.edit('2000', { registerpassword: goodSecret }, { apply: true });
    expect(await changes()).toEqual([`update ${account(1)}`]);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(box.contacts()[2000]).toMatchObject([{ holder: 'mesa', line: 1 }]);
  });

  it('a number is changed in place of a resource that somebody wrote by hand', async () => {
    const { scene, box, declare } = await startOffice();
    await declare(['2000', '2001']);
    const config = (number: string) => ({
      provider: { alta: [{ client: 'acme' }] },
      resource: {
        alta_extension: {
          puesto: { target: 'acme/pbx:sede', number, name: 'Puesto', sip_secret_wo: goodSecret },
        },
      },
    });
    const stack = await scene.own(config('2000'));
    await stack.ends(0, ...apply);
    await stack.ends(0, ...plan);
    await stack.write(config('2001'));
    expect(await stack.ends(2, ...plan)).toContain('# forces replacement');
    await stack.ends(0, ...apply);
    expect(Object.keys(box.running())).toEqual(['1000', '1001', '2001']);
    expect(box.running()[2001]).toMatchObject({ registerpassword: goodSecret });
    await stack.ends(0, ...plan);
  });
});
