import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { byHand, writtenOut } from '../../support/scene/by-hand.ts';
import { at, mesa, type Office, startOffice } from '../../support/scene/office.ts';
import { goodSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/uncertain.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** The answer to a create is lost, and a colleague changes what it made before anybody looks. */
async function loseAnswer({ scene, box }: Office): Promise<string> {
  box.addFault({ kind: 'truncate', match: { path: '/extension/add' } });
  box.addFault({ kind: 'latency', ms: 400, times: 0, match: { path: '/extension/query' } });
  const running = await scene.start(...apply);
  await expect.poll(() => box.saved()[2000], { interval: 5, timeout: 20_000 }).toBeDefined();
  box.edit('2000', { username: 'Colega' }, { apply: true });
  const { code, output } = await running.outcome;
  expect(code, output).toBe(1);
  box.clearFaults();
  return output;
}

describe.skipIf(missingTerraform !== null)(`what nobody is certain of${terraformNote}`, () => {
  it('stays out of the state, and no failure beside it makes Terraform delete it', async () => {
    const office = await startOffice({ phones: [mesa] });
    const { scene, box, asked, declare } = office;
    const phone = scene.lab.phone('mesa');
    const device = scene.device('mesa', [{ line: 1, extension: 'sede/2000' }]);
    await declare(['2000'], { devices: [device] });
    await loseAnswer(office);
    expect(await scene.state()).not.toContain('"alta_extension"');
    expect(await scene.ends(2, ...plan)).toContain('2 to add, 0 to change, 0 to destroy');

    const running = await scene.start(...apply);
    await running.said('alta_extension.sede_2000: Creating...');
    await phone.power(false);
    expect(await running.outcome).toMatchObject({ code: 1 });
    expect(await scene.state()).not.toMatch(/deposed|tainted/);
    await phone.power(true);
    await phone.settled();
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(asked('/extension/delete')).toBe(0);
    expect(box.running()[2000]).toMatchObject({ username: 'Puesto', registerpassword: goodSecret });
    expect(box.contacts()[2000]).toMatchObject([{ holder: 'mesa', line: 1 }]);
  });

  it('is what Terraform replaces by itself: the extension is kept', async () => {
    const { scene, box, asked, declare } = await startOffice();
    await declare(['2000']);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...apply, '-replace=alta_extension.sede_2000');
    expect(asked('/extension/delete')).toBe(0);
    await scene.ends(0, 'taint', 'alta_extension.sede_2000');
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(asked('/extension/delete')).toBe(0);
    expect(box.running()[2000]).toMatchObject({ registerpassword: goodSecret });
  });

  it('is left over from a replacement that broke off: refused, and nothing is deleted', async () => {
    const { scene, asked, declare } = await startOffice();
    await declare(['2000']);
    await scene.ends(0, ...apply);
    const state = JSON.parse(await scene.state());
    const held = state.resources.find(({ type }: { readonly type: string }) => type === 'alta_extension');
    held.instances.push({ ...held.instances[0], deposed: '0123abcd' });
    state.serial += 1;
    await writeFile(join(scene.root, 'state/terraform/acme.tfstate'), JSON.stringify(state));
    expect(await scene.ends(1, ...apply)).toContain(`[provider-both-ways · ${at('2000')}]`);
    expect(asked('/extension/delete')).toBe(0);
  });

  it('renamed by hand without `moved`: refused, and nothing is deleted', async () => {
    const { scene, asked, declare } = await startOffice();
    await declare(['2000']);
    const stack = await scene.own(byHand({ a: { number: '2000', ...writtenOut } }));
    await stack.ends(0, ...apply);
    const renamed = byHand({ b: { number: '2000', ...writtenOut } });
    await stack.write(renamed);
    expect(await stack.ends(1, ...apply)).toContain(`[provider-both-ways · ${at('2000')}]`);
    expect(asked('/extension/delete')).toBe(0);
    await stack.write({ ...renamed, moved: [{ from: 'alta_extension.a', to: 'alta_extension.b' }] });
    await stack.ends(0, ...apply);
    await stack.ends(0, ...plan);
    expect(asked('/extension/delete')).toBe(0);
  });
});
