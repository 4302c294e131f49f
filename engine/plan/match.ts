import {
  type ActualView,
  type Desired,
  digestOf,
  type GuidedState,
  type State,
  type StateEntry,
  stateKey,
  targetOf,
} from '../model/index.ts';
import type { ClientInput, TargetView } from './input.ts';

/** The three views of one thing, joined by natural key. At least one of desired, actual, entry is there. */
export interface Match {
  /** State key. */
  readonly id: string;
  readonly view: TargetView;
  readonly desired: Desired | null;
  readonly actual: ActualView | null;
  readonly entry: StateEntry | null;
  readonly guided: GuidedState | undefined;
}

/** Joins desired, actual and state of every target by natural key. O(n) in the number of things. */
export function matchAll(input: ClientInput): readonly Match[] {
  const desired = groupBy(input.desired, (d) => targetOf(d.address));
  const entries = groupBy(Object.entries(input.state.resources), ([, entry]) => entry.targetKey);
  return input.views.flatMap((view) =>
    matchTarget(
      view,
      desired.get(view.target.address) ?? [],
      entries.get(view.target.key) ?? [],
      input.state,
    ),
  );
}

/** Entries of state whose target no longer stands in the YAML: nothing can be read or written there. */
export function orphans(input: ClientInput): readonly (readonly [string, StateEntry])[] {
  const known = new Set(input.views.map((view) => view.target.key));
  return Object.entries(input.state.resources).filter(([, entry]) => !known.has(entry.targetKey));
}

/** What a change rests on: `absent`, or the digest of everything read about the thing. */
export function beforeOf(actual: ActualView | null): string {
  if (actual === null) return 'absent';
  return digestOf({ values: actual.values, fingerprints: actual.fingerprints });
}

function matchTarget(
  view: TargetView,
  desired: readonly Desired[],
  entries: readonly (readonly [string, StateEntry])[],
  state: State,
): Match[] {
  const actual = new Map(
    (view.reading?.resources ?? []).map((a) => [stateKey(view.target.key, a.kind, a.key), a]),
  );
  const wanted = new Map(desired.map((d) => [stateKey(view.target.key, d.kind, d.key), d]));
  const owned = new Map(entries);
  const ids = new Set([...wanted.keys(), ...owned.keys(), ...actual.keys()]);
  return [...ids].map((id) => ({
    id,
    view,
    desired: wanted.get(id) ?? null,
    actual: actual.get(id) ?? null,
    entry: owned.get(id) ?? null,
    guided: state.guided[id],
  }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
