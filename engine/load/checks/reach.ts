import { joinPlatform } from '../../model/index.ts';
import type { Account, Device, SIPSettings } from '../../model/input.ts';
import { suggest } from '../suggest.ts';
import type { Finding } from '../types.ts';
import { type Check, type CheckContext, findingIn } from './context.ts';

/** There is a way to each device, and each account knows where to register. */
export const checkReach: Check = (context) =>
  (context.client.data.devices ?? []).flatMap((device, index) => [
    ...unknownStore(context, device, index),
    ...noWay(context, device, index),
    ...(device.accounts ?? []).flatMap((account, position) => {
      const path = ['devices', index, 'accounts', position];
      return account === null
        ? []
        : [...whereTo(context, device, account, path), ...withoutPassword(context, account, path)];
    }),
  ]);

function unknownStore(
  { client, workspace, workspaceComplete }: CheckContext,
  { publish }: Device,
  index: number,
) {
  const store = publish?.store;
  const known = [
    ...Object.keys(client.data.provisioning ?? {}),
    ...Object.keys(workspace.provisioning ?? {}),
  ];
  if (store === undefined || !client.complete || !workspaceComplete || known.includes(store)) return [];
  const meant = suggest(store, known);
  const params = { store, known: meant === null ? known : [meant] };
  return [findingIn(client, 'store-unknown', params, ['devices', index, 'publish', 'store'])];
}

/** Only a device that Alta writes to needs a way. */
function noWay({ client, options }: CheckContext, device: Device, index: number): Finding[] {
  const { driver, mode, address, publish } = device;
  const built = driver !== undefined && options.knownDrivers?.includes(driver) === true;
  if (!built || mode === 'guided' || address !== undefined || publish !== undefined) return [];
  return [
    findingIn(client, 'device-without-way', { device: device.id ?? '' }, ['devices', index], { at: 'key' }),
  ];
}

function whereTo(
  { client, workspace }: CheckContext,
  device: Device,
  account: Account,
  path: readonly (string | number)[],
): Finding[] {
  const [label = ''] = (account.extension ?? '').split('/');
  const pbx = client.data.pbx?.[label];
  if (pbx === undefined || account.server !== undefined) return [];
  const whole = joinPlatform(workspace, pbx);
  if (whole === null) return [];
  const sip: SIPSettings | undefined = whole.sip;
  if (sip === undefined)
    return [findingIn(client, 'sip-server-missing', { pbx: label }, [...path, 'extension'])];
  const network = account.network ?? device.network;
  if (network === undefined) {
    return sip.lan === undefined || sip.wan === undefined
      ? []
      : [findingIn(client, 'network-needed', { pbx: label }, [...path, 'extension'])];
  }
  if (sip.server !== undefined || sip[network] !== undefined) return [];
  return [findingIn(client, 'network-missing', { pbx: label, network }, [...path, 'extension'])];
}

/** Nobody has the password of an extension whose secret is left alone: the phone keeps what it has. */
function withoutPassword(
  { client }: CheckContext,
  { extension }: Account,
  path: readonly (string | number)[],
): Finding[] {
  const found = (client.data.extensions ?? []).find(({ pbx, number }) => `${pbx}/${number}` === extension);
  const sip = found?.secrets?.sip;
  if (sip === undefined || !('source' in sip) || sip.source !== 'unmanaged') return [];
  const details = { severity: 'warning' } as const;
  return [findingIn(client, 'account-without-password', { extension }, [...path, 'extension'], details)];
}
