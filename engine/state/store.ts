import type { Pending, PendingWrite, State, StateEntry, Written } from '../model/index.ts';

/**
 * Who holds a lease, as written into it. Everything that may not be known is null: an unknown never proves that
 * a holder is dead.
 */
export interface Holder {
  /** Random; tells two holders of one epoch file's name apart. */
  readonly token: string;
  readonly epoch: number;
  readonly host: string;
  /** Digest of the machine's id (`/etc/machine-id`). */
  readonly machine: string | null;
  /** Kernel's boot id: changes with every start of the machine. */
  readonly bootId: string | null;
  /** `pid:[4026531836]` */
  readonly pidNamespace: string | null;
  readonly pid: number;
  /** Start of the process in clock ticks since boot: with `pid` it names one process for ever. */
  readonly processStart: string | null;
  readonly user: string;
  /** The command that holds it: `apply`. */
  readonly command: string;
  /** RFC 3339, UTC. */
  readonly acquiredAt: string;
  readonly ttlMs: number;
  /** Grows with every renewal: the sign of life. */
  readonly beats: number;
}

/** The right to write one client's state (`client-acme`), or to write to one host (`host-<hash>`). */
export interface Lease {
  readonly name: string;
  /** Grows with every holder, never repeats. */
  readonly epoch: number;
  readonly holder: Holder;
  /** Aborted, with the `lease-lost` error as its reason, as soon as the loss is noticed. */
  readonly signal: AbortSignal;
  /**
   * Call before every remote write. Resolves when the lease outlives a call of `deadlineMs` (renewing it where too
   * little is left); throws `lease-lost` (written: nothing) otherwise. `deadlineMs` must be below the lease's TTL.
   */
  mayWrite(deadlineMs: number): Promise<void>;
  /** Throws `lease-lost` unless the lease is held this very moment, by both clocks and by what the store shows. */
  assertHeld(): void;
  /** Ends the heartbeat and frees the lease for the next. Safe to call twice, and after a loss. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  /** Who asks: shown to whoever waits. */
  readonly user: string;
  readonly command: string;
  /** How long the lease lives without a renewal, ms. Default 60,000. */
  readonly ttlMs?: number;
  /**
   * How long to wait for a living holder, ms. Default 0: fail as soon as it is known to live. A holder whose life
   * cannot be told at once is always watched, at most for its TTL and a margin.
   */
  readonly waitMs?: number;
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal;
  /** Called once for each holder waited for. */
  readonly onWait?: (holder: Holder | null) => void;
}

/** A write that may have reached its target: read the target before believing anything about it. */
export interface OpenIntent {
  /** For {@link StateWriter.done} and {@link StateWriter.failed}, once it is known what happened. */
  readonly seq: number;
  readonly write: PendingWrite;
  /** `something`: the failed call said so. `unknown`: it said so, or no outcome was journaled. */
  readonly written: 'something' | 'unknown';
  /** RFC 3339, UTC: when the call was about to be made. Absent where no journal tells: not before `pending.startedAt`. */
  readonly at?: string;
}

/** A client's state with everything the journals add to it. */
export interface Recovered {
  /** `pending` holds exactly the writes of `open`, or is null. A client without state gets a fresh one, serial 0. */
  readonly state: State;
  /** In the order in which they were started. Several may concern one key. */
  readonly open: readonly OpenIntent[];
  /** The journal ended in the middle of a record: the mark of a crash. Nothing acknowledged is lost by it. */
  readonly torn: boolean;
}

/** Where the states of a workspace are kept. One implementation for each backend. */
export interface StateStore {
  /**
   * The state as it stands, journals folded in, in memory. Writes nothing, needs no lease.
   * @throws state-unreadable, state-version-unknown, state-wrong-client, journal-orphaned, state-folder-unusable
   */
  read(client: string): Promise<Recovered>;
  /**
   * Takes a lease by name: `client-acme`, `host-<hash>`.
   * @throws lease-held, state-local-in-ci, state-network-filesystem, state-outside-workspace,
   *   state-folder-unusable
   */
  lease(name: string, options: LeaseOptions): Promise<Lease>;
  /** Opens the state of a client for writing, under its lease `client-<client>`; folds in what a crash left. */
  openWriter(client: string, lease: Lease): Promise<StateWriter>;
  /** Clients that have a state, sorted. */
  list(): Promise<readonly string[]>;
}

/**
 * Writes one client's state during one run. Calls may overlap; each resolves only when its effect survives a crash.
 * Order: `begin`, then for every remote write `intent` → the call → `done` or `failed`, at the end `save`, `close`.
 */
export interface StateWriter {
  /** What was found on opening. Settle its `open` intents first. */
  readonly recovered: Recovered;
  /**
   * Stores what is about to be written, before the first remote write. Intents still open from before stay open.
   */
  begin(pending: Pending): Promise<State>;
  /** Journals one write before its call; answers its number. If this throws (written: nothing), do not call. O(1). */
  intent(write: PendingWrite): Promise<number>;
  /** Journals that the write happened: the entry state shall hold, or null where the resource is gone. O(1). */
  done(seq: number, entry: StateEntry | null): Promise<void>;
  /** Journals that the write failed. After `nothing` it is closed; else it stays open. O(1). */
  failed(seq: number, written: Written): Promise<void>;
  /** Before a target's first write, where the target has an Apply step of its own. O(1). */
  commitPending(targetKey: string, address: string): Promise<void>;
  /** After the target's own Apply step. O(1). */
  committed(targetKey: string): Promise<void>;
  /**
   * Folds the journal into the state, lets `mutate` change it, stores it with the next serial and drops the journal.
   * `client`, `lineage`, `serial`, `alta_version`, `updatedAt` are the store's own: what `mutate` sets there is ignored.
   * @throws state-write-failed, state-write-lost, state-changed, lease-lost
   */
  save(mutate: (state: State) => State): Promise<State>;
  /** Closes files. Saves nothing; what is journaled stays journaled. Safe to call twice. */
  close(): Promise<void>;
}
