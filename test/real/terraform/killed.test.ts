import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mesa, type Office, startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/killed.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** The serving process dies as soon as `due` holds, in the middle of an apply; another one takes its place. */
async function killedWhen({ scene }: Office, due: () => boolean): Promise<void> {
  const running = await scene.start(...apply);
  await expect.poll(due, { interval: 5, timeout: 20_000 }).toBe(true);
  await scene.server.kill();
  expect(await running.outcome).toMatchObject({ code: 1 });
  await scene.server.restart();
}

/** Names of what the provider keeps on disk for the next run. */
function kept({ scene }: Office): Promise<readonly string[]> {
  return readdir(join(scene.root, '.alta/terraform/acme')).catch(() => []);
}

describe.skipIf(missingTerraform !== null)(`the process that serves dies${terraformNote}`, () => {
  it('in the middle of an update: the next run goes on, and a later secret is really sent', async () => {
    const office = await startOffice({ apart: true });
    const { scene, box, asked, declare } = office;
    await declare(['2000']);
    await scene.ends(0, ...apply);
    await declare([{ number: '2000', name: 'Otro' }]);
    box.addFault({ kind: 'hang', match: { path: '/extension/update' } });
    await killedWhen(office, () => asked('/extension/update') > 0);
    expect(await scene.ends(0, ...apply)).not.toContain('adopt');
    expect(box.running()[2000]).toMatchObject({ username: 'Otro', registerpassword: goodSecret });
    await scene.secret('values', 'extensions/sede/2000/sip', otherSecret);
    await scene.ends(0, ...apply);
    expect(box.running()[2000]).toMatchObject({ registerpassword: otherSecret });
    await scene.ends(0, ...plan);
  });

  it('in the middle of a create, and the update that it then needs is refused: it stays ours', async () => {
    const office = await startOffice({ apart: true });
    const { scene, box, asked, declare } = office;
    await declare(['2000']);
    box.addFault({ kind: 'slowloris', ms: 2_000, match: { path: '/extension/add' } });
    await killedWhen(office, () => box.saved()[2000] !== undefined);
    await declare([{ number: '2000', name: 'Otro' }]);
    box.addFault({ kind: 'status', status: 503, times: 0, match: { path: '/extension/update' } });
    await scene.ends(1, ...apply);
    box.clearFaults();
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(asked('/extension/add')).toBe(1);
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    expect(await kept(office)).toEqual([]);
  });

  it('in the middle of a create: Ctrl-C ends the wait for what may still appear', async () => {
    const office = await startOffice({ apart: true });
    const { scene, box, asked, declare } = office;
    await declare(['2000']);
    box.addFault({ kind: 'hang', match: { path: '/extension/add' } });
    await killedWhen(office, () => asked('/extension/add') > 0);
    const again = await scene.start(...apply);
    await again.said('Creating...');
    const begun = Date.now();
    again.process.kill('SIGINT');
    expect(await again.outcome).toMatchObject({ code: 1 });
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(asked('/extension/add')).toBe(1);
  });
});

describe.skipIf(missingTerraform !== null)(`a phone that cannot be written to now${terraformNote}`, () => {
  it('for it is in a call: nothing is claimed, and nobody waits for what was never sent', async () => {
    const office = await startOffice({ phones: [mesa] });
    const { scene, box, declare } = office;
    const phone = scene.lab.phone('mesa');
    await declare(['2000'], { devices: [scene.device('mesa', [{ line: 1, extension: 'sede/2000' }])] });
    phone.call(true);
    expect(await scene.ends(0, ...apply)).toContain('[provider-deferred · acme/device:mesa/account:1]');
    await scene.ends(0, ...apply);
    expect(await kept(office)).toEqual([]);
    phone.call(false);
    const begun = Date.now();
    await scene.ends(0, ...apply);
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(box.contacts()[2000]).toMatchObject([{ holder: 'mesa', line: 1 }]);
    await scene.ends(0, ...plan);
  });

  it('for it is away: nobody waits for it', async () => {
    const office = await startOffice({ phones: [mesa] });
    const { scene, declare } = office;
    const phone = scene.lab.phone('mesa');
    const accounts = [{ line: 1, extension: 'sede/2000' }];
    await declare(['2000'], { devices: [scene.device('mesa', accounts, { presence: 'sometimes' })] });
    await phone.power(false);
    const begun = Date.now();
    await scene.ends(0, ...apply);
    await scene.ends(0, ...apply);
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(await kept(office)).toEqual([]);
  });
});
