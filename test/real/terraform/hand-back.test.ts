import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../../support/terraform-desk.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/hand-back.test.ts${terraformNote}`);

const file = 'clients/acme/client.yaml';

/** A client goes from one engine to the other and back. What is managed stays managed, and nothing is written because of it. */
describe.skipIf(missingTerraform !== null)(`moving between the engines${terraformNote}`, () => {
  let desk: TerraformDesk;

  const engine = (name: 'alta' | 'terraform') =>
    desk.edit(file, (text) => text.replace(/^engine: \w+$/m, `engine: ${name}`));
  const state = async () => JSON.parse(await readFile(join(desk.folder, 'state', 'acme.json'), 'utf8'));

  beforeAll(async () => {
    desk = await openTerraformDesk();
    await engine('alta');
    expect(await desk.alta('apply', '--client', 'acme', '--yes')).toMatchObject({ code: 0 });
  });
  afterAll(() => desk.close());

  it('is refused by Terraform while Alta owns it', async () => {
    const { code, err } = await desk.terraform('acme', 'plan');
    expect([code, err]).toEqual([1, expect.stringContaining('[engine-alta]')]);
  });

  it('to Terraform: everything is imported, nothing is changed', async () => {
    await engine('terraform');
    expect((await desk.alta('apply', '--client', 'acme', '--yes')).err).toContain('[engine-terraform]');
    const { code, out } = await desk.terraform('acme', 'apply', '-auto-approve');
    expect(code, out).toBe(0);
    expect(out).toMatch(/Resources: 2 imported, 0 added, 0 changed, 0 destroyed/);
    expect(await desk.terraform('acme', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('under Terraform: one is changed, one is created', async () => {
    await desk.edit(file, (text) =>
      text
        .replace(/^( +name: )Recepción$/m, '$1Entrada')
        .replace(
          /^extensions:\n/m,
          'extensions:\n  - { pbx: sede, number: "577", name: Nuevo, secrets: { sip: { source: pbx } } }\n',
        ),
    );
    const { code, out } = await desk.terraform('acme', 'apply', '-auto-approve');
    expect(code, out).toBe(0);
    expect(out).toMatch(/Resources: 1 added, 1 changed, 0 destroyed/);
  });

  it('says what to give where Terraform has no state in the workspace', async () => {
    expect((await desk.alta('terraform', 'hand-back', 'acme')).err).toContain('[engine-terraform]');
    await engine('alta');
    const { code, err } = await desk.alta('terraform', 'hand-back', 'acme', '--state', file);
    expect([code, err]).toEqual([1, expect.stringContaining('[terraform-state-unreadable]')]);
  });

  it('back to Alta: it knows all three, and has nothing to do', async () => {
    const { code, out } = await desk.alta('terraform', 'hand-back', 'acme');
    expect([code, out]).toEqual([0, expect.stringMatching(/^3 resources are in the state of Alta now/)]);
    const plan = await desk.alta('plan', '--client', 'acme', '--detailed-exitcode');
    expect([plan.code, plan.out]).toEqual([0, expect.stringContaining('0 changes · 0 deferred')]);
    expect(Object.keys((await state()).resources)).toHaveLength(3);
  });

  it('is refused by Terraform from then on, and a second hand-back undoes nothing', async () => {
    const stale = join(desk.folder, 'state', 'terraform', 'acme.tfstate');
    await copyFile(stale, join(desk.folder, 'pulled.json'));
    await desk.edit(file, (text) => text.replace(/^( +name: )Entrada$/m, '$1Mostrador'));
    expect(await desk.alta('apply', '--client', 'acme', '--yes')).toMatchObject({ code: 0 });
    const before = (await state()).resources;
    expect(await desk.alta('terraform', 'hand-back', 'acme', '--state', 'pulled.json')).toMatchObject({
      code: 0,
    });
    expect((await state()).resources).toEqual(before);
    expect((await desk.terraform('acme', 'plan')).err).toContain('[engine-alta]');
  });
});
