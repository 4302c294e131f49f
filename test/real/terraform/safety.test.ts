import { describe, expect, it } from 'vitest';
import { at, startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/safety.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

describe.skipIf(missingTerraform !== null)(`what Terraform may not do${terraformNote}`, () => {
  it('fill an emptied PBX anew without consent', async () => {
    const { scene, box, declare, changes } = await startOffice({ box: { extensions: 0 } });
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    box.empty();
    expect(await scene.ends(1, ...plan)).toContain(`[provider-all-gone · ${at('2000')}]`);
    await scene.ends(1, ...apply);
    const blind = await scene.ends(1, 'apply', '-refresh=false', '-auto-approve');
    expect(blind).toContain(`[provider-all-gone · ${at('2000')}]`);
    expect(box.saved()).toEqual({});
    await scene.server.restart({ ALTA_RECREATE: 'true' });
    expect(await changes()).toEqual([`create ${at('2000')}`, `create ${at('2001')}`]);
    await scene.ends(0, ...apply);
    await scene.server.restart();
    await scene.ends(0, ...plan);
  });

  it('fill it anew because somebody else is left there', async () => {
    const { scene, box, declare } = await startOffice();
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    for (const number of ['1001', '2000', '2001']) box.remove(number, { apply: true });
    expect(await scene.ends(1, ...apply)).toContain(`[provider-all-gone · ${at('2000')}]`);
    expect(Object.keys(box.saved())).toEqual(['1000']);
    await scene.server.restart({ ALTA_RECREATE: 'true' });
    await scene.ends(0, ...apply);
    expect(Object.keys(box.saved())).toEqual(['1000', '2000', '2001']);
  });

  it('create again what alone is gone, but say so', async () => {
    const { scene, box, declare, changes } = await startOffice();
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    box.remove('2000', { apply: true });
    expect(await changes()).toEqual([`create ${at('2000')}`]);
  });

  it('delete what is protected', async () => {
    const { scene, box, declare, changes } = await startOffice();
    await declare([{ number: '2000', protect: true }, '2001']);
    await scene.ends(0, ...apply);
    await declare(['2001']);
    expect(await scene.ends(1, ...plan)).toContain(`[provider-protected · ${at('2000')}]`);
    expect(await scene.ends(1, 'destroy', '-auto-approve')).toContain('rotect');
    expect(Object.keys(box.saved())).toContain('2000');
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    await declare(['2001']);
    expect(await changes()).toEqual([`delete ${at('2000')}`]);
    await scene.ends(0, ...apply);
    expect(Object.keys(box.saved())).not.toContain('2000');
  });

  it('replace what is there already, unless the line says so; a secret only where it says that too', async () => {
    const there = { number: '2000', username: 'Antes', registerpassword: otherSecret };
    const { scene, box, declare } = await startOffice({ box: { seed: [there] } });
    await declare(['2000']);
    const before = JSON.stringify(box.saved());
    expect(await scene.ends(1, ...plan)).toContain('adopt: true');
    await scene.ends(1, ...apply);
    expect(JSON.stringify(box.saved())).toBe(before);

    await declare([{ number: '2000', adopt: true }]);
    expect(await scene.ends(0, ...apply)).toContain('[provider-never-applied');
    expect(box.running()[2000]).toMatchObject({ username: 'Puesto', registerpassword: otherSecret });
    await scene.ends(0, ...plan);

    await declare([{ number: '2000', adopt: { secrets: true } }]);
    await scene.ends(0, ...apply);
    expect(box.running()[2000]).toMatchObject({ registerpassword: goodSecret });
    await scene.ends(0, ...plan);
  });

  it('write what was approved before a colleague wrote', async () => {
    const { scene, box, declare, changes } = await startOffice();
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000', name: 'Otro' }, '2001', '2002']);
    expect(await changes()).toEqual([`update ${at('2000')}`, `create ${at('2002')}`]);
    box.edit('2000', { username: 'Colega' }, { apply: true });
    box.create({ number: '2002', username: 'Ajena' }, { apply: true });
    const before = JSON.stringify(box.saved());
    const said = await scene.ends(1, 'apply', 'plan.tfplan');
    expect(said).toContain(`[provider-stale · ${at('2000')}]`);
    expect(said).toContain(`[provider-blocked · ${at('2002')}]`);
    expect(JSON.stringify(box.saved())).toBe(before);
  });

  it('delete what a colleague has changed since the plan was approved', async () => {
    const { scene, box, declare, changes } = await startOffice();
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    await declare(['2001']);
    expect(await changes()).toEqual([`delete ${at('2000')}`]);
    box.edit('2000', { username: 'Colega' }, { apply: true });
    expect(await scene.ends(1, 'apply', 'plan.tfplan')).toContain(`[provider-stale · ${at('2000')}]`);
    expect(box.saved()[2000]).toMatchObject({ username: 'Colega' });
  });
});
