import {
  accessNamed,
  type Credential,
  type Endpoint,
  joinPlatform,
  naturalKey,
  type SecretSource,
  type Target,
  targetAddress,
  urlOrigin,
  type Via,
  whereaboutsOf,
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
export function effectivePbx(workspace: WorkspaceDocument, pbx: PBX) {
  const whole = joinPlatform(workspace, pbx);
  if (whole === null) throw new TypeError('a PBX without driver passed validation');
  return whole;
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
    key: keyOf(workspace, client, label, pbx),
    host: whole.url === undefined ? `guided:${client.id}/${label}` : urlOrigin(whole.url),
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

/** Loading has seen to it that the driver is named. */
function keyOf(workspace: WorkspaceDocument, client: ClientSource, label: string, pbx: PBX): string {
  const at = whereaboutsOf(workspace, client, label, pbx);
  if (at === null) throw new TypeError('a PBX without driver passed validation');
  return naturalKey(at);
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
  const ssh = accessNamed(name, workspace, client.data);
  if (ssh === undefined) return undefined;
  const scope = client.data.access?.[name]?.ssh === undefined ? workspaceScope : client.id;
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
