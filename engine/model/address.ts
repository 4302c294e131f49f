import type { Kind } from './resource.ts';

/** `acme/pbx:main` */
export function targetAddress(client: string, kind: 'pbx' | 'device', label: string): string {
  return `${client}/${kind}:${label}`;
}

/** `acme/pbx:main/extension:10` */
export function resourceAddress(target: string, kind: Kind, key: string): string {
  return `${target}/${kind}:${key}`;
}

/** The key under which state knows a resource, independent of labels. */
export function stateKey(targetKey: string, kind: Kind, key: string): string {
  return `${targetKey}#${kind}:${key}`;
}

/** Inverse of {@link stateKey}. The target key itself may hold `#`; the last one separates. */
export function parseStateKey(key: string): { targetKey: string; kind: Kind; key: string } {
  const at = key.lastIndexOf('#');
  const colon = key.indexOf(':', at);
  return { targetKey: key.slice(0, at), kind: key.slice(at + 1, colon) as Kind, key: key.slice(colon + 1) };
}

/** `acme/pbx:main/extension:10` → `acme/pbx:main`; an address of a target is its own target. */
export function targetOf(address: string): string {
  return address.split('/').slice(0, 2).join('/');
}

export function clientOf(address: string): string {
  return address.slice(0, address.indexOf('/'));
}

/**
 * Whether `--target`/`--exclude` pattern selects an address: an exact address, or one of its ancestors
 * (`acme`, `acme/pbx:main`), or a trailing `*`.
 */
export function selects(pattern: string, address: string): boolean {
  if (pattern.endsWith('*')) return address.startsWith(pattern.slice(0, -1));
  return address === pattern || address.startsWith(`${pattern}/`);
}

/** The state key of a change, an entry or anything else that says where it lives. */
export function keyOfState(thing: {
  readonly targetKey: string;
  readonly kind: Kind;
  readonly key: string;
}): string {
  return stateKey(thing.targetKey, thing.kind, thing.key);
}
