import {
  type ActualView,
  type Change,
  type Desired,
  type GuidedState,
  leftBehind,
  type OutstandingState,
  type SecretState,
  type State,
  type StateEntry,
  stateKey,
  type Values,
} from '../model/index.ts';
import { desiredDigest } from './draft.ts';
import { guidedPart } from './guided.ts';

/** How a run ended for one change, as far as state cares. */
export interface Ended {
  readonly change: Change;
  readonly desired: Desired | null;
  /** What state had of it before the run. */
  readonly entry: StateEntry | null;
  /** What the target shows after the run; null = absent or not read. */
  readonly actual: ActualView | null;
  /** `recorded` and `done` settle it; anything else keeps it outstanding, with its reason. `published` = written, waits to be fetched. */
  readonly result: 'recorded' | 'done' | 'pending' | 'published' | OutstandingState['reason'];
}

export interface RunFacts {
  readonly now: string;
  readonly commit: string | null;
  /** Target key → label and identity found. */
  readonly targets: Readonly<Record<string, { address: string; identity: Readonly<Record<string, string>> }>>;
  /** State key → secret fields whose declared version was proven to be the one on the target. */
  readonly proven: Readonly<Record<string, Readonly<Record<string, SecretState>>>>;
}

/**
 * The state after a run. Writes are in it already (they were journaled one by one); this adds what touched no target: adoptions, moves,
 * releases, steps for people, and what remains to be done. Pure.
 */
export function nextState(state: State, ended: readonly Ended[], facts: RunFacts): State {
  const resources: Record<string, StateEntry> = { ...state.resources };
  const guided: Record<string, GuidedState> = { ...state.guided };
  const outstanding: Record<string, OutstandingState> = { ...state.outstanding };
  for (const end of ended) {
    const id = stateKey(end.change.targetKey, end.change.kind, end.change.key);
    if (end.result === 'recorded') record(resources, id, end, facts.now);
    if (stillThere(end) && end.entry !== null) resources[id] ??= end.entry;
    settleGuided(guided, id, end, facts.now);
    settleOutstanding(outstanding, id, end, facts.now);
  }
  for (const [id, proven] of Object.entries(facts.proven)) {
    const entry = resources[id];
    if (entry !== undefined) resources[id] = { ...entry, secrets: { ...entry.secrets, ...proven } };
  }
  forgetLeft(resources);
  return {
    ...state,
    resources,
    guided,
    outstanding,
    targets: targetsAfter(state, facts),
    commit: facts.commit,
  };
}

/** What was left behind and is no longer ours is nobody's concern. */
function forgetLeft(resources: Record<string, StateEntry>): void {
  const leavers = Object.entries(resources).flatMap(([id, { left, ...entry }]) =>
    left === undefined ? [] : [{ id, left, entry }],
  );
  if (leavers.length === 0) return;
  const ours = new Set(Object.values(resources).map(({ address }) => address));
  for (const { id, left, entry } of leavers) {
    const still = left.filter((address) => ours.has(address));
    resources[id] = still.length === 0 ? entry : { ...entry, left: still };
  }
}

/** Nothing worth a new serial: the state says the same but for the commit it was applied from. */
export function sameState(a: State, b: State): boolean {
  const essence = ({ resources, targets, guided, outstanding, pending }: State): string =>
    JSON.stringify({ resources, targets, guided, outstanding, pending });
  return essence(a) === essence(b);
}

/** A deletion that was answered with success and yet still shows, or has not reached the target: it stays ours, and is planned again. */
function stillThere(end: Ended): boolean {
  const { change, result, actual } = end;
  return change.action === 'delete' && result !== 'done' && (actual !== null || result === 'published');
}

function record(resources: Record<string, StateEntry>, id: string, end: Ended, now: string): void {
  const { change, desired } = end;
  const before = resources[id];
  if (change.action === 'forget' || desired === null) {
    delete resources[id];
    return;
  }
  resources[id] = {
    address: desired.address,
    kind: desired.kind,
    key: desired.key,
    targetKey: change.targetKey,
    values: recordedValues(desired, before, end.actual),
    secrets: before?.secrets ?? adoptedSecrets(desired, end.actual),
    dependsOn: desired.dependsOn,
    ...leftBehind(before, desired.dependsOn),
    ...(desired.protect ? { protect: true } : {}),
    appliedAt: before?.appliedAt ?? now,
  };
}

/** Of a thing that converged, state says what is declared, except for what nobody could see. */
function recordedValues(desired: Desired, before: StateEntry | undefined, actual: ActualView | null): Values {
  const seen = Object.entries(desired.values).filter(
    ([field, value]) => actual === null || actual.values[field] === value || before?.values[field] === value,
  );
  return Object.fromEntries(seen);
}

/** Adopting replaces no secret: what is there is remembered, but not as a version of ours. */
export function adoptedSecrets(desired: Desired, actual: ActualView | null): Record<string, SecretState> {
  const declared = Object.entries(desired.secrets).filter(([, secret]) => secret.source === 'declared');
  return Object.fromEntries(
    declared.map(([field]) => {
      const readback = actual?.fingerprints[field];
      return [field, typeof readback === 'string' ? { marker: null, readback } : { marker: null }];
    }),
  );
}

/** A step is handed to a person only where nothing blocks it. One that became ours, or is no longer ours, needs none. */
function settleGuided(guided: Record<string, GuidedState>, id: string, end: Ended, now: string): void {
  const { change, result } = end;
  if (result === 'blocked' || result === 'unreachable') return;
  if (change.action === 'forget') {
    delete guided[id];
    return;
  }
  const known = guided[id];
  const part = guidedPart(change);
  if (part === null) {
    const settled = result === 'done' || result === 'recorded' || result === 'published';
    if (settled && (known?.attested === undefined || known.action === 'create')) delete guided[id];
    return;
  }
  if (known?.digest === part.digest) return;
  const { action, values, digest } = part;
  guided[id] = { address: change.address, action, values, digest, since: now };
}

function settleOutstanding(
  outstanding: Record<string, OutstandingState>,
  id: string,
  end: Ended,
  now: string,
): void {
  const { result, desired, change } = end;
  if (result === 'done' || result === 'recorded' || result === 'pending') {
    delete outstanding[id];
    return;
  }
  const known = outstanding[id];
  const digest = desired === null ? 'absent' : desiredDigest(desired);
  const same = known?.digest === digest;
  outstanding[id] = {
    address: change.address,
    digest,
    reason: result === 'published' ? 'deferred' : result,
    since: same ? known.since : now,
    attempts: (same ? known.attempts : 0) + 1,
  };
}

function targetsAfter(state: State, facts: RunFacts): State['targets'] {
  const seen = Object.entries(facts.targets).map(([key, { address, identity }]) => {
    const before = state.targets[key];
    return [key, { address, identity, commitPending: before?.commitPending ?? false }] as const;
  });
  return { ...state.targets, ...Object.fromEntries(seen) };
}
