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
import { AltaError, type Lang, Secret } from '../../engine/model/index.ts';
import type { ClientDocument, WorkspaceDocument } from '../../engine/model/input.ts';
import { ignoredByGit, schemaFiles } from '../../engine/run/init.ts';
import {
  type Group,
  generatePassword,
  groups,
  initSecrets,
  type Recipients,
  type SecretsFile,
  sealSecret,
} from '../../engine/secrets/index.ts';
import type { Lab, LabService } from '../../lab/contract.ts';
import { realClock } from '../../providers/transport/clock.ts';

const client = 'acme';

/**
 * Writes a workspace of one invented client whose PBXs are the boxes of a lab: alta.yaml, an identity of its own, encrypted credentials,
 * a few extensions. What the boxes have already is left foreign, except one extension that the YAML adopts as it is.
 *
 * @throws AltaError `lab-folder-used` for a folder that holds an alta.yaml.
 */
export async function writeLabWorkspace(folder: string, lab: Lab, lang: Lang): Promise<void> {
  if (existsSync(join(folder, 'alta.yaml'))) throw new AltaError('lab-folder-used', { folder });
  const identity = join(folder, '.alta', 'identity.txt');
  const { recipients, file } = await initSecrets(identity, 'lab', new Date(realClock.now()));
  const extensions = lab.services.flatMap((service, index) => extensionsOf(service, index, lab));
  const secrets = await sealAll(secretsOf(lab.services, extensions), recipients);
  const document = clientDocument(lab.services, extensions);
  const write = writerTo(folder);
  await write('.gitignore', ignoredByGit);
  await write('alta.yaml', renderWorkspace(workspaceDocument(recipients), lang));
  await write('secrets.yaml', setSecrets(renderSecrets(null), entriesOf(file)));
  await write(`clients/${client}/client.yaml`, renderNewClient({ document, lang }));
  await write(`clients/${client}/secrets.yaml`, setSecrets(renderSecrets(client), secrets));
  for (const { filename, text } of await schemaFiles()) await write(filename, text);
}

function writerTo(folder: string): (filename: string, text: string) => Promise<void> {
  return async (filename, text) => {
    const path = join(folder, filename);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  };
}

interface LabExtensionDeclared {
  readonly pbx: string;
  readonly number: string;
  readonly name: string;
  /** It is on the box already, with a secret that we do not know. */
  readonly existing: boolean;
}

/** Two new ones per box; on the first box also one that is there already. */
function extensionsOf({ name: pbx }: LabService, index: number, lab: Lab): readonly LabExtensionDeclared[] {
  const first = 110 + index * 10;
  const fresh = ['Recepción', 'Almacén'].map((name, offset) => {
    return { pbx, number: String(first + offset), name, existing: false };
  });
  const [there] = index === 0 ? Object.values(lab.box(pbx).saved()) : [];
  if (there === undefined) return fresh;
  return [...fresh, { pbx, number: there.number, name: there.username ?? there.number, existing: true }];
}

interface LabSecret {
  readonly group: Group;
  readonly name: string;
  readonly value: Secret;
}

/** The logins that the lab gave out, and a new SIP password for every new extension. */
function secretsOf(
  services: readonly LabService[],
  extensions: readonly LabExtensionDeclared[],
): readonly LabSecret[] {
  const logins = services.map(({ name, credentials }) => {
    return { group: 'connect', name: loginName(name), value: new Secret(credentials.password) } as const;
  });
  const sip = extensions
    .filter(({ existing }) => !existing)
    .map(({ pbx, number, name }) => {
      const value = generatePassword({ number, name });
      return { group: 'values', name: `extensions/${pbx}/${number}/sip`, value } as const;
    });
  return [...logins, ...sip];
}

function sealAll(secrets: readonly LabSecret[], recipients: Recipients): Promise<NamedSecret[]> {
  const now = realClock.now();
  return Promise.all(
    secrets.map(async ({ group, name, value }) => {
      const entry = await sealSecret({ scope: client, group, name, value, recipients, now });
      return { group, name, entry };
    }),
  );
}

function entriesOf(file: SecretsFile): NamedSecret[] {
  return groups.flatMap((group) =>
    Object.entries(file[group] ?? {}).map(([name, entry]) => ({ group, name, entry })),
  );
}

function loginName(pbx: string): string {
  return `pbx/${pbx}/password`;
}

function workspaceDocument({ connect, values }: Recipients): WorkspaceDocument {
  const recipients = { connect: { ...connect }, values: { ...values } };
  const state = { backend: 'local', path: 'state' } as const;
  return { apiVersion: 'alta/v1', kind: 'Workspace', state, secrets: { recipients } };
}

function clientDocument(
  services: readonly LabService[],
  extensions: readonly LabExtensionDeclared[],
): ClientDocument {
  return {
    apiVersion: 'alta/v1',
    kind: 'Client',
    client: { id: client, name: 'Acme S.L.', locale: 'es' },
    pbx: Object.fromEntries(services.map((service) => [service.name, pbxOf(service)])),
    extensions: extensions.map(({ pbx, number, name, existing }) => ({
      pbx,
      number,
      name,
      ...(existing ? { secrets: { sip: { source: 'unmanaged' as const } } } : {}),
    })),
  };
}

function pbxOf({ name, driver, url, serial, credentials, pins }: LabService) {
  return {
    driver,
    url,
    serial,
    ...(pins.spki === '' ? {} : { tls: { pins: [pins.spki] as [string] } }),
    credentials: { username: credentials.username, password: { secret: loginName(name) } },
    sip: { server: '127.0.0.1' },
  };
}
