import dns from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AltaError } from '../../engine/model/index.ts';
import type { Errand } from './deadline.ts';
import { kindOf } from './kind.ts';

type Refusal = 'link-local' | 'metadata' | 'unspecified' | 'multicast' | 'broadcast';

/**
 * What is never dialled. Loopback and private ranges are not here: that is where boxes live. Metadata services of clouds
 * hand out credentials to whoever asks [vendor-docs: AWS 169.254.169.254 and fd00:ec2::254, Alibaba 100.100.100.200].
 */
const refused: readonly (readonly [Refusal, BlockList])[] = [
  ['metadata', blocks(['169.254.169.254', 32], ['100.100.100.200', 32], ['fd00:ec2::254', 128])],
  ['link-local', blocks(['169.254.0.0', 16], ['fe80::', 10])],
  ['unspecified', blocks(['0.0.0.0', 8], ['::', 128])],
  ['multicast', blocks(['224.0.0.0', 4], ['ff00::', 8])],
  ['broadcast', blocks(['255.255.255.255', 32])],
];

function blocks(...subnets: (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family(net));
  return list;
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Why an IP address is never dialled, or null. IPv4 inside IPv6 (mapped, NAT64, 6to4) counts as that IPv4 address. */
export function refusalOf(address: string): Refusal | null {
  const plain = address.replace(/%.*$/, '');
  const candidates = [plain, ...innerIpv4(plain)];
  const hit = refused.find(([, list]) => candidates.some((ip) => list.check(ip, family(ip))));
  return hit ? hit[0] : null;
}

/** The IPv4 address that a translating IPv6 address stands for: 64:ff9b::/96 (RFC 6052) and 2002::/16 (RFC 3056). */
function innerIpv4(address: string): string[] {
  if (isIP(address) !== 6) return [];
  const groups = expand(address);
  const [a = 0, b = 0, c = 0] = groups;
  if (a === 0x2002) return [dotted(b, c)];
  const isNat64 = a === 0x64 && b === 0xff9b && isZero(groups.slice(2, 6));
  const isMapped = isZero(groups.slice(0, 5)) && groups[5] === 0xffff;
  return isNat64 || isMapped ? [dotted(groups[6] ?? 0, groups[7] ?? 0)] : [];
}

function isZero(groups: readonly number[]): boolean {
  return groups.every((group) => group === 0);
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight groups of an IPv6 address. The URL parser brings any spelling to its hexadecimal form. */
function expand(address: string): number[] {
  const compact = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = compact.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return groups(head);
  const [left, right] = [groups(head), groups(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/**
 * The addresses of a host name, looked up once and all of them allowed: a name that also stands for a refused address is
 * refused as a whole. Throws `unreachable` and `address-refused`.
 */
export async function resolveHost(hostname: string, errand: Errand): Promise<readonly ResolvedAddress[]> {
  const addresses = await lookUp(hostname, errand);
  for (const { address } of addresses) refuseAddress(address, errand);
  return addresses;
}

/** Throws `address-refused` where an IP address is one that is never dialled. */
export function refuseAddress(address: string, errand: Errand): void {
  const kind = refusalOf(address);
  if (kind) throw new AltaError('address-refused', { ...errand, address, kind });
}

async function lookUp(hostname: string, errand: Errand): Promise<readonly ResolvedAddress[]> {
  const literal = isIP(hostname);
  if (literal) return [{ address: hostname, family: literal }];
  try {
    return await dns.lookup(hostname, { all: true });
  } catch (error) {
    throw new AltaError('unreachable', { ...errand, kind: kindOf(error) });
  }
}
