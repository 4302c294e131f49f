import type { Capabilities } from '../../providers/contract.ts';
import {
  type ActualView,
  type PendingWrite,
  type State,
  type StateEntry,
  stateKey,
  type Values,
} from '../model/index.ts';
import type { TargetView } from './input.ts';
import { beforeOf } from './match.ts';

/**
 * After a crash: what became of the writes whose outcome nobody recorded. Every open intent is held against what the target
 * has now, before any diff. Pure; `plan` keeps the result in memory, `apply` saves it.
 *
 * - create: present, and provably what we sent → ours. Otherwise it stays unowned (adopt decides).
 * - update: the entry takes the values that the target now shows to be ours; a value that was to go and is still there stays ours, so
 *   that it goes yet; a secret that cannot be proven written loses its marker, so that it is written again.
 * - delete: absent → gone from state. Present → still ours, planned again.
 */
export function resolveOpen(
  state: State,
  open: readonly PendingWrite[],
  views: readonly TargetView[],
  now: string,
): State {
  if (open.length === 0) return state;
  const actual = indexActual(views);
  const readings = new Map(views.map((view) => [view.target.key, view.reading]));
  const resources = { ...state.resources };
  for (const write of open) {
    const reading = readings.get(targetKeyOf(write, state)) ?? null;
    if (reading === null) continue;
    resolveOne(resources, write, { actual: actual.get(write.key) ?? null, can: reading.can }, now);
  }
  return { ...state, resources };
}

/** What the target of an open write shows now. */
interface Shown {
  readonly actual: ActualView | null;
  readonly can: Capabilities;
}

/** Writes into `resources` what became of one write. */
function resolveOne(
  resources: Record<string, StateEntry>,
  write: PendingWrite,
  { actual, can }: Shown,
  now: string,
): void {
  if (write.after === null) {
    if (actual === null) delete resources[write.key];
    return;
  }
  if (actual === null || (write.action === 'create' && !provenOurs(write, actual))) return;
  const before = resources[write.key];
  const entry = believed(write, write.after, before, actual, now);
  const kept = can.resets?.includes(entry.kind) === true ? notReset(write, before, actual) : {};
  resources[write.key] = { ...entry, values: { ...kept, ...entry.values } };
}

/** Ours before, not any more once the write happened, and still there: as it was last applied, or as the run found it. */
function notReset(write: PendingWrite, before: StateEntry | undefined, actual: ActualView): Values {
  const untouched = beforeOf(actual) === write.before;
  const gone = Object.entries(before?.values ?? {}).filter(([field, value]) => {
    const shown = actual.values[field];
    return untouched ? shown !== undefined : shown === value;
  });
  return Object.fromEntries(gone);
}

/** An object is what we sent when a secret we sent reads back, or else when every value shown is the one we sent. */
function provenOurs(write: PendingWrite, actual: ActualView): boolean {
  const shown = Object.entries(write.fingerprints).filter(
    ([f]) => typeof actual.fingerprints[f] === 'string',
  );
  if (shown.length > 0) return shown.every(([field, print]) => actual.fingerprints[field] === print);
  return write.after !== null && holds(actual.values, write.after.values);
}

function holds(shown: Values, sent: Values): boolean {
  return Object.entries(sent).every(([field, value]) => !(field in shown) || shown[field] === value);
}

function believed(
  write: PendingWrite,
  after: Omit<StateEntry, 'appliedAt'>,
  before: StateEntry | undefined,
  actual: ActualView,
  now: string,
): StateEntry {
  const values = Object.fromEntries(
    Object.entries(after.values).flatMap(([field, sent]) => {
      if (actual.values[field] === sent) return [[field, sent]];
      const last = before?.values[field];
      return last === undefined ? [] : [[field, last]];
    }),
  );
  const secrets = Object.fromEntries(
    Object.entries(after.secrets).flatMap(([field, sent]) => {
      if (!(field in write.revs)) return [[field, before?.secrets[field] ?? sent]];
      const print = write.fingerprints[field];
      const proven = print !== undefined && actual.fingerprints[field] === print;
      return proven ? [[field, { marker: write.revs[field] ?? null, readback: print }]] : [];
    }),
  );
  return { ...after, values, secrets, appliedAt: before?.appliedAt ?? now };
}

/**
 * A stand-alone box whose address changed is still the same box: where its serial is the one that state knows under another
 * target key, the entries follow it.
 */
export function followIdentity(state: State, views: readonly TargetView[]): State {
  const declared = new Set(views.map((view) => view.target.key));
  const bySerial = new Map(
    Object.entries(state.targets).flatMap(([key, target]) => {
      const serial = target.identity.serial;
      return serial === undefined || declared.has(key) || !standsAlone(key) ? [] : [[serial, key] as const];
    }),
  );
  return views.reduce((followed, view) => {
    const serial = standsAlone(view.target.key) ? view.reading?.identity.serial : undefined;
    const from = serial === undefined ? undefined : bySerial.get(serial);
    return from === undefined ? followed : rekey(followed, from, view.target.key);
  }, state);
}

/** A tenant on a shared server is known by its platform: the server's serial says nothing about it. */
function standsAlone(targetKey: string): boolean {
  return !targetKey.startsWith('platform:');
}

function rekey(state: State, from: string, to: string): State {
  const move = <T>(table: Readonly<Record<string, T>>, map: (item: T) => T): Record<string, T> =>
    Object.fromEntries(
      Object.entries(table).map(([key, item]) =>
        key.startsWith(`${from}#`) ? [`${to}${key.slice(from.length)}`, map(item)] : [key, item],
      ),
    );
  const targets = Object.entries(state.targets).map(
    ([key, target]) => [key === from ? to : key, target] as const,
  );
  return {
    ...state,
    resources: move(state.resources, (entry) => ({ ...entry, targetKey: to })),
    guided: move(state.guided, (item) => item),
    outstanding: move(state.outstanding, (item) => item),
    targets: Object.fromEntries(targets),
  };
}

function indexActual(views: readonly TargetView[]): Map<string, ActualView> {
  return new Map(
    views.flatMap((view) =>
      (view.reading?.resources ?? []).map((a) => [stateKey(view.target.key, a.kind, a.key), a] as const),
    ),
  );
}

function targetKeyOf(write: PendingWrite, state: State): string {
  return write.after?.targetKey ?? state.resources[write.key]?.targetKey ?? '';
}
