import { type Change, keyOfState, type StateEntry, targetOf } from '../model/index.ts';
import type { ClientInput } from './input.ts';

/** What of ours leans on something else of ours, by state key of that something: accounts on their extension. */
export type Dependents = ReadonlyMap<string, readonly StateEntry[]>;

/** Entries name what they depend on by address; what is there now may carry another label. */
export function dependentsOf(input: ClientInput): Dependents {
  const { resources } = input.state;
  const keys = new Map([
    ...Object.values(resources).map((entry) => [entry.address, keyOfState(entry)] as const),
    ...declared(input).map(([key, address]) => [address, key] as const),
  ]);
  const leaning = Object.values(resources).flatMap((entry) =>
    entry.dependsOn.map((address) => [keys.get(address) ?? address, entry] as const),
  );
  const found = new Map<string, StateEntry[]>();
  for (const [id, entry] of leaning) found.set(id, [...(found.get(id) ?? []), entry]);
  return found;
}

/** State key and address of everything that the YAML asks for. */
function declared({ views, desired }: ClientInput): readonly (readonly [key: string, address: string])[] {
  const targets = new Map(views.map(({ target }) => [target.address, target.key]));
  return desired.map(({ address, kind, key }) => {
    const targetKey = targets.get(targetOf(address)) ?? '';
    return [keyOfState({ targetKey, kind, key }), address] as const;
  });
}

/** What goes waits for all that still leans on it to be changed, moved or gone first. */
export function awaitDependents(changes: readonly Change[], dependents: Dependents): readonly Change[] {
  const byKey = new Map(changes.map((change) => [keyOfState(change), change.address]));
  return changes.map((change) => {
    if (change.action !== 'delete') return change;
    const leaning = dependents.get(keyOfState(change)) ?? [];
    const first = leaning.flatMap((entry) => byKey.get(keyOfState(entry)) ?? []);
    return first.length === 0 ? change : { ...change, after: [...change.after, ...first] };
  });
}

/**
 * A secret that changes cuts off whatever still has the old one. Names the accounts of ours that this run cannot give the new one:
 * their device is away, set up by hand, or fetches its settings when it likes. Where only drift is reverted, nobody is cut off.
 */
export function nameStranded(
  changes: readonly Change[],
  dependents: Dependents,
  input: ClientInput,
): readonly Change[] {
  const writable = new Set(
    input.views
      .filter(({ status, target }) => status === 'read' && target.publication === undefined)
      .map(({ target }) => target.key),
  );
  const wanted = new Map(declared(input));
  return changes.map((change) => {
    if (!rotates(change)) return change;
    const leaning = dependents.get(keyOfState(change)) ?? [];
    const strands = leaning
      .filter(({ targetKey }) => !writable.has(targetKey))
      .flatMap((entry) => wanted.get(keyOfState(entry)) ?? []);
    return strands.length === 0 ? change : { ...change, strands };
  });
}

/** Gives something that works already another secret. */
export function rotates({ kind, action, fields }: Change): boolean {
  const secret = fields.some(({ field, why }) => field === 'sip' && why !== 'drift');
  return kind === 'extension' && action === 'update' && secret;
}
