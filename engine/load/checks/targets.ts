import { targetAddress } from '../../model/index.ts';
import type { Device, PBX } from '../../model/input.ts';
import { suggest } from '../suggest.ts';
import type { Finding } from '../types.ts';
import { type Check, type CheckContext, findingIn } from './context.ts';

/** PBXs and devices: the platform and the bastion they name exist, nothing travels in clear, the driver is built. */
export const checkTargets: Check = (context) => [
  ...Object.entries(context.client.data.pbx ?? {}).flatMap(([label, pbx]) => checkPbx(context, label, pbx)),
  ...(context.client.data.devices ?? []).flatMap((device, index) => checkDevice(context, device, index)),
];

function checkPbx(context: CheckContext, label: string, pbx: PBX): Finding[] {
  const path = ['pbx', label];
  return [
    ...unknownPlatform(context, label, pbx.platform),
    ...unknownVia(context, path, pbx.via),
    ...unknownVia(context, [...path, 'observer'], pbx.observer?.via),
    ...inClear(context, [...path, 'url'], pbx.url, pbx),
    ...unbuiltDriver(context, path, pbx, targetAddress(context.client.id, 'pbx', label)),
  ];
}

function checkDevice(context: CheckContext, device: Device, index: number): Finding[] {
  const path = ['devices', index];
  return [
    ...unknownVia(context, path, device.via),
    ...inClear(context, [...path, 'address'], device.address, device),
    ...unbuiltDriver(context, path, device, targetAddress(context.client.id, 'device', device.id ?? '')),
  ];
}

function unknownPlatform(context: CheckContext, label: string, platform: string | undefined): Finding[] {
  const known = Object.keys(context.workspace.platforms ?? {});
  if (platform === undefined || !context.workspaceComplete || known.includes(platform)) return [];
  const meant = suggest(platform, known);
  const params = { platform, known: meant === null ? known : [meant] };
  return [findingIn(context.client, 'platform-unknown', params, ['pbx', label, 'platform'])];
}

function unknownVia(
  { client, workspace, workspaceComplete }: CheckContext,
  path: readonly (string | number)[],
  via: string | undefined,
): Finding[] {
  const known = [...Object.keys(client.data.access ?? {}), ...Object.keys(workspace.access ?? {})];
  if (via === undefined || !client.complete || !workspaceComplete || known.includes(via)) return [];
  const meant = suggest(via, known);
  return [
    findingIn(client, 'via-unknown', { via, known: meant === null ? known : [meant] }, [...path, 'via']),
  ];
}

function inClear(
  { client }: CheckContext,
  path: readonly (string | number)[],
  url: string | undefined,
  target: { readonly via?: string; readonly insecure?: string },
): Finding[] {
  if (!isClear(url) || target.via !== undefined || target.insecure !== undefined) return [];
  return [findingIn(client, 'http-in-clear', { url: url ?? '' }, path)];
}

/** Whether an address is spoken to without encryption. */
export function isClear(url: string | undefined): boolean {
  return url !== undefined && /^(http|ami):/.test(url);
}

function unbuiltDriver(
  { client, options }: CheckContext,
  path: readonly (string | number)[],
  target: { readonly driver?: string; readonly mode?: string },
  address: string,
): Finding[] {
  const { driver, mode } = target;
  if (driver === undefined || mode === 'guided' || options.knownDrivers === undefined) return [];
  if (options.knownDrivers.includes(driver)) return [];
  const details = { severity: 'warning', address } as const;
  return [findingIn(client, 'driver-unbuilt', { driver, address }, [...path, 'driver'], details)];
}
