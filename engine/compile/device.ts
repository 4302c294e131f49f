import {
  type Credential,
  deviceKey,
  locationOf,
  type Store,
  type Target,
  targetAddress,
} from '../model/index.ts';
import type { Device, Store as StoreSettings, WorkspaceDocument } from '../model/input.ts';
import { credentialsOf, endpointOf, sshOf, viaOf } from './connection.ts';
import { type ClientSource, workspaceScope } from './source.ts';

/** The device targets of a client, in the order of the files. */
export function compileDevices(workspace: WorkspaceDocument, client: ClientSource): readonly Target[] {
  return (client.data.devices ?? []).map((device, index) => compileDevice(workspace, client, device, index));
}

function compileDevice(
  workspace: WorkspaceDocument,
  client: ClientSource,
  device: Device,
  index: number,
): Target {
  const { id, driver, address, mac } = device;
  const via = viaOf(device.via, workspace, client);
  const publication = publicationOf(workspace, client, device);
  const whereabouts = address === undefined ? placeOf(publication?.store) : locationOf(address, via);
  return {
    address: targetAddress(client.id, 'device', id),
    client: client.id,
    label: id,
    kind: 'device',
    driver,
    mode: device.mode ?? 'api',
    presence: device.presence ?? 'always',
    key: deviceKey(client.id, device),
    host: whereabouts ?? `guided:${client.id}/device:${id}`,
    endpoint: address === undefined ? null : endpointOf(address, device, via),
    ...(publication === undefined ? {} : { publication }),
    credentials: loginsOf(client, device),
    identity: mac === undefined ? {} : { mac: plainMac(mac) },
    sip: {},
    options: optionsOf(device),
    origin: client.origin(['devices', index]),
  };
}

/** Twelve lower-case hex digits. */
function plainMac(mac: string): string {
  return mac.toLowerCase().replace(/[^0-9a-f]/g, '');
}

/** What is only published needs no login. */
function loginsOf(client: ClientSource, device: Device): Target['credentials'] {
  const none: Credential = {};
  if (device.address === undefined && device.credentials === undefined) return { read: none, write: none };
  return credentialsOf(device.credentials, client.id, `devices/${device.id}`);
}

function optionsOf(device: Device): Target['options'] {
  const { model, firmware, exclusive, serial, os, path, singleCallMode, network } = device;
  const all = { model, firmware, exclusive, serial, os, path, singleCallMode, network };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
}

function publicationOf(
  workspace: WorkspaceDocument,
  client: ClientSource,
  { publish }: Device,
): Target['publication'] {
  if (publish?.method !== 'provisioning' || publish.store === undefined) return undefined;
  const store = storeOf(publish.store, workspace, client);
  if (store === undefined) return undefined;
  return { store, trigger: publish.trigger ?? 'none', sipPort: publish.sipPort ?? 5060 };
}

/** The client's own store before the workspace's. By convention the key of an SFTP store is `provisioning/<name>/key`. */
function storeOf(name: string, workspace: WorkspaceDocument, client: ClientSource): Store | undefined {
  const own = client.data.provisioning?.[name];
  const settings = own ?? workspace.provisioning?.[name];
  if (settings === undefined) return undefined;
  const { url, log } = settings;
  return {
    name,
    place: placeIn(name, settings, own === undefined ? workspaceScope : client.id),
    ...(url === undefined ? {} : { url }),
    ...(log === undefined ? {} : { log }),
  };
}

function placeIn(name: string, { directory, sftp }: StoreSettings, scope: string): Store['place'] {
  if (sftp === undefined) return { directory: directory ?? '.' };
  return { sftp: sshOf(name, sftp, `provisioning/${name}/key`, scope), path: sftp.path };
}

/** Where a store takes turns. */
function placeOf(store: Store | undefined): string | undefined {
  if (store === undefined) return undefined;
  const { place } = store;
  return 'sftp' in place ? `ssh://${place.sftp.host}:${place.sftp.port}` : `store:${store.name}`;
}
