import type { Driver, PoweredSession } from '../../../providers/contract.ts';
import type { Change, Diagnostic, PendingWrite, StepResult, Target, Written } from '../../model/index.ts';
import type { StateWriter } from '../../state/index.ts';
import type { PreparedWrite } from './write.ts';

/** One target with everything needed to write to it. Its changes run in order, as many at once as the host bears. */
export interface Lane {
  readonly target: Target;
  readonly driver: Driver;
  readonly session: PoweredSession;
  /** The box wants its own Apply after writes. */
  readonly commit: boolean;
  /** A commit is due from an earlier run, whatever this one writes. */
  readonly commitDue: boolean;
  /** An earlier run left its commit open, whether or not this one is to make up for it. */
  readonly wasOpen: boolean;
  /** A write to it could not even be prepared: nothing is deleted there. */
  readonly broken: boolean;
  readonly writes: readonly PreparedWrite[];
}

/** What became of one write. */
export interface Outcome {
  readonly change: Change;
  readonly result: Extract<StepResult, 'done' | 'failed' | 'skipped' | 'deferred'>;
  readonly written?: Written;
  readonly diagnostic?: Diagnostic;
  /** Of a write that happened: what the journal has of it. */
  readonly pending?: PendingWrite;
}

export interface LaneOutcome {
  readonly target: Target;
  readonly outcomes: readonly Outcome[];
  readonly commit: 'done' | 'failed' | 'not-needed' | 'skipped';
  readonly diagnostics: readonly Diagnostic[];
}

/** One lane with what became of it so far. */
export interface Work {
  readonly lane: Lane;
  readonly fate: Fate;
  /** Something failed there: nothing is deleted any more. */
  readonly broken: boolean;
  readonly outcomes: readonly Outcome[];
  readonly committed: Committed;
}

/** Why nothing more is sent to a target, once that is so. */
export interface Fate {
  fatal: Diagnostic | null;
}

/** What became of a target's own Apply. */
export type Committed = Pick<LaneOutcome, 'commit' | 'diagnostics'>;

/** What was written to a target and is in force there, by its address. */
export type DoneOn = (target: string) => readonly Outcome[];

/** What the lanes of one client share. */
export interface Execution {
  readonly writer: StateWriter;
  /** RFC 3339 now. */
  readonly now: () => string;
  /** First Ctrl-C: nothing new starts. */
  readonly stop: AbortSignal;
  readonly stepDone: (change: Change) => void;
  /** Addresses whose changes do not happen in this run: for a person, for later, or not prepared. */
  readonly unmet: ReadonlySet<string>;
  /**
   * Reads a target again; answers the addresses, among what was written to it, that it does not show as written. `proven`: accounts count
   * only once they are registered, as far as their device tells.
   */
  readonly notSeen: (lane: Lane, written: readonly Outcome[], proven: boolean) => Promise<readonly string[]>;
  /** Fills in what other targets only say now. Throws where one of them does not say it. */
  readonly complete: (prepared: PreparedWrite, doneOn: DoneOn) => Promise<PreparedWrite>;
  /** Whether an extension is registered right now although accounts of ours left it: whoever that is would be cut off. */
  readonly inUse: (lane: Lane, change: Change) => Promise<boolean>;
  /** Waits, at most for the driver's settle time, until accounts are registered; answers those that evidently are not. */
  readonly unregistered: (lane: Lane, keys: readonly string[]) => Promise<readonly string[]>;
}
