import type { ActualView, Desired, Kind } from '../../model/index.ts';
import type { ClientInput } from '../../plan/index.ts';
import type { Reread } from '../apply/settle.ts';

/** What is wanted and what is there, looked up for one change after the other: never searched for. */
export interface Known {
  desired(address: string): Desired | null;
  /** What a target showed, by its address; null = absent or not read. */
  actual(target: string, kind: Kind, key: string): ActualView | null;
}

/** Indexes one client's input once. What could be read again after the writes replaces what was read before. */
export function knownOf(
  input: Pick<ClientInput, 'desired' | 'views'>,
  rereads: ReadonlyMap<string, Reread> = new Map(),
): Known {
  const desired = new Map(input.desired.map((one) => [one.address, one]));
  const before = input.views.map((view) => [view.target.address, view] as const);
  const again = [...rereads].filter(([, { view }]) => view.status === 'read');
  const after = again.map(([target, { view }]) => [target, view] as const);
  const actual = new Map(
    [...new Map([...before, ...after])].map(([target, { reading }]) => {
      const shown = (reading?.resources ?? []).map((one) => [`${one.kind}:${one.key}`, one] as const);
      return [target, new Map(shown)] as const;
    }),
  );
  return {
    desired: (address) => desired.get(address) ?? null,
    actual: (target, kind, key) => actual.get(target)?.get(`${kind}:${key}`) ?? null,
  };
}
