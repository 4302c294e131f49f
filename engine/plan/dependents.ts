import { type Change, keyOfState, type StateEntry, targetOf } from '../model/index.ts';
import { type ClientInput, isSelected } from './input.ts';

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

/** What goes waits for all that still leans on it to be changed, moved or gone first, and names what left it before. */
export function awaitDependents(
  changes: readonly Change[],
  dependents: Dependents,
  { state }: Pick<ClientInput, 'state'>,
): readonly Change[] {
  const byKey = new Map(changes.map((change) => [keyOfState(change), change.address]));
  const leavers = Object.values(state.resources).filter(({ left }) => left !== undefined);
  return changes.map((change) => {
    if (change.action !== 'delete') return change;
    const gone = leavers.filter(({ left = [] }) => left.includes(change.address));
    const leaning = [...(dependents.get(keyOfState(change)) ?? []), ...gone];
    const first = leaning.flatMap((entry) => byKey.get(keyOfState(entry)) ?? []);
    const vacates = gone.length === 0 ? {} : { vacates: gone.map(({ address }) => address) };
    return { ...change, ...vacates, after: [...change.after, ...new Set(first)] };
  });
}

/**
 * A secret that changes cuts off whatever still has the old one. Names the accounts of ours that this run does not give the new one: their
 * device is away, set up by hand, or fetches its settings when it likes; they were left out of the run; or they were taken over with a
 * password that is not ours to replace.
 */
export function nameStranded(
  changes: readonly Change[],
  dependents: Dependents,
  input: ClientInput,
): readonly Change[] {
  const told = new Set(changes.filter((change) => isTold(change, input)).map(keyOfState));
  const wanted = new Map(declared(input));
  const fetching = new Set(
    input.views.flatMap(({ target }) => (target.publication === undefined ? [] : [target.key])),
  );
  return changes.map((change) => {
    const marker = change.revs.sip;
    if (!rotates(change) || marker === undefined) return change;
    const strands = (dependents.get(keyOfState(change)) ?? [])
      .filter((entry) => marker === null || entry.secrets.password?.marker !== marker)
      .filter((entry) => fetching.has(entry.targetKey) || !told.has(keyOfState(entry)))
      .flatMap((entry) => wanted.get(keyOfState(entry)) ?? []);
    return strands.length === 0 ? change : { ...change, strands };
  });
}

/** Written in this run, a password with it. */
function isTold({ address, means, blocked, fields }: Change, { selection }: ClientInput): boolean {
  const secret = fields.some(({ sensitive, guided }) => sensitive && !guided);
  return means === 'api' && blocked === null && secret && isSelected(address, selection);
}

/** Gives something that works already another secret. */
export function rotates({ kind, action, fields }: Change): boolean {
  const secret = fields.some(({ field, why }) => field === 'sip' && why !== 'drift');
  return kind === 'extension' && action === 'update' && secret;
}
