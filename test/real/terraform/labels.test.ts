import { describe, expect, it } from 'vitest';
import { byHand, sealed } from '../../support/scene/by-hand.ts';
import { type Scene, startScene } from '../../support/scene/index.ts';
import { startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/labels.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** Two boxes; on the second one somebody else has 2000 and 2002. */
async function twoBoxes() {
  const usual = { edition: 'v2.0.0', extensions: 1, tls: false } as const;
  const others = ['2000', '2002'].map((number) => ({
    number,
    username: 'Ajena',
    registerpassword: otherSecret,
  }));
  const scene = await startScene({
    boxes: [
      { ...usual, name: 'sede' },
      { ...usual, name: 'otra', seed: others },
    ],
  });
  for (const number of ['2000', '2001']) {
    await scene.secret('values', `extensions/sede/${number}/sip`, goodSecret);
  }
  return scene;
}

/** Extensions under the label `sede`, which leads to this box. */
function labelled(scene: Scene, box: string, numbers: readonly string[]): Promise<void> {
  const extensions = numbers.map((number) => ({ pbx: 'sede', number, name: 'Puesto' }));
  return scene.declare({ pbx: { sede: scene.pbx(box) }, extensions });
}

describe.skipIf(missingTerraform !== null)(`where a label leads elsewhere${terraformNote}`, () => {
  it('nothing of others is touched, and what was on the old box is forgotten and stays there', async () => {
    const scene = await twoBoxes();
    const [sede, otra] = [scene.lab.box('sede'), scene.lab.box('otra')];
    await labelled(scene, 'sede', ['2000']);
    await scene.ends(0, ...apply);
    const before = JSON.stringify(otra.saved());
    await labelled(scene, 'otra', ['2000']);
    const said = await scene.ends(1, ...apply);
    expect(said).toContain('[provider-orphan · acme/pbx:sede/extension:2000]');
    expect(said).toContain('adopt: true');
    expect(JSON.stringify(otra.saved())).toBe(before);

    await labelled(scene, 'otra', ['2001']);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(otra.saved()).toMatchObject({ ...JSON.parse(before), 2001: { username: 'Puesto' } });
    expect(sede.running()[2000]).toMatchObject({ username: 'Puesto' });
  });

  it('a configuration written by hand overwrites nothing there', async () => {
    const scene = await twoBoxes();
    const otra = scene.lab.box('otra');
    await labelled(scene, 'sede', ['2000']);
    const stack = await scene.own(byHand({ puesto: sealed('2000') }));
    await stack.ends(0, ...apply);
    const before = JSON.stringify(otra.saved());
    await labelled(scene, 'otra', ['2000']);
    await stack.ends(1, ...apply, '-refresh=false');
    expect(JSON.stringify(otra.saved())).toBe(before);
    expect(await stack.ends(1, ...apply)).toContain('[provider-orphan · acme/pbx:sede/extension:2000]');
    expect(JSON.stringify(otra.saved())).toBe(before);
  });

  it('to another tenant of the same server: what the other tenant has is not deleted', async () => {
    const tenants = ['301', '302'].map((code) => ({ code, name: `${code} S.L.`, extensions: 1 }));
    const scene = await startScene({ boxes: [{ driver: 'meetip', name: 'sede', tenants, tls: false }] });
    const box = scene.lab.box('sede');
    await scene.secret('values', 's/sip', goodSecret);
    await scene.secret('values', 's/pin', '4071');
    const secrets = { sip: { secret: 's/sip' }, pin: { secret: 's/pin' } };
    const declare = (tenant: string, number: string) =>
      scene.declare({
        pbx: { sede: scene.pbx('sede', { tenant }) },
        extensions: [{ pbx: 'sede', number, name: 'Puesto', email: `ext${number}@acme.example`, secrets }],
      });
    const foreign = { number: '160', name: 'Ajena', email: 'a@beta.example', secret: otherSecret };
    box.tenant('302').create(foreign, { apply: true });
    await declare('301', '160');
    await scene.ends(0, ...apply);
    await declare('302', '161');
    expect(await scene.ends(0, ...apply)).toContain('[provider-orphan · acme/pbx:sede/extension:160]');
    await scene.ends(0, ...plan);
    expect(box.tenant('302').saved()).toMatchObject({ 160: { name: 'Ajena' }, 161: { name: 'Puesto' } });
    expect(box.tenant('301').saved()[160]).toMatchObject({ name: 'Puesto' });
  });

  it('to another address of the same box, by its serial: all goes on as before', async () => {
    const { scene, box, declare, asked } = await startOffice();
    await declare(['2000', '2001']);
    const stack = await scene.own(byHand({ a: sealed('2000'), b: sealed('2001') }));
    await stack.ends(0, ...apply);
    const url = (scene.lab.boxes[0]?.url ?? '').replace('127.0.0.1', 'localhost');
    await declare(['2000', '2001'], { pbx: { sede: scene.pbx('sede', { url }) } });
    await stack.ends(0, ...plan);
    await stack.write(byHand({ a: { ...sealed('2000'), name: 'Otro' } }));
    expect(await stack.ends(0, ...apply)).toContain('0 added, 1 changed, 1 destroyed');
    await stack.ends(0, ...plan);
    expect(asked('/extension/add')).toBe(2);
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    expect(box.running()[2001]).toBeUndefined();
  });

  it('to another address of the same box, where the synthesised stack calls it otherwise: nothing is deleted', async () => {
    const { scene, box, declare, asked } = await startOffice();
    await declare(['2000']);
    await scene.ends(0, ...apply);
    const url = (scene.lab.boxes[0]?.url ?? '').replace('127.0.0.1', 'localhost');
    await declare(['2000'], { pbx: { sede: scene.pbx('sede', { url }) } });
    await scene.run(...apply);
    expect(asked('/extension/delete')).toBe(0);
    expect(box.running()[2000]).toMatchObject({ username: 'Puesto' });
  });
});
