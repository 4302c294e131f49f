import {
  type Credential,
  type Endpoint,
  type SecretSource,
  type Target,
  targetAddress,
  type Via,
} from '../model/index.ts';
import type { Credentials, PBX, Platform, SIPSettings, WorkspaceDocument } from '../model/input.ts';
import { type ClientSource, workspaceScope } from './source.ts';

/** The PBX targets of a client. What is shared comes from the platform, what is its own from the client's file. */
export function compileTargets(workspace: WorkspaceDocument, client: ClientSource): readonly Target[] {
  return Object.entries(client.data.pbx ?? {}).map(([label, pbx]) =>
    compilePbx(workspace, client, label, pbx),
  );
}

/** The settings that hold for a PBX: its platform's, overridden by its own. */
export function effectivePbx(workspace: WorkspaceDocument, pbx: PBX): PBX & Platform {
  const platform = pbx.platform === undefined ? undefined : workspace.platforms?.[pbx.platform];
  const driver = platform?.driver ?? pbx.driver;
  if (driver === undefined) throw new TypeError('a PBX without driver passed validation');
  return { ...platform, ...pbx, driver, options: { ...platform?.options, ...pbx.options } };
}

function compilePbx(workspace: WorkspaceDocument, client: ClientSource, label: string, pbx: PBX): Target {
  const whole = effectivePbx(workspace, pbx);
  const own = pbx.credentials !== undefined || pbx.platform === undefined;
  const scope = own ? client.id : workspaceScope;
  const fallback = own ? `pbx/${label}` : `platforms/${pbx.platform}`;
  return {
    address: targetAddress(client.id, 'pbx', label),
    client: client.id,
    label,
    kind: 'pbx',
    driver: whole.driver,
    mode: whole.mode ?? 'api',
    presence: whole.presence ?? 'always',
    key: naturalKey(pbx, whole),
    host: whole.url === undefined ? `guided:${client.id}/${label}` : originOf(whole.url),
    ...(pbx.platform === undefined ? {} : { platform: pbx.platform }),
    endpoint:
      whole.url === undefined ? null : endpointOf(whole.url, whole, viaOf(whole.via, workspace, client)),
    credentials: credentialsOf(whole.credentials, scope, fallback),
    identity: identityOf(pbx),
    sip: flatten(whole.sip),
    options: {
      ...whole.options,
      ...(whole.numberFormat === undefined ? {} : { numberFormat: whole.numberFormat }),
    },
    origin: client.origin(['pbx', label]),
  };
}

/**
 * Survives a change of label: the platform's name and the tenant, or the box's serial, or where none is declared its
 * origin (then the serial found at the last apply lets the plan follow a changed address).
 */
function naturalKey(pbx: PBX, whole: PBX & Platform): string {
  const tenant = pbx.tenant === undefined ? '' : `/${pbx.tenant}`;
  if (pbx.platform !== undefined) return `platform:${pbx.platform}${tenant}`;
  if (pbx.serial !== undefined) return `${whole.driver}:serial:${pbx.serial}${tenant}`;
  if (whole.url !== undefined) return `${whole.driver}:${originOf(whole.url)}${tenant}`;
  return `${whole.driver}:guided${tenant}:${pbx.tenantName ?? ''}`;
}

export function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

function endpointOf(url: string, whole: PBX & Platform, via: Via | undefined): Endpoint {
  return {
    url: url.replace(/\/+$/, ''),
    tls: whole.tls ?? {},
    ...(whole.insecure === undefined ? {} : { insecure: whole.insecure }),
    ...(via === undefined ? {} : { via }),
  };
}

/** The client's own way in before the workspace's. By convention its key is the connect secret `access/<name>/key`. */
function viaOf(
  name: string | undefined,
  workspace: WorkspaceDocument,
  client: ClientSource,
): Via | undefined {
  if (name === undefined) return undefined;
  const own = client.data.access?.[name]?.ssh;
  const ssh = own ?? workspace.access?.[name]?.ssh;
  if (ssh === undefined) return undefined;
  const scope = own === undefined ? workspaceScope : client.id;
  const identity = ssh.identity ?? { secret: `access/${name}/key` };
  const { host, port = 22, user, hostKeys } = ssh;
  return { name, host, port, user, hostKeys, identity: sourceOf(identity, scope) };
}

function identityOf(pbx: PBX): Record<string, string> {
  const { tenant, tenantName, serial } = pbx;
  const parts = Object.entries({ tenant, tenantName, serial });
  return Object.fromEntries(parts.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** `read` and `write` as declared; one login serves both; without any, the secrets named by convention. */
function credentialsOf(
  declared: Credentials | undefined,
  scope: string,
  fallback: string,
): Target['credentials'] {
  if (declared === undefined) {
    const both: Credential = {
      username: { secret: `${fallback}/username`, scope },
      password: { secret: `${fallback}/password`, scope },
    };
    return { read: both, write: both };
  }
  const { read, write, ...both } = declared;
  const shared = credentialOf(both, scope);
  return {
    read: read === undefined ? shared : credentialOf(read, scope),
    write: write === undefined ? shared : credentialOf(write, scope),
  };
}

function credentialOf(parts: object, scope: string): Credential {
  const entries = Object.entries(parts) as [
    string,
    string | { secret: string } | { env: string } | { file: string },
  ][];
  return Object.fromEntries(entries.map(([part, source]) => [part, sourceOf(source, scope)]));
}

function sourceOf(
  source: string | { secret: string } | { env: string } | { file: string },
  scope: string,
): SecretSource {
  if (typeof source === 'string') return { literal: source };
  return 'secret' in source ? { secret: source.secret, scope } : source;
}

/** `{ lan: { server } }` → `{ 'lan.server': … }`, so that a target's SIP settings are plain scalars. */
function flatten(sip: SIPSettings | undefined): Target['sip'] {
  return Object.fromEntries(
    Object.entries(sip ?? {}).flatMap(([key, value]) =>
      typeof value === 'object'
        ? Object.entries(value).map(([inner, scalar]) => [`${key}.${inner}`, scalar])
        : [[key, value]],
    ),
  );
}
