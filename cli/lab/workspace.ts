import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AltaError, Secret } from '../../engine/model/index.ts';
import {
  type Group,
  generatePassword,
  initSecrets,
  type Recipients,
  type SecretEntry,
  type SecretsFile,
  sealSecret,
} from '../../engine/secrets/index.ts';
import type { Lab, LabService } from '../../lab/contract.ts';
import { realClock } from '../../providers/transport/clock.ts';

const client = 'acme';

/**
 * Writes a workspace of one invented client whose PBXs are the boxes of a lab: alta.yaml, an identity, encrypted credentials, a few
 * extensions. What the boxes have already is left foreign, except one extension that the YAML adopts as it is.
 *
 * @throws AltaError `lab-folder-used` for a folder that holds an alta.yaml.
 */
export async function writeLabWorkspace(folder: string, lab: Lab): Promise<void> {
  if (existsSync(join(folder, 'alta.yaml'))) throw new AltaError('lab-folder-used', { folder });
  const identityPath = join(folder, '.alta', 'identity.txt');
  const { recipients, file } = await initSecrets(identityPath, 'lab', new Date(realClock.now()));
  const extensions = lab.services.flatMap((service, index) => extensionsOf(service, index, lab));
  const secrets = await clientSecrets(lab.services, extensions, recipients);
  await write(folder, '.gitignore', '.alta/\nstate/*.lease.*\nstate/*.journal.*\n');
  await write(folder, 'alta.yaml', workspaceYaml(recipients));
  await write(folder, 'secrets.yaml', secretsYaml(file, null));
  await write(folder, `clients/${client}/client.yaml`, clientYaml(lab.services, extensions));
  await write(folder, `clients/${client}/secrets.yaml`, secretsYaml(secrets, client));
}

async function write(folder: string, filename: string, text: string): Promise<void> {
  const path = join(folder, filename);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
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
  const existing = { pbx, number: there.number, name: there.username ?? there.number, existing: true };
  return [...fresh, existing];
}

async function clientSecrets(
  services: readonly LabService[],
  extensions: readonly LabExtensionDeclared[],
  recipients: Recipients,
): Promise<SecretsFile> {
  const now = realClock.now();
  const seal = (group: Group, name: string, value: Secret): Promise<SecretEntry> =>
    sealSecret({ scope: client, group, name, value, recipients, now });
  const connect = services.map(async (service) => {
    const name = loginName(service.name);
    return [name, await seal('connect', name, new Secret(service.credentials.password))] as const;
  });
  const values = extensions
    .filter(({ existing }) => !existing)
    .map(async ({ pbx, number, name }) => {
      const secret = `extensions/${pbx}/${number}/sip`;
      return [secret, await seal('values', secret, generatePassword({ number, name }))] as const;
    });
  return {
    connect: Object.fromEntries(await Promise.all(connect)),
    values: Object.fromEntries(await Promise.all(values)),
  };
}

function loginName(pbx: string): string {
  return `pbx/${pbx}/password`;
}

function workspaceYaml(recipients: Recipients): string {
  const group = (name: Group): string[] => [
    `    ${name}:`,
    ...Object.entries(recipients[name]).map(([holder, key]) => `      ${holder}: ${key}`),
  ];
  const head = [
    'apiVersion: alta/v1',
    'kind: Workspace',
    'state: { backend: local, path: state }',
    'secrets:',
  ];
  return [...head, '  recipients:', ...group('connect'), ...group('values'), ''].join('\n');
}

function clientYaml(services: readonly LabService[], extensions: readonly LabExtensionDeclared[]): string {
  return [
    'apiVersion: alta/v1',
    'kind: Client',
    `client: { id: ${client}, name: Acme S.L., locale: es }`,
    'pbx:',
    ...services.flatMap(pbxLines),
    'extensions:',
    ...extensions.flatMap(extensionLines),
    '',
  ].join('\n');
}

/** Values go in JSON's quotes, which YAML reads alike. */
function pbxLines(service: LabService): string[] {
  const { name, driver, url, serial, credentials, pins } = service;
  return [
    `  ${name}:`,
    `    driver: ${driver}`,
    `    url: ${JSON.stringify(url)}`,
    `    serial: ${JSON.stringify(serial)}`,
    ...(pins.spki === '' ? [] : [`    tls: { pins: [${JSON.stringify(pins.spki)}] }`]),
    '    credentials:',
    `      username: ${JSON.stringify(credentials.username)}`,
    `      password: { secret: ${loginName(name)} }`,
    '    sip: { server: 127.0.0.1 }',
  ];
}

function extensionLines({ pbx, number, name, existing }: LabExtensionDeclared): string[] {
  return [
    `  - pbx: ${pbx}`,
    `    number: ${JSON.stringify(number)}`,
    `    name: ${JSON.stringify(name)}`,
    ...(existing ? ['    secrets: { sip: { source: unmanaged } }'] : []),
  ];
}

function secretsYaml(file: SecretsFile, owner: string | null): string {
  const group = (name: Group): string[] => {
    const entries = Object.entries(file[name] ?? {});
    if (entries.length === 0) return [];
    const lines = entries.flatMap(([secret, { rev, age }]) => [
      `  ${secret}:`,
      `    rev: ${rev}`,
      `    age: ${age}`,
    ]);
    return [`${name}:`, ...lines];
  };
  const head = ['apiVersion: alta/v1', 'kind: Secrets', ...(owner === null ? [] : [`client: ${owner}`])];
  return [...head, ...group('connect'), ...group('values'), ''].join('\n');
}
