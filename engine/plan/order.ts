import { type Change, keyOfState } from '../model/index.ts';
import type { ClientInput } from './input.ts';

/**
 * The order of execution: creates and updates before deletes, each after what it depends on, otherwise by address with
 * numbers counted as numbers. Deterministic for equal input.
 */
export function order(changes: readonly Change[]): readonly Change[] {
  const sorted = [...changes].sort(byRankThenAddress);
  return topological(sorted);
}

const rank: Readonly<Record<Change['action'], number>> = {
  forget: 0,
  record: 1,
  create: 2,
  update: 2,
  delete: 3,
};

const natural = new Intl.Collator('en', { numeric: true });

function byRankThenAddress(a: Change, b: Change): number {
  return rank[a.action] - rank[b.action] || turnOf(a) - turnOf(b) || natural.compare(a.address, b.address);
}

/** Extensions come before the accounts on them, and go after them. */
function turnOf({ kind, action }: Change): number {
  return (kind === 'account') === (action === 'delete') ? 0 : 1;
}

/** Keeps the given order except where a dependency demands otherwise. Cycles cannot arise from the YAML's shape. */
function topological(changes: readonly Change[]): readonly Change[] {
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const done = new Set<Change>();
  const result: Change[] = [];
  const visit = (change: Change): void => {
    if (done.has(change)) return;
    done.add(change);
    for (const address of change.after) {
      const earlier = byAddress.get(address);
      if (earlier !== undefined) visit(earlier);
    }
    result.push(change);
  };
  for (const change of changes) visit(change);
  return result;
}

/**
 * Make before break: where an extension's number appears on another PBX of the same client in the same plan, or its account on another
 * device, the old one goes only after the new one works, and both are shown as one move.
 */
export function linkMoves(
  changes: readonly Change[],
  { state }: Pick<ClientInput, 'state'>,
): readonly Change[] {
  const created = new Map<string, Change>();
  for (const change of changes) {
    const key = isNewHome(change) ? moveKey(change, change.after) : null;
    if (key !== null) created.set(key, change);
  }
  const moves = new Map<Change, Change>();
  for (const change of changes) {
    const before = change.action === 'delete' ? state.resources[keyOfState(change)] : undefined;
    const key = before === undefined ? null : moveKey(change, before.dependsOn);
    const to = key === null ? undefined : created.get(key);
    if (to !== undefined && to.target !== change.target) moves.set(change, to);
  }
  const from = new Map([...moves].map(([old, to]) => [to, old]));
  return changes.map((change) => {
    const to = moves.get(change);
    if (to !== undefined) return { ...change, section: 'moved', after: [...change.after, to.address] };
    const old = from.get(change);
    return old === undefined ? change : { ...change, section: 'moved', previousAddress: old.address };
  });
}

/** Made now, or made and not fetched by its device yet. */
function isNewHome({ action, section, published }: Change): boolean {
  return (action === 'create' && section !== 'vanished') || (action === 'update' && published === true);
}

/** An extension is the same one by its number, an account by the extension it is for. */
function moveKey({ kind, key }: Change, dependsOn: readonly string[]): string | null {
  if (kind === 'extension') return `extension:${key}`;
  const [extension] = dependsOn;
  return extension === undefined ? null : `account of ${extension}`;
}
