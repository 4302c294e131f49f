import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type NamedSecret,
  renderNewClient,
  renderSecrets,
  renderWorkspace,
  setSecrets,
} from '../../engine/edit/index.ts';
import { AltaError, type Lang } from '../../engine/model/index.ts';
import type { WorkspaceDocument } from '../../engine/model/input.ts';
import { ignoredByGit, schemaFiles } from '../../engine/run/author/init.ts';
import {
  groups,
  initSecrets,
  type Recipients,
  type SecretsFile,
  workspaceScope,
} from '../../engine/secrets/index.ts';
import { realClock } from '../../providers/transport/clock.ts';
import {
  type ClientPlan,
  clientDocument,
  clientPlan,
  clientSecrets,
  labClient,
  platformsOf,
  sharedSecrets,
} from './client.ts';
import { sealAll } from './secrets.ts';
import type { Training } from './training.ts';

/** @throws AltaError `lab-folder-used` for a folder that holds an alta.yaml. */
export function refuseUsedFolder(folder: string): void {
  if (existsSync(join(folder, 'alta.yaml'))) throw new AltaError('lab-folder-used', { folder });
}

/**
 * Writes a workspace of one invented client whose PBXs and phones are those of a lab: alta.yaml, an identity of its own, encrypted
 * credentials, a few extensions. What the boxes have already is left foreign, except one extension that the YAML adopts as it is.
 */
export async function writeLabWorkspace(folder: string, training: Training, lang: Lang): Promise<void> {
  const identity = join(folder, '.alta', 'identity.txt');
  const { recipients, file } = await initSecrets(identity, 'lab', new Date(realClock.now()));
  const plan = await clientPlan(training);
  const secrets = await sealAll(labClient, clientSecrets(plan), recipients);
  const shared = await sealAll(workspaceScope, sharedSecrets(plan), recipients);
  const write = writerTo(folder);
  await write('.gitignore', ignoredByGit);
  await write('alta.yaml', renderWorkspace(workspaceDocument(recipients, plan), lang));
  await write('secrets.yaml', setSecrets(renderSecrets(null), [...entriesOf(file), ...shared]));
  await write(`clients/${labClient}/client.yaml`, renderNewClient({ document: clientDocument(plan), lang }));
  await write(`clients/${labClient}/secrets.yaml`, setSecrets(renderSecrets(labClient), secrets));
  for (const { filename, text } of await schemaFiles()) await write(filename, text);
}

function writerTo(folder: string): (filename: string, text: string) => Promise<void> {
  return async (filename, text) => {
    const path = join(folder, filename);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  };
}

function entriesOf(file: SecretsFile): NamedSecret[] {
  return groups.flatMap((group) =>
    Object.entries(file[group] ?? {}).map(([name, entry]) => ({ group, name, entry })),
  );
}

function workspaceDocument({ connect, values }: Recipients, plan: ClientPlan): WorkspaceDocument {
  const recipients = { connect: { ...connect }, values: { ...values } };
  const state = { backend: 'local', path: 'state' } as const;
  const platforms = platformsOf(plan);
  const shared = Object.keys(platforms).length === 0 ? {} : { platforms };
  return { apiVersion: 'alta/v1', kind: 'Workspace', ...shared, state, secrets: { recipients } };
}
