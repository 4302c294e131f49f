import type { Account, Device } from '../../model/input.ts';
import type { Finding, LoadedClient } from '../types.ts';
import { type Check, type CheckContext, clientOrigin, findingIn } from './context.ts';

/** Device ids are unique, lines are used once, and accounts name extensions that exist. */
export const checkDevices: Check = (context) => {
  const { client } = context;
  const devices = client.data.devices ?? [];
  return [
    ...devicesTwice(client, devices),
    ...devices.flatMap((device, index) => linesTwice(client, device, index)),
    ...(client.complete ? unknownExtensions(client, devices) : []),
  ];
};

function devicesTwice(client: LoadedClient, devices: readonly Device[]): Finding[] {
  const seen = new Map<string, number>();
  return devices.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, index);
      return [];
    }
    const details = { first: clientOrigin(client, ['devices', first, 'id']) };
    return [findingIn(client, 'device-twice', { id }, ['devices', index, 'id'], details)];
  });
}

function linesTwice(client: LoadedClient, device: Device, index: number): Finding[] {
  const seen = new Map<number, number>();
  return (device.accounts ?? []).flatMap((account, position) => {
    const line = account?.line;
    if (line === undefined) return [];
    const first = seen.get(line);
    if (first === undefined) {
      seen.set(line, position);
      return [];
    }
    const details = { first: clientOrigin(client, ['devices', index, 'accounts', first, 'line']) };
    const path = ['devices', index, 'accounts', position, 'line'];
    return [findingIn(client, 'line-twice', { line, device: device.id ?? '' }, path, details)];
  });
}

function unknownExtensions(client: LoadedClient, devices: readonly Device[]): Finding[] {
  const known = extensionNames(client);
  return accountsOf(devices).flatMap(({ account, path }) => {
    const { extension } = account;
    if (extension === undefined || known.has(extension)) return [];
    return [unknownExtension(client, extension, [...path, 'extension'], known)];
  });
}

/** The names `main/110` of all extensions of a client. */
export function extensionNames(client: LoadedClient): ReadonlySet<string> {
  return new Set((client.data.extensions ?? []).map(({ pbx, number }) => `${pbx}/${number}`));
}

/** The same number on another PBX is the likely slip; a near number is another extension. */
export function unknownExtension(
  client: LoadedClient,
  extension: string,
  path: readonly (string | number)[],
  known: ReadonlySet<string>,
): Finding {
  const number = extension.slice(extension.indexOf('/'));
  const suggestion = [...known].find((name) => name.endsWith(number));
  return suggestion === undefined
    ? findingIn(client, 'extension-unknown', { extension }, path)
    : findingIn(client, 'extension-unknown-near', { extension, suggestion }, path);
}

function accountsOf(devices: readonly Device[]): { account: Account; path: (string | number)[] }[] {
  return devices.flatMap((device, index) =>
    (device.accounts ?? []).flatMap((account, position) =>
      account === null ? [] : [{ account, path: ['devices', index, 'accounts', position] }],
    ),
  );
}

/** No extension has more accounts than it may register at once, where that number is declared. */
export const checkRegistrations: Check = (context) => {
  const { client } = context;
  const limits = registrationLimits(context);
  const counts = new Map<string, number>();
  return accountsOf(client.data.devices ?? []).flatMap(({ account, path }) => {
    const { extension } = account;
    if (extension === undefined || account.active === false) return [];
    const count = (counts.get(extension) ?? 0) + 1;
    counts.set(extension, count);
    const limit = limits.get(extension);
    if (limit === undefined || count <= limit) return [];
    return [findingIn(client, 'too-many-accounts', { extension, count, limit }, [...path, 'extension'])];
  });
};

/** `concurrentRegistrations` of each extension: its own, or of the nearest policy. */
function registrationLimits({ client, workspace }: CheckContext): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const extension of client.data.extensions ?? []) {
    const pbx = client.data.pbx?.[extension.pbx];
    const platform = pbx?.platform === undefined ? undefined : workspace.platforms?.[pbx.platform];
    const policies = [pbx?.policy, client.data.policy, platform?.policy, workspace.policy];
    const inherited = policies.map((policy) => policy?.extensions?.concurrentRegistrations);
    const limit = [extension.concurrentRegistrations, ...inherited].find((value) => value !== undefined);
    if (typeof limit === 'number') limits.set(`${extension.pbx}/${extension.number}`, limit);
  }
  return limits;
}
