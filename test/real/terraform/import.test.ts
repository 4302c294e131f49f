import { describe, expect, it } from 'vitest';
import { apply } from '../../support/commands.ts';
import { at, startOffice } from '../../support/scene/office.ts';
import { goodSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/import.test.ts${terraformNote}`);

const there = { number: '2000', username: 'Puesto', registerpassword: goodSecret };

describe.skipIf(missingTerraform !== null)(`import${terraformNote}`, () => {
  it.each([
    ['an address', () => at('2000')],
    ['a natural key', (url: string) => `yeastar:${url}#extension:2000`],
  ])('by a block with %s: nothing is written, and the next plan is empty', async (_, id) => {
    const { scene, box, declare } = await startOffice({ box: { seed: [there] } });
    await declare(['2000']);
    const before = JSON.stringify(box.saved());
    const puesto = {
      target: 'acme/pbx:sede',
      number: '2000',
      name: 'Puesto',
      sip_secret: 'secret:extensions/sede/2000/sip',
    };
    const stack = await scene.own({
      provider: { alta: [{ client: 'acme' }] },
      resource: { alta_extension: { puesto } },
      import: [{ to: 'alta_extension.puesto', id: id(scene.lab.boxes[0]?.url ?? '') }],
    });
    expect(await stack.ends(0, 'apply', '-auto-approve')).toContain('1 imported');
    expect(JSON.stringify(box.saved())).toBe(before);
    await stack.ends(0, 'plan', '-detailed-exitcode');
  });

  it.each([
    ['something that is not there', at('2999'), 'non-existent remote object'],
    ['an id that names nothing', 'elsewhere', '[import-id-unclear]'],
  ])('is refused for %s', async (_, id, reason) => {
    const { scene, declare } = await startOffice();
    await declare(['2000']);
    expect(await scene.ends(1, 'import', 'alta_extension.sede_2000', id)).toContain(reason);
    expect(await scene.state()).not.toContain('alta_extension');
  });

  it('what Terraform has deleted is declared again, and Alta had it once', async () => {
    const { scene, declare } = await startOffice();
    await declare(['2000', '2001'], { engine: 'alta' });
    await apply(scene);
    for (const numbers of [['2000', '2001'], ['2000'], ['2000', '2001']]) {
      await declare(numbers);
      await scene.ends(0, 'apply', '-auto-approve');
    }
  });

  it('what may be taken over is not there: it is created', async () => {
    const { scene, box, declare } = await startOffice();
    await declare([{ number: '2000', adopt: true }]);
    await scene.ends(0, 'apply', '-auto-approve');
    expect(box.running()[2000]).toBeDefined();
  });
});
