import type {
  ClientDocument,
  Device,
  PBX,
  PBXOptions,
  PbxDriver,
  Platform,
  WorkspaceDocument,
} from './input.ts';
import type { Target, Via } from './target.ts';

/** A PBX of a client's YAML, joined with its platform: where and what it is, whatever label it carries. */
export interface Whereabouts {
  readonly client: string;
  readonly label: string;
  readonly driver: string;
  readonly platform?: string;
  readonly tenant?: string;
  readonly tenantName?: string;
  readonly serial?: string;
  readonly url?: string;
  /** The bastion it is reached through: the same private address behind two of them is two boxes. */
  readonly via?: Pick<Via, 'user' | 'host' | 'port'>;
}

/** The settings that hold for a PBX: its platform's, overridden by its own. Null where nothing names its driver. */
export function joinPlatform(
  workspace: WorkspaceDocument,
  pbx: PBX,
): (PBX & Platform & { readonly driver: PbxDriver; readonly options: PBXOptions }) | null {
  const platform = pbx.platform === undefined ? undefined : workspace.platforms?.[pbx.platform];
  const driver = platform?.driver ?? pbx.driver;
  if (driver === undefined) return null;
  return { ...platform, ...pbx, driver, options: { ...platform?.options, ...pbx.options } };
}

/** The client's own way in before the workspace's; undefined where neither has one of that name. */
export function accessNamed(name: string | undefined, workspace: WorkspaceDocument, data: ClientDocument) {
  if (name === undefined) return undefined;
  return data.access?.[name]?.ssh ?? workspace.access?.[name]?.ssh;
}

/** Null where nothing names the PBX's driver. */
export function whereaboutsOf(
  workspace: WorkspaceDocument,
  client: { readonly id: string; readonly data: ClientDocument },
  label: string,
  pbx: PBX,
): Whereabouts | null {
  const whole = joinPlatform(workspace, pbx);
  if (whole === null) return null;
  const { driver, url, via } = whole;
  const { platform, tenant, tenantName, serial } = pbx;
  const ssh = accessNamed(via, workspace, client.data);
  return {
    client: client.id,
    label,
    driver,
    ...(platform === undefined ? {} : { platform }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(tenantName === undefined ? {} : { tenantName }),
    ...(serial === undefined ? {} : { serial }),
    ...(url === undefined ? {} : { url }),
    ...(ssh === undefined ? {} : { via: { user: ssh.user, host: ssh.host, port: ssh.port ?? 22 } }),
  };
}

/**
 * What state and the checks of the whole workspace know a PBX by. Survives a change of label: the platform's name and
 * the tenant, or the box's serial, or where none is declared its place (then the serial found at the last apply lets the
 * plan follow a changed address). Where nothing tells one guided PBX from another, only its client and label do.
 */
export function naturalKey(at: Whereabouts): string {
  const tenant = at.tenant === undefined ? '' : `/${at.tenant}`;
  if (at.platform !== undefined) return `platform:${at.platform}${tenant}`;
  if (at.serial !== undefined) return `${at.driver}:serial:${at.serial}${tenant}`;
  if (at.url !== undefined) return `${at.driver}:${locationOf(at.url, at.via)}${tenant}`;
  if (at.tenant !== undefined) return `${at.driver}:guided${tenant}:${at.tenantName ?? ''}`;
  return `${at.driver}:guided:${at.client}/${at.label}`;
}

/** `https://192.0.2.10:8088`, and behind a bastion `https://192.0.2.10:8088;via=alta@bastion.example.com:22`. */
export function locationOf(url: string, via: Whereabouts['via']): string {
  const origin = URL.canParse(url) ? urlOrigin(url) : url;
  return via === undefined ? origin : `${origin};via=${`${via.user}@${via.host}:${via.port}`.toLowerCase()}`;
}

/** Scheme, host and port, without a default port. @throws TypeError where it is no URL */
export function urlOrigin(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/** What state knows a device by: its MAC, its serial, or where neither is declared its id within the client. */
export function deviceKey(client: string, device: Pick<Device, 'id' | 'driver' | 'mac' | 'serial'>): string {
  const { id, driver, mac, serial } = device;
  if (mac !== undefined) return `mac:${mac.toLowerCase().replace(/[^0-9a-f]/g, '')}`;
  return serial === undefined ? `${driver}:device:${client}/${id}` : `${driver}:serial:${serial}`;
}

/** Where credentials and secrets for a target go: what outside sources are bound to. */
export function originOf({ endpoint, host }: Pick<Target, 'endpoint' | 'host'>): string {
  return endpoint === null ? host : urlOrigin(endpoint.url);
}
