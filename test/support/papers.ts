import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { Secret } from '../../engine/model/index.ts';
import { initSecrets, type Recipients, type SecretsFile, sealSecret } from '../../engine/secrets/index.ts';
import type { LabService } from '../../lab/index.ts';

/** The files of a workspace. */
export interface Papers {
  readonly root: string;
  readonly recipients: Recipients;
  /** The workspace's own secrets.yaml: the fingerprint key. */
  readonly shared: SecretsFile;
  /** Writes a YAML file of the workspace. */
  write(name: string, data: object): Promise<void>;
  /** Writes alta.yaml: the defaults, overridden key by key. */
  workspace(over: object): Promise<void>;
  /** Seals one secret into a client's secrets.yaml under a new rev. Groups and names as in secrets.yaml. */
  secret(id: string, group: 'connect' | 'values', name: string, value: string): Promise<void>;
  /** The secrets.yaml of a client as it stands, to be changed and written back with {@link Papers.replaceSecrets}. */
  secretsOf(id: string): Required<SecretsFile>;
  replaceSecrets(id: string, file: SecretsFile): Promise<void>;
}

/** Lays out an empty workspace with one age identity, `ana`, in both groups of recipients. */
export async function layOut(root: string, workspace: object = {}): Promise<Papers> {
  const initial = await initSecrets(join(root, '.alta', 'identity.txt'), 'ana', new Date());
  const papers = papersAt(root, initial.recipients, initial.file);
  await papers.workspace(workspace);
  await papers.write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', ...initial.file });
  return papers;
}

function papersAt(root: string, recipients: Recipients, shared: SecretsFile): Papers {
  const sealed = new Map<string, Required<SecretsFile>>();

  const secretsOf: Papers['secretsOf'] = (id) => {
    const file = sealed.get(id) ?? { connect: {}, values: {} };
    sealed.set(id, file);
    return file;
  };

  const write: Papers['write'] = async (name, data) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }));
  };

  const replaceSecrets: Papers['replaceSecrets'] = async (id, file) => {
    sealed.set(id, { connect: {}, values: {}, ...file });
    await write(`clients/${id}/secrets.yaml`, {
      apiVersion: 'alta/v1',
      kind: 'Secrets',
      client: id,
      ...file,
    });
  };

  const secret: Papers['secret'] = async (id, group, name, value) => {
    const file = secretsOf(id);
    const earlier = file[group][name]?.rev;
    file[group][name] = await sealSecret({
      scope: id,
      group,
      name,
      value: new Secret(value),
      recipients,
      now: Date.now(),
      ...(earlier === undefined ? {} : { after: earlier }),
    });
    await replaceSecrets(id, file);
  };

  const workspace: Papers['workspace'] = (over) =>
    write('alta.yaml', {
      apiVersion: 'alta/v1',
      kind: 'Workspace',
      state: { backend: 'local', path: 'state' },
      secrets: { recipients },
      ...over,
    });

  return { root, recipients, shared, write, workspace, secret, secretsOf, replaceSecrets };
}

/** What a YAML block says of a simulated service's certificate. */
export function trustIn({ url, pins }: Pick<LabService, 'url' | 'pins'>): object {
  return url.startsWith('https:') ? { tls: { pins: [pins.spki] } } : { insecure: 'laboratorio' };
}
