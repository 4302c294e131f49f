import { AltaError, type ErrorFacts, type Pending, type State } from '../model/index.ts';
import { type Folded, fold, onlyOpen } from './fold.ts';
import { type Io, reasonOf } from './io.ts';
import { createJournal, type Journal } from './journal.ts';
import type { ChangeRecord } from './record.ts';
import { journalPath, type Loaded, removeJournals, type Shelf } from './shelf.ts';
import type { Lease, OpenIntent, StateWriter } from './store.ts';
import type { Stow } from './stow.ts';
import { createTurns } from './turns.ts';

/** What is stored, and what has happened since. */
interface Progress {
  readonly state: State;
  /** Intents that were open when `state` was stored. */
  readonly open: readonly OpenIntent[];
  /** In the order in which they happened. */
  readonly records: ChangeRecord[];
}

/** What `pending` shall be, given what was folded and what the caller made of it. */
type Expect = (folded: Folded, mutated: State) => Pending | null;

/** The writer of one client's state, over what was loaded. `stow` puts a state in its place. */
export function createWriter(io: Io, shelf: Shelf, lease: Lease, loaded: Loaded, stow: Stow): StateWriter {
  const { state, open } = loaded.recovered;
  const turns = createTurns();
  let progress: Progress = { state, open, records: [] };
  let journal: Promise<Journal> | null = null;
  let begun = false;
  let lastSeq = Math.max(0, ...open.map((intent) => intent.seq));

  async function openJournal(): Promise<Journal> {
    lease.assertHeld();
    if (progress.state.serial === 0) throw misuse('the state was never stored');
    const { lineage, serial } = progress.state;
    const header = { t: 'begin', v: 1, lineage, serial, epoch: lease.epoch, open: progress.open } as const;
    return createJournal(io, journalPath(shelf, lease.epoch), header);
  }

  async function append(record: ChangeRecord): Promise<void> {
    journal ??= openJournal().catch((error) => {
      journal = null;
      throw error;
    });
    await (await journal).append(record);
  }

  /** Before something is written to a target: without its record on disk it must not be. */
  async function announce(record: ChangeRecord): Promise<void> {
    if (!begun) throw misuse('a write was announced before begin');
    lease.assertHeld();
    try {
      await append(record);
    } catch (cause) {
      if (cause instanceof AltaError) throw cause;
      throw journalError(cause, { written: 'nothing', cause });
    }
    progress.records.push(record);
  }

  /** After something was written: remembered for the next save even where the journal fails. */
  async function note(record: ChangeRecord): Promise<void> {
    progress.records.push(record);
    try {
      await append(record);
    } catch (cause) {
      throw journalError(cause, { cause });
    }
  }

  const journalError = (cause: unknown, facts: ErrorFacts) =>
    new AltaError('journal-write-failed', { client: shelf.client, reason: reasonOf(cause) }, facts);

  async function closeJournal(): Promise<void> {
    const current = await journal?.catch(() => null);
    journal = null;
    // Every record is on the disk already.
    await current?.close().catch(() => {});
  }

  async function store(mutate: (state: State) => State, expect: Expect): Promise<State> {
    const folded = fold(progress.state, progress.open, progress.records);
    const mutated = mutate(folded.state);
    const next = sealed(mutated, progress.state, expect(folded, mutated));
    await stow(next);
    io.at('save:stored');
    await closeJournal();
    progress = { state: next, open: folded.open, records: [] };
    begun &&= next.pending !== null;
    // One that stays is of an older serial: nobody reads it again.
    await removeJournals(io, shelf).catch(() => {});
    io.at('save:journals-removed');
    return next;
  }

  /** The fields that are the store's own. */
  function sealed(mutated: State, before: State, pending: Pending | null): State {
    const { client, lineage, format_version } = before;
    return {
      ...mutated,
      format_version,
      client,
      lineage,
      serial: before.serial + 1,
      alta_version: shelf.altaVersion,
      updatedAt: new Date(io.clock.now()).toISOString(),
      pending,
    };
  }

  async function begin(pending: Pending): Promise<State> {
    const next = await store(unchanged, ({ open: carried }) => {
      const writes = [...carried.map((intent) => intent.write), ...pending.writes];
      return { ...pending, epoch: lease.epoch, writes };
    });
    begun = true;
    return next;
  }

  const save = (mutate: (state: State) => State) =>
    store(mutate, (folded, { pending }) => (pending === null ? onlyOpen(folded) : folded.state.pending));

  return {
    recovered: loaded.recovered,
    begin: (pending) => turns.alone(() => begin(pending)),
    async intent(write) {
      lastSeq += 1;
      const seq = lastSeq;
      const at = new Date(io.clock.now()).toISOString();
      await turns.shared(() => announce({ t: 'intent', seq, write, at }));
      return seq;
    },
    done: (seq, entry) => turns.shared(() => note({ t: 'outcome', seq, result: 'done', entry })),
    failed: (seq, written) => turns.shared(() => note({ t: 'outcome', seq, result: 'failed', written })),
    commitPending: (targetKey, address) =>
      turns.shared(() => announce({ t: 'commit-pending', targetKey, address })),
    committed: (targetKey) => turns.shared(() => note({ t: 'committed', targetKey })),
    save: (mutate) => turns.alone(() => save(mutate)),
    close: () => turns.alone(closeJournal),
  };
}

const unchanged = (state: State) => state;

function misuse(message: string): AltaError {
  return new AltaError('internal', { message }, { written: 'nothing' });
}
