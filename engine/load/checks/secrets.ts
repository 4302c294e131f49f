import type {
  Credentials,
  ExtensionSecrets,
  SecretReference,
  SecretSource,
  SourceBinding,
} from '../../model/input.ts';
import type { Finding } from '../types.ts';
import { type Check, type CheckContext, findingIn } from './context.ts';

type Use = 'connect' | 'values';
type Reference = SecretReference | SecretSource;
type Path = readonly (string | number)[];

/** One reference to a secret, and what it is for. */
interface Reading {
  readonly reference: Reference;
  readonly path: Path;
  readonly use: Use;
  /** Where the secret will be sent; a bound source must name the same origin. */
  readonly url?: string | undefined;
}

/** Every reference names a secret that exists, in the right group, and outside sources are listed in alta.yaml. */
export const checkSecrets: Check = (context) =>
  references(context).flatMap((reading) => checkReference(context, reading));

function references(context: CheckContext): Reading[] {
  const { data } = context.client;
  return [
    ...Object.entries(data.access ?? {}).flatMap(([name, { ssh }]) =>
      ssh?.identity === undefined ? [] : [connect(ssh.identity, ['access', name, 'ssh', 'identity'])],
    ),
    ...Object.entries(data.pbx ?? {}).flatMap(([label, { credentials, url, platform, observer }]) => {
      const origin =
        url ?? (platform === undefined ? undefined : context.workspace.platforms?.[platform]?.url);
      return [
        ...credentialReadings(credentials, ['pbx', label, 'credentials'], origin),
        ...credentialReadings(
          observer?.credentials,
          ['pbx', label, 'observer', 'credentials'],
          observer?.url,
        ),
      ];
    }),
    ...(data.devices ?? []).flatMap(({ credentials, address }, index) =>
      credentialReadings(credentials, ['devices', index, 'credentials'], address),
    ),
    ...(data.extensions ?? []).flatMap(({ secrets }, index) =>
      secretReadings(secrets, ['extensions', index, 'secrets']),
    ),
  ];
}

function connect(reference: Reference, path: Path, url?: string): Reading {
  return { reference, path, use: 'connect', url };
}

/** The references inside a `credentials` block, also under `read` and `write`. */
export function credentialReadings(
  credentials: Credentials | undefined,
  path: Path,
  url: string | undefined,
): Reading[] {
  return Object.entries(credentials ?? {}).flatMap(([part, value]) => {
    if (part === 'read' || part === 'write') return credentialReadings(value, [...path, part], url);
    return typeof value === 'object' && value !== null ? [connect(value, [...path, part], url)] : [];
  });
}

function secretReadings(secrets: ExtensionSecrets | undefined, path: Path): Reading[] {
  return Object.entries(secrets ?? {}).flatMap(([kind, reference]) =>
    reference === undefined || reference === null
      ? []
      : [{ reference, path: [...path, kind], use: 'values' as const }],
  );
}

function checkReference(context: CheckContext, reading: Reading): Finding[] {
  const { reference, path } = reading;
  if ('secret' in reference) return storedSecret(context, reading, reference.secret, [...path, 'secret']);
  if ('env' in reference) {
    const binding = own(context.workspace.secrets?.sources?.env, reference.env);
    return boundSource(context, reading, reference.env, binding, [...path, 'env']);
  }
  if ('file' in reference) {
    const binding = own(context.workspace.secrets?.sources?.file?.names, reference.file);
    return boundSource(context, reading, reference.file, binding, [...path, 'file']);
  }
  return reference.source === 'declared' ? conventionalSecret(context, path) : [];
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** An undefined name may be the password itself, written in the wrong place: it is shown only if it looks like a name. */
function storedSecret({ client }: CheckContext, reading: Reading, name: string, path: Path): Finding[] {
  if (name === undefined || !client.complete) return [];
  const own = client.secrets?.[reading.use];
  if (own !== undefined && Object.hasOwn(own, name)) return [];
  const other = client.secrets?.[reading.use === 'connect' ? 'values' : 'connect'];
  if (other !== undefined && Object.hasOwn(other, name)) {
    return [findingIn(client, 'secret-group', { name, group: reading.use }, path)];
  }
  const plausible = name.includes('/');
  const params = { name: plausible ? name : '…', group: reading.use };
  return [findingIn(client, 'secret-missing', params, path, { masked: !plausible })];
}

/** `source: declared` names the secret by convention: `extensions/main/110/sip`. */
function conventionalSecret({ client }: CheckContext, path: Path): Finding[] {
  const extension = client.data.extensions?.[Number(path[1])];
  if (extension?.pbx === undefined || extension.number === undefined || !client.complete) return [];
  const name = `extensions/${extension.pbx}/${extension.number}/${String(path.at(-1))}`;
  if (Object.hasOwn(client.secrets?.values ?? {}, name)) return [];
  const params = { name, group: 'values' };
  return [findingIn(client, 'secret-missing', params, [...path, 'source'])];
}

function boundSource(
  { client, workspaceComplete }: CheckContext,
  reading: Reading,
  name: string,
  binding: SourceBinding | undefined,
  path: Path,
): Finding[] {
  if (name === undefined || !workspaceComplete) return [];
  if (binding === undefined) return [findingIn(client, 'source-unlisted', { name }, path)];
  if (binding.use !== reading.use) {
    return [findingIn(client, 'source-use', { name, use: binding.use, wanted: reading.use }, path)];
  }
  const { url } = reading;
  if (url === undefined || binding.origin === undefined || sameOrigin(url, binding.origin)) return [];
  return [findingIn(client, 'source-origin', { name, origin: binding.origin, url }, path)];
}

function sameOrigin(a: string, b: string): boolean {
  return (
    URL.canParse(a) &&
    URL.canParse(b) &&
    new URL(a).host === new URL(b).host &&
    a.split(':')[0] === b.split(':')[0]
  );
}
