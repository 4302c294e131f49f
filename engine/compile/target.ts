import {
  joinPlatform,
  locationOf,
  naturalKey,
  type Target,
  targetAddress,
  whereaboutsOf,
} from '../model/index.ts';
import type { PBX, SIPSettings, WorkspaceDocument } from '../model/input.ts';
import type { ProfileDocument } from '../model/profile.ts';
import { credentialsOf, endpointOf, viaOf } from './connection.ts';
import { type ClientSource, type CompileInput, workspaceScope } from './source.ts';

/** The PBX targets of a client. What is shared comes from the platform, what is its own from the client's file. */
export function compileTargets(input: CompileInput): readonly Target[] {
  return Object.entries(input.client.data.pbx ?? {}).map(([label, pbx]) => compilePbx(input, label, pbx));
}

/** The settings that hold for a PBX: its platform's, overridden by its own. */
export function effectivePbx(workspace: WorkspaceDocument, pbx: PBX) {
  const whole = joinPlatform(workspace, pbx);
  if (whole === null) throw new TypeError('a PBX without driver passed validation');
  return whole;
}

function compilePbx(
  { workspace, client, profile, credential }: CompileInput,
  label: string,
  pbx: PBX,
): Target {
  const whole = effectivePbx(workspace, pbx);
  const via = viaOf(whole.via, workspace, client);
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
    host: whole.url === undefined ? `guided:${client.id}/${label}` : locationOf(whole.url, via),
    ...(pbx.platform === undefined ? {} : { platform: pbx.platform }),
    endpoint: whole.url === undefined ? null : endpointOf(whole.url, whole, via),
    credentials: credentialsOf(whole.credentials, scope, fallback, credential(whole.driver)),
    ...observerOf(workspace, client, label, pbx),
    identity: identityOf(pbx),
    sip: flatten(whole.sip),
    options: {
      ...(whole.profile === undefined ? {} : profileOptions(profile(whole.profile))),
      ...whole.options,
      ...(whole.numberFormat === undefined ? {} : { numberFormat: whole.numberFormat }),
    },
    origin: client.origin(['pbx', label]),
  };
}

/** The profile for the driver, and what of it concerns every session of the host. */
function profileOptions(profile: ProfileDocument | undefined): Target['options'] {
  const { minIntervalMs, writeTimeLimitMs } = profile?.transport ?? {};
  return {
    profile,
    ...(minIntervalMs === undefined ? {} : { readIntervalMs: minIntervalMs }),
    ...(writeTimeLimitMs === undefined ? {} : { writeTimeLimitMs }),
  };
}

/** Declared with the PBX, or with its platform; the more local one wins. A way in that is missing is a problem of loading. */
function observerOf(
  workspace: WorkspaceDocument,
  client: ClientSource,
  label: string,
  pbx: PBX,
): Pick<Target, 'observer'> {
  const declared = effectivePbx(workspace, pbx).observer;
  const via = viaOf(declared?.via, workspace, client);
  if (declared === undefined || via === undefined) return {};
  const own = pbx.observer !== undefined;
  const scope = own ? client.id : workspaceScope;
  const fallback = own ? `pbx/${label}` : `platforms/${pbx.platform}`;
  const { driver, url, credentials, options = {} } = declared;
  const { read } = credentialsOf(credentials, scope, `${fallback}/observer`);
  return {
    observer: {
      driver,
      via,
      ...(url === undefined ? {} : { manager: managerAt(url), credentials: read }),
      options: { ...options },
    },
  };
}

function managerAt(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** Loading has seen to it that the driver is named. */
function keyOf(workspace: WorkspaceDocument, client: ClientSource, label: string, pbx: PBX): string {
  const at = whereaboutsOf(workspace, client, label, pbx);
  if (at === null) throw new TypeError('a PBX without driver passed validation');
  return naturalKey(at);
}

function identityOf(pbx: PBX): Record<string, string> {
  const { tenant, tenantName, serial } = pbx;
  const parts = Object.entries({ tenant, tenantName, serial });
  return Object.fromEntries(parts.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
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
