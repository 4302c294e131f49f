import { describe, expect, it } from 'vitest';
import { later, type Office, startOffice } from '../../support/scene/office.ts';
import { goodSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/crash.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** Resolves when the box has been asked to create something. */
async function creating({ asked }: Office): Promise<void> {
  await expect.poll(() => asked('/extension/add'), { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
}

/** Resolves when the box has it. */
async function there({ box }: Office, number: string): Promise<void> {
  await expect.poll(() => box.saved()[number], { interval: 5, timeout: 20_000 }).toBeDefined();
}

/** The next run finishes the work, creates nothing twice and leaves no session but those of who was killed. */
async function expectConverged(office: Office, { creates = 1, left = 0 } = {}): Promise<void> {
  const { scene, box, asked } = office;
  await scene.ends(0, ...apply);
  await scene.ends(0, ...plan);
  expect(box.running()[2000]).toMatchObject({ username: 'Puesto', registerpassword: goodSecret });
  expect(asked('/extension/add')).toBe(creates);
  await expect.poll(() => box.sessions(), { timeout: 5_000 }).toBe(left);
}

describe.skipIf(missingTerraform !== null)(`after a crash${terraformNote}`, () => {
  it('Terraform is killed while the PBX creates: what appeared is ours', async () => {
    const office = await startOffice();
    const { scene, box } = office;
    await office.declare(['2000']);
    box.addFault({ kind: 'latency', ms: 400, match: { path: '/extension/add' } });
    const running = await scene.start(...apply);
    await creating(office);
    running.process.kill('SIGKILL');
    await running.outcome;
    await there(office, '2000');
    expect(await scene.state()).not.toContain('alta_extension');
    await expectConverged(office);
  });

  it('the serving process is killed, the create done and its answer lost', async () => {
    const office = await startOffice({ apart: true });
    const { scene, box } = office;
    await office.declare(['2000']);
    box.addFault({ kind: 'slowloris', ms: 30, match: { path: '/extension/add' } });
    const running = await scene.start(...apply);
    await there(office, '2000');
    await scene.server.kill();
    expect(await running.outcome).toMatchObject({ code: 1 });
    await scene.server.restart();
    await expectConverged(office, { left: 1 });
  });

  it('the serving process is killed, and the create never arrives', async () => {
    const office = await startOffice({ apart: true });
    const { scene, box } = office;
    await office.declare(['2000']);
    box.addFault({ kind: 'hang', match: { path: '/extension/add' } });
    const running = await scene.start(...apply);
    await creating(office);
    await scene.server.kill();
    expect(await running.outcome).toMatchObject({ code: 1 });
    await scene.server.restart();
    await later(office);
    await expectConverged(office, { creates: 2, left: 1 });
  });

  it('what a colleague made meanwhile under the same number is not taken over', async () => {
    const office = await startOffice({ apart: true });
    const { scene, box } = office;
    await office.declare(['2000']);
    box.addFault({ kind: 'hang', match: { path: '/extension/add' } });
    const running = await scene.start(...apply);
    await creating(office);
    await scene.server.kill();
    await running.outcome;
    await scene.server.restart();
    await later(office);
    box.create({ number: '2000', username: 'Colega' }, { apply: true });
    const before = JSON.stringify(box.saved());
    expect(await scene.ends(1, ...apply)).toContain('adopt');
    expect(JSON.stringify(box.saved())).toBe(before);
  });

  it('Ctrl-C lets what was begun end, and starts nothing else', async () => {
    const office = await startOffice();
    const { scene, box } = office;
    await office.declare(['2000', '2001', '2002']);
    box.addFault({ kind: 'latency', ms: 500, match: { path: '/extension/add' } });
    const running = await scene.start(...apply, '-parallelism=1');
    await creating(office);
    running.process.kill('SIGINT');
    expect(await running.outcome).toMatchObject({ code: 1 });
    expect(Object.keys(box.saved())).toHaveLength(3);
    expect(await scene.state()).toContain('"number": "200');
    await expectConverged(office, { creates: 3 });
  });

  it('a create fails while a colleague makes that number: it is theirs, and not destroyed with ours', async () => {
    const office = await startOffice();
    const { scene, box } = office;
    await office.declare(['2000', '2001']);
    for (const kind of ['latency', 'reset'] as const) {
      box.addFault({ kind, ms: 300, match: { path: '/extension/add' }, times: 0 });
    }
    const running = await scene.start(...apply);
    await creating(office);
    box.create({ number: '2000', username: 'Colega' }, { apply: true });
    expect(await running.outcome).toMatchObject({ code: 1 });
    box.clearFaults();
    expect(await scene.state()).not.toContain('alta_extension');
    await office.declare([]);
    await scene.ends(0, ...plan);
    expect(box.running()[2000]).toMatchObject({ username: 'Colega' });
  });

  it('somebody changes what was just made: it stays out of the state, is put right, and not deleted', async () => {
    const office = await startOffice();
    const { scene, box } = office;
    await office.declare(['2000']);
    box.addFault({ kind: 'slowloris', ms: 20, match: { path: '/extension/add' } });
    const running = await scene.start(...apply);
    await there(office, '2000');
    box.edit('2000', { username: 'Colega' }, { apply: true });
    const { code, output } = await running.outcome;
    expect(code).toBe(1);
    expect(output).toContain('[provider-unconfirmed · acme/pbx:sede/extension:2000]');
    expect(await scene.state()).not.toContain('alta_extension');
    expect(await scene.ends(2, ...plan)).toContain('1 to add, 0 to change, 0 to destroy');
    await expectConverged(office);
    expect(office.asked('/extension/delete')).toBe(0);
  });

  it('an answer is lost after an update, a create and then a delete that happened', async () => {
    const office = await startOffice();
    const { scene, box } = office;
    await office.declare(['2000', '2001']);
    await scene.ends(0, ...apply);
    await office.declare([{ number: '2000', name: 'Otro' }, '2002']);
    for (const path of ['update', 'add', 'delete']) {
      box.addFault({ kind: 'lostAnswer', match: { path: `/extension/${path}` } });
    }
    const said = await scene.ends(1, ...apply);
    expect(said).toContain('[connection-reset · acme/pbx:sede/extension:2000]');
    expect(said).toContain('[provider-answer-lost · acme/pbx:sede/extension:2002]');
    expect(said).toContain('[deletes-wait · acme/pbx:sede/extension:2001]');
    expect(Object.keys(box.running())).toEqual(['1000', '1001', '2000', '2001', '2002']);
    expect(await scene.ends(1, ...apply)).toContain('[connection-reset · acme/pbx:sede/extension:2001]');
    expect(Object.keys(box.running())).toEqual(['1000', '1001', '2000', '2002']);
    await scene.ends(0, ...apply);
    await scene.ends(0, ...plan);
    expect(Object.keys(box.running()).sort()).toEqual(['1000', '1001', '2000', '2002']);
    expect(box.running()[2000]).toMatchObject({ username: 'Otro' });
    expect(office.asked('/extension/add')).toBe(3);
  });
});
