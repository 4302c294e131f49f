import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyWorkspace, planWorkspace } from '../../../engine/run/index.ts';
import { applyOptions, planOptions, startWorld, type World } from './world.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld([
    { name: 'sede', edition: 'v2.0.0', extensions: 3 },
    { name: 'almacen', edition: 'v1.1.0', extensions: 2, firstNumber: 20 },
  ]);
});

afterEach(() => world.close());

describe('the main job', () => {
  it('creates an extension, and the second plan has no change', async () => {
    await world.client({
      pbx: { sede: world.pbx('sede') },
      extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción', email: 'r@acme.example', nat: true }],
    });
    await world.secret('values', 'extensions/sede/2000/sip', 'Kf7mQ2xRt-p9WbL4hZc6');
    const applied = await applyWorkspace(world.context(), applyOptions);
    expect(applied.diagnostics).toEqual([]);
    expect(applied.report?.clients[0]).toMatchObject({
      state: 'saved',
      steps: [{ address: 'acme/pbx:sede/extension:2000', result: 'done' }],
    });
    expect(world.lab.box('sede').running()['2000']).toMatchObject({ username: 'Recepción' });
    const again = await planWorkspace(world.context(), planOptions);
    expect(again.plan?.clients[0]?.counts.changes).toBe(0);
    expect(again.plan?.clients[0]?.changes).toEqual([]);
  });

  it('goes on for one client while the files of another are broken', async () => {
    await world.client({
      pbx: { sede: world.pbx('sede') },
      extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción' }],
    });
    await world.secret('values', 'extensions/sede/2000/sip', 'Kf7mQ2xRt-p9WbL4hZc6');
    await mkdir(join(world.root, 'clients/roto'), { recursive: true });
    await writeFile(join(world.root, 'clients/roto/client.yaml'), 'apiVersion: [');
    const one = await planWorkspace(world.context(), { ...planOptions, clients: ['acme'] });
    expect(one.plan?.clients.map((client) => client.counts.changes)).toEqual([1]);
    const all = await planWorkspace(world.context(), planOptions);
    expect([all.plan, all.diagnostics.some((d) => d.severity === 'error')]).toEqual([null, true]);
  });
});
