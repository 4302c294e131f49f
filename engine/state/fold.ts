import type { PendingWrite, State, StateEntry, TargetState } from '../model/index.ts';
import type { ChangeRecord, JournalRecord } from './record.ts';
import type { OpenIntent, Recovered } from './store.ts';

/** A state with records added, and the writes that may have happened without state knowing how they ended. */
export interface Folded {
  readonly state: State;
  readonly open: readonly OpenIntent[];
}

/** What folding works on: copies, made once. */
interface Draft {
  readonly resources: Map<string, StateEntry>;
  readonly targets: Map<string, TargetState>;
  /** By the number of the intent, in the order of starting. */
  readonly open: Map<number, OpenIntent>;
  /** Keys of writes whose end is known. */
  readonly settled: Set<string>;
}

/**
 * Adds journal records to a state. Pure; costs the size of the state once, plus the records.
 * Settled writes leave `pending`; planned ones that were never started stay in it.
 */
export function fold(state: State, open: readonly OpenIntent[], records: readonly ChangeRecord[]): Folded {
  const draft: Draft = {
    resources: new Map(Object.entries(state.resources)),
    targets: new Map(Object.entries(state.targets)),
    open: new Map(open.map((intent) => [intent.seq, intent])),
    settled: new Set(),
  };
  for (const record of records) add(draft, record);
  return {
    state: {
      ...state,
      resources: Object.fromEntries(draft.resources),
      targets: Object.fromEntries(draft.targets),
      pending: unsettled(state.pending, draft),
    },
    open: [...draft.open.values()],
  };
}

function add(draft: Draft, record: ChangeRecord): void {
  switch (record.t) {
    case 'intent':
      begin(draft, record);
      return;
    case 'outcome':
      settle(draft, record);
      return;
    case 'commit-pending':
      expectCommit(draft, record.targetKey, record.address);
      return;
    case 'committed':
      forgetCommit(draft, record.targetKey);
  }
}

function begin(draft: Draft, { seq, write, at }: Extract<ChangeRecord, { t: 'intent' }>): void {
  draft.open.set(seq, { seq, write, written: 'unknown', ...(at === undefined ? {} : { at }) });
}

type Outcome = Extract<ChangeRecord, { t: 'outcome' }>;

function settle(draft: Draft, record: Outcome): void {
  const intent = draft.open.get(record.seq);
  if (intent === undefined) return;
  const { key } = intent.write;
  if (record.result === 'done') {
    if (record.entry === null) draft.resources.delete(key);
    else draft.resources.set(key, record.entry);
    close(draft, key, record.seq);
  } else if (record.written === 'nothing') {
    draft.open.delete(record.seq);
    draft.settled.add(key);
  } else {
    draft.open.set(record.seq, { ...intent, written: record.written });
  }
}

/** A write that is known to have happened also answers what became of earlier ones of the same key. */
function close(draft: Draft, key: string, seq: number): void {
  for (const intent of draft.open.values()) {
    if (intent.write.key === key && intent.seq <= seq) draft.open.delete(intent.seq);
  }
  draft.settled.add(key);
}

function expectCommit(draft: Draft, targetKey: string, address: string): void {
  const identity = draft.targets.get(targetKey)?.identity ?? {};
  draft.targets.set(targetKey, { address, commitPending: true, identity });
}

function forgetCommit(draft: Draft, targetKey: string): void {
  const target = draft.targets.get(targetKey);
  if (target !== undefined) draft.targets.set(targetKey, { ...target, commitPending: false });
}

/** Open writes first, then those never started. */
function unsettled(pending: State['pending'], { open, settled }: Draft): State['pending'] {
  if (pending === null) return null;
  const started = [...open.values()].map((intent) => intent.write);
  const known = new Set([...settled, ...started.map((write) => write.key)]);
  return { ...pending, writes: [...started, ...pending.writes.filter((write) => !known.has(write.key))] };
}

/**
 * What a state means after its run has ended, by whatever death. With its journal, only started writes are open.
 * Without it (another machine, a lost disk) every pending write may have happened.
 *
 * @param journal the records of the journal that belongs to this very state; empty = there is none.
 */
export function recover(state: State, journal: readonly JournalRecord[], torn: boolean): Recovered {
  const [header, ...records] = journal;
  const folded =
    header?.t === 'begin'
      ? fold(state, header.open, records.filter(isChange))
      : { state, open: allOpen(state.pending?.writes ?? []) };
  return { state: { ...folded.state, pending: onlyOpen(folded) }, open: folded.open, torn };
}

function isChange(record: JournalRecord): record is ChangeRecord {
  return record.t !== 'begin';
}

function allOpen(writes: readonly PendingWrite[]): OpenIntent[] {
  return writes.map((write, index) => ({ seq: index + 1, write, written: 'unknown' }));
}

/** `pending` without the writes that were never started; null where none is open. */
export function onlyOpen({ state, open }: Folded): State['pending'] {
  if (state.pending === null || open.length === 0) return null;
  return { ...state.pending, writes: open.map((intent) => intent.write) };
}
