import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type Lab, type LabBox, type LabBoxService, type ServiceOf, startLab } from '../../../lab/index.ts';
import { synthesise } from '../../../stacks/index.ts';
import { layOut, type Papers } from '../papers.ts';
import { plannedIn } from './changes.ts';
import type { Scene, SceneOptions, SceneServer } from './contract.ts';
import { openOwn } from './own.ts';
import { deviceBlock, loginBlock, sealLogins } from './papers.ts';
import { startServer } from './server.ts';
import { demand, startTerraform } from './start.ts';

export type { OwnStack, PlannedChange, Scene, SceneOptions } from './contract.ts';

/** Everything goes with the test. */
export async function startScene<Box extends LabBox>(
  options: SceneOptions<Box>,
): Promise<Scene<ServiceOf<Box>>> {
  const root = await mkdtemp(join(tmpdir(), 'alta-scene-'));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const lab = await startLab({ boxes: [...options.boxes], phones: [...(options.phones ?? [])] });
  onTestFinished(() => lab.close());
  await Promise.all(lab.phones.map(({ name }) => lab.phone(name).settled()));
  const papers = await layOut(root, options.workspace);
  const server = await startServer(root, options);
  return sceneOf({ root, lab, papers, server, environment: options.environment ?? {} });
}

interface Parts<Service extends LabBoxService> {
  readonly root: string;
  readonly lab: Lab<Service>;
  readonly papers: Papers;
  readonly server: SceneServer;
  readonly environment: Readonly<Record<string, string>>;
}

function sceneOf<Service extends LabBoxService>(parts: Parts<Service>): Scene<Service> {
  const { root, lab, papers, server, environment } = parts;
  const outdir = join(root, 'cdktf.out');
  const sealed = new Set<string>();
  const initialised = new Set<string>();
  const terraform = (...args: readonly string[]) =>
    startTerraform(scene.folder(), args, { reattach: server.reattach(), environment });
  const scene: Scene<Service> = {
    root,
    lab,
    papers,
    server,
    client: 'acme',
    pbx: (box, over) => loginBlock(lab, box, over),
    device: (id, accounts, over) => deviceBlock(lab, id, accounts, over),
    declare: async (data) => {
      const id = scene.client;
      if (!sealed.has(id)) await sealLogins(lab, papers, id);
      sealed.add(id);
      const head = { apiVersion: 'alta/v1', kind: 'Client', engine: 'terraform' };
      await papers.write(`clients/${id}/client.yaml`, {
        ...head,
        client: { id, name: `${id} S.L.` },
        ...data,
      });
    },
    secret: (group, name, value) => papers.secret(scene.client, group, name, value),
    synth: () => synthesise(root, outdir, { clients: [], version: '0.0.0-test' }),
    start: async (...args) => {
      const { diagnostics } = await scene.synth();
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      if (!initialised.has(scene.client)) {
        const { code, output } = await (await terraform('init')).outcome;
        expect(code, output).toBe(0);
        initialised.add(scene.client);
      }
      return terraform(...args);
    },
    run: async (...args) => (await scene.start(...args)).outcome,
    ends: (code, ...args) => demand(code, args, () => scene.run(...args)),
    own: (configuration) =>
      openOwn(configuration, (folder, args) =>
        startTerraform(folder, args, { reattach: server.reattach(), environment }),
      ),
    planned: (...args) => plannedIn(scene, terraform, args),
    changes: async (...args) => {
      const { output, changes } = await scene.planned(...args);
      expect(changes, output).not.toBeNull();
      return changes ?? [];
    },
    folder: () => join(outdir, 'stacks', scene.client),
    state: () => readFile(join(root, 'state/terraform', `${scene.client}.tfstate`), 'utf8').catch(() => ''),
  };
  return scene;
}
