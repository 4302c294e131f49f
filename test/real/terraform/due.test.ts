import { describe, expect, it } from 'vitest';
import { at, startOffice } from '../../support/scene/office.ts';
import { goodSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/due.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** A box with an Apply of its own, on which 2000 is managed and shall be called otherwise. */
async function renaming(apart: boolean) {
  const seed = ['2000', '2001'].map((number) => ({
    number,
    username: 'Puesto',
    registerpassword: goodSecret,
  }));
  const office = await startOffice({ apart, box: { edition: 'v1.1.0', seed } });
  await office.declare(['2000']);
  await office.scene.ends(0, ...apply);
  await office.declare([{ number: '2000', name: 'Otro' }]);
  return office;
}

describe.skipIf(missingTerraform !== null)(`a target's own Apply that is due${terraformNote}`, () => {
  it('after an update of unknown outcome: the next plan holds it, and the next apply does it', async () => {
    const { scene, box, asked, changes } = await renaming(false);
    box.addFault({ kind: 'lostAnswer', match: { path: '/extension/update' } });
    box.addFault({ kind: 'status', status: 500, times: 0, match: { path: '/apply' } });
    expect(await scene.ends(1, ...apply)).toContain(`[provider-commit-open · ${at('2000')}]`);
    box.clearFaults();
    expect(box.saved()[2000]).toMatchObject({ username: 'Otro' });
    const before = asked('/apply');
    expect(await changes()).toEqual([`update ${at('2000')}`]);
    await scene.ends(0, ...apply);
    expect(asked('/apply')).toBe(before + 1);
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    await scene.ends(0, ...plan);
    expect(asked('/apply')).toBe(before + 1);
  });

  it('after a kill between save and Apply', async () => {
    const { scene, box, asked, changes } = await renaming(true);
    box.addFault({ kind: 'hang', match: { path: '/apply' } });
    const running = await scene.start(...apply);
    await expect.poll(() => asked('/apply'), { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
    await scene.server.kill();
    await running.outcome;
    box.clearFaults();
    await scene.server.restart();
    expect(await changes()).toEqual([`update ${at('2000')}`]);
    const before = asked('/apply');
    await scene.ends(0, ...apply);
    expect(asked('/apply')).toBe(before + 1);
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    await scene.ends(0, ...plan);
  });
});

describe.skipIf(missingTerraform !== null)(`on a box that deletes only by hand${terraformNote}`, () => {
  it('a deletion is told with its form, refused, and done once somebody did it', async () => {
    const seed = ['2000', '2001'].map((number) => ({
      number,
      username: 'Puesto',
      registerpassword: goodSecret,
    }));
    const { scene, box, declare } = await startOffice({ box: { edition: 'v1.1.0', seed } });
    await declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    await declare(['2000']);
    const told = await scene.ends(2, ...plan);
    expect(told).toContain(`[provider-person-first · ${at('2001')}]`);
    expect(told).toContain('Delete');
    const refused = await scene.ends(1, ...apply);
    expect(refused).toContain(`[provider-person-first · ${at('2001')}]`);
    expect(refused).toContain('Delete');
    expect(box.saved()[2001]).toBeDefined();
    box.remove('2001', { apply: true });
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
  });
});
