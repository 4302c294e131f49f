import { Secret } from '../../engine/model/index.ts';
import type { ClientDocument, Device } from '../../engine/model/input.ts';
import type { LabSecret } from './secrets.ts';
import { filesPath, logPath, type Surroundings } from './surroundings.ts';
import type { PlacedPhone } from './training.ts';

/** Name of the way in, and of the place for files. */
export const accessName = 'oficina';
const storeName = 'telefonos';

/** A phone with the extension that registers on it. */
export interface Desk {
  readonly phone: PlacedPhone;
  readonly pbx: string;
  readonly number: string;
  readonly name: string;
}

/** What the client's file says of phones and of what stands around them. */
export function deviceBlocks(
  desks: readonly Desk[],
  surroundings: Surroundings | null,
): Pick<ClientDocument, 'access' | 'provisioning' | 'devices'> {
  if (surroundings === null) return {};
  const { host, port, credentials, hostKeys } = surroundings.bastion.service;
  const ssh = { host, port, user: credentials.username, hostKeys: asKeys(hostKeys) };
  const { url } = surroundings.provisioning.service;
  return {
    access: { [accessName]: { ssh } },
    provisioning: { [storeName]: { sftp: { ...ssh, path: filesPath }, url, log: logPath } },
    devices: desks.map(deviceOf),
  };
}

function asKeys([first = '', ...others]: readonly string[]): [string, ...string[]] {
  return [first, ...others];
}

function deviceOf({ phone, pbx, number, name }: Desk): Device {
  const { wish, service } = phone;
  return {
    id: wish.name,
    driver: 'yealink',
    name,
    model: service.model,
    mac: service.mac,
    ...reachOf(phone),
    accounts: [{ line: 1, extension: `${pbx}/${number}`, label: name }],
  };
}

/** A phone that is never asked anything has its firmware said for it. */
function reachOf({ wish, service, address }: PlacedPhone): Partial<Device> {
  const { firmware, pins } = service;
  const reached = { address, tls: { pins: [pins.spki] as [string] } };
  switch (wish.way) {
    case 'direct':
      return reached;
    case 'via':
      return { ...reached, via: accessName };
    case 'off':
      return { ...reached, presence: 'sometimes' };
    case 'provisioning':
      return { firmware, publish: { method: 'provisioning', store: storeName } };
    case 'guided':
      return { firmware, mode: 'guided' };
  }
}

/** Logins under the names that they have by convention: of the phones that are spoken to, and of the SSH host. */
export function deviceSecrets(desks: readonly Desk[], surroundings: Surroundings | null): LabSecret[] {
  if (surroundings === null) return [];
  const key = surroundings.bastion.service.credentials.privateKey;
  const logins = desks
    .filter(({ phone }) => 'address' in reachOf(phone))
    .flatMap(({ phone: { wish, service } }) => [
      connect(`devices/${wish.name}/username`, service.credentials.username),
      connect(`devices/${wish.name}/password`, service.credentials.password),
    ]);
  return [...logins, connect(`access/${accessName}/key`, key), connect(`provisioning/${storeName}/key`, key)];
}

function connect(name: string, value: string): LabSecret {
  return { group: 'connect', name, value: new Secret(value) };
}
