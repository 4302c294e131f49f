import type { Kind } from './resource.ts';

/** The order in which a phone's own page and the procedure name the fields of an account. */
const account = [
  'active',
  'label',
  'displayName',
  'registerName',
  'userName',
  'password',
  'domain',
  'server',
  'port',
  'transport',
  'expires',
  'retries',
];

const orders: Readonly<Record<Kind, ReadonlyMap<string, number>>> = {
  extension: new Map(),
  account: new Map(account.map((field, index) => [field, index])),
};

/** Sorts things about fields as people read them; what has no place of its own keeps its turn, at the end. */
export function inReadingOrder<T extends { readonly field: string }>(
  kind: Kind,
  things: readonly T[],
): readonly T[] {
  const order = orders[kind];
  if (order.size === 0) return things;
  const placeOf = ({ field }: T): number => order.get(field) ?? order.size;
  return [...things].sort((a, b) => placeOf(a) - placeOf(b));
}
