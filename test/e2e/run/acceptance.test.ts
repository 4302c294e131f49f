import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../../engine/plan/index.ts';
import { applyWorkspace, attest, doctor, planWorkspace, verifyWorkspace } from '../../../engine/run/index.ts';
import { applyOptions, planOptions, startWorld, type World } from './world.ts';

const secret = 'Kf7mQ2xRt-p9WbL4hZc6';
let world: World;

beforeEach(async () => {
  world = await startWorld([
    { name: 'sede', edition: 'v2.0.0', extensions: 0 },
    { name: 'almacen', edition: 'v1.1.0', extensions: 1 },
  ]);
});

afterEach(() => world.close());

async function declare(pbx: string, numbers: readonly string[]): Promise<void> {
  await world.client({
    pbx: { [pbx]: world.pbx(pbx) },
    extensions: numbers.map((number) => ({ pbx, number, name: `Puesto ${number}` })),
  });
  for (const number of numbers) await world.secret('values', `extensions/${pbx}/${number}/sip`, secret);
}

async function changes(over: Partial<typeof planOptions> = {}) {
  const result = await planWorkspace(world.context(), { ...planOptions, ...over });
  return result.plan?.clients.flatMap((client) => client.changes) ?? [];
}

describe('a box that came back empty', () => {
  it('gets nothing at all, neither what was there nor what is new, however often it is tried', async () => {
    await declare('sede', ['2000', '2001']);
    await applyWorkspace(world.context(), applyOptions);
    world.lab.box('sede').empty();
    await declare('sede', ['2000', '2001', '2002']);
    for (const attempt of [1, 2]) {
      const { report } = await applyWorkspace(world.context(), applyOptions);
      const results = report?.clients[0]?.steps.map((step) => step.blocked?.code);
      expect([attempt, results]).toEqual([attempt, ['all-gone', 'all-gone', 'all-gone']]);
    }
    expect(world.lab.box('sede').saved()).toEqual({});
  });
});

describe('a step done by a person', () => {
  const form = (registerpassword: string) =>
    world.lab
      .box('almacen')
      .create({ number: '30', username: 'Puesto 30', registerpassword }, { apply: true });

  beforeEach(async () => {
    await declare('almacen', ['30']);
    await applyWorkspace(world.context(), applyOptions);
  });

  it('needs no word once it shows', async () => {
    form(secret);
    const address = 'acme/pbx:almacen/extension:30';
    const { diagnostics } = await attest(world.context(), { address, note: null, lockTimeoutMs: 0 });
    expect(diagnostics.map((d) => d.code)).toEqual(['attest-seen']);
    await applyWorkspace(world.context(), applyOptions);
    expect(await changes()).toEqual([]);
  });

  it('with another password is drift, and put right', async () => {
    form('Zq8nT3vYb-k5JdM2wXs7');
    await applyWorkspace(world.context(), applyOptions);
    expect(await changes()).toMatchObject([{ section: 'drift', fields: [{ field: 'sip' }] }]);
    await applyWorkspace(world.context(), applyOptions);
    expect(world.lab.box('almacen').running()['30']?.registerpassword).toBe(secret);
    expect(await changes()).toEqual([]);
  });
});

describe('what a run is about', () => {
  beforeEach(() => declare('sede', ['2000']));

  it('is compared with state alone where nobody is to be contacted', async () => {
    expect(await changes({ noRead: true })).toMatchObject([{ action: 'create', key: '2000' }]);
    expect(world.lab.box('sede').requests().total).toBe(0);
    await applyWorkspace(world.context(), applyOptions);
    expect(await changes({ noRead: true })).toEqual([]);
  });

  it.each([
    ['target', { targets: ['acme/pbx:sedee'], exclude: [] }],
    ['exclude', { targets: [], exclude: ['banana'] }],
  ])('is refused where --%s names nothing', async (_, selection) => {
    await expect(changes({ selection })).rejects.toMatchObject({ code: 'selection-unknown' });
    const verifying = verifyWorkspace(world.context(), { ...planOptions, selection });
    await expect(verifying).rejects.toMatchObject({ code: 'selection-unknown' });
  });

  it('is everything by default', async () => {
    expect((await changes({ selection: everything })).map((c) => c.key)).toEqual(['2000']);
  });
});

it('finds the keys of a workspace without clients', async () => {
  await rm(join(world.root, 'clients'), { recursive: true });
  const found = await doctor(world.context(), planOptions);
  expect(found.findings.map((f) => f.code)).toEqual(['doctor-key', 'doctor-key', 'doctor-no-git']);
  expect(await readFile(join(world.root, 'alta.yaml'), 'utf8')).toContain('recipients');
});
