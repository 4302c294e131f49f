import { describe, expect, it } from 'vitest';
import { byHand, sealed, writtenOut } from '../../support/scene/by-hand.ts';
import { startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/digest.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;
const third = 'Xk7pQw2nRt-v9BmZc4Ly';

describe.skipIf(missingTerraform !== null)(`what was planned is what is applied${terraformNote}`, () => {
  it('a secret that was taken over and never replaced gets a new version: it stays, without consent to replace it', async () => {
    const there = { number: '2000', username: 'Puesto', registerpassword: otherSecret };
    const { scene, box, declare } = await startOffice({ box: { seed: [there] } });
    await declare([{ number: '2000', adopt: true }]);
    await scene.ends(0, ...apply);
    await scene.secret('values', 'extensions/sede/2000/sip', third);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(box.running()[2000]).toMatchObject({ registerpassword: otherSecret });
  });

  it('a secret becomes unmanaged in a configuration written by hand', async () => {
    const { scene, declare } = await startOffice();
    await declare(['2000']);
    const stack = await scene.own(byHand({ puesto: sealed('2000') }));
    await stack.ends(0, ...apply);
    await stack.write(byHand({ puesto: { ...sealed('2000'), portal_secret: 'unmanaged' } }));
    await stack.ends(0, ...apply);
    await stack.ends(0, ...plan);
  });

  it('a field is released, and later the extension is protected', async () => {
    const { scene, declare } = await startOffice();
    await declare([{ number: '2000', email: 'a@acme.example' }]);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000' }]);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000', protect: true }]);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
  });

  it('a label moves after a field was released', async () => {
    const { scene, declare } = await startOffice();
    await declare([{ number: '2000', email: 'a@acme.example' }]);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000' }]);
    await scene.ends(0, ...apply);
    const extension = { pbx: 'central', number: '2000', name: 'Puesto' };
    const secrets = { sip: { secret: 'extensions/sede/2000/sip' } };
    const pbx = { central: scene.pbx('sede') };
    await scene.declare({ pbx, extensions: [{ ...extension, secrets }] });
    expect(await scene.ends(0, ...apply)).toContain('0 added, ');
    await scene.ends(0, ...plan);
  });

  it('of a secret that stands in the configuration, only what has another version is written', async () => {
    const { scene, box, declare } = await startOffice();
    await declare(['2000']);
    const written = { number: '2001', ...writtenOut, sip_secret_version: '1' };
    const stack = await scene.own(byHand({ puesto: written }));
    await stack.ends(0, ...apply);
    await stack.write(byHand({ puesto: { ...written, name: 'Otro', sip_secret_wo: third } }));
    await stack.ends(0, ...apply);
    expect(box.running()[2001]).toMatchObject({ username: 'Otro', registerpassword: goodSecret });
    await stack.ends(0, ...plan);
    await stack.write(
      byHand({ puesto: { ...written, name: 'Otro', sip_secret_wo: third, sip_secret_version: '2' } }),
    );
    await stack.ends(0, ...apply);
    expect(box.running()[2001]).toMatchObject({ registerpassword: third });
  });

  it('a secret that only the apply knows is written, and the plan after it is empty', async () => {
    const { scene, box, declare } = await startOffice();
    await declare(['2000']);
    const puesto = { number: '2001', sip_secret_wo: '$' + '{terraform_data.source.output}' };
    const whole = (value: string) =>
      byHand({ puesto }, { terraform_data: { source: { input: value, triggers_replace: value } } });
    const stack = await scene.own(whole(goodSecret));
    await stack.ends(0, ...apply);
    expect(box.running()[2001]).toMatchObject({ registerpassword: goodSecret });
    await stack.write(whole(third));
    await stack.ends(0, ...apply);
    expect(box.running()[2001]).toMatchObject({ registerpassword: third });
    await stack.ends(0, ...plan);
  });
});
