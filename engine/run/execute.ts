import pLimit from 'p-limit';
import type { Driver, PoweredSession } from '../../providers/contract.ts';
import type { Change, Diagnostic, StepResult, Target, Written } from '../model/index.ts';
import { isRemoteChange } from '../plan/index.ts';
import type { StateWriter } from '../state/index.ts';
import { type Committed, commitLane, expectCommit, isOpen, joined } from './commit.ts';
import { Scoreboard } from './scoreboard.ts';
import { type Fate, runWrite } from './step.ts';
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
  /** A write to it could not even be prepared: nothing is deleted there. */
  readonly broken: boolean;
  readonly writes: readonly PreparedWrite[];
}

/** What became of one write. */
export interface Outcome {
  readonly change: Change;
  readonly result: Extract<StepResult, 'done' | 'failed' | 'skipped'>;
  readonly written?: Written;
  readonly diagnostic?: Diagnostic;
}

export interface LaneOutcome {
  readonly target: Target;
  readonly outcomes: readonly Outcome[];
  readonly commit: 'done' | 'failed' | 'not-needed' | 'skipped';
  readonly diagnostics: readonly Diagnostic[];
}

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
  /** Reads a target again; answers the addresses, among what was written to it, that it does not show as written. */
  readonly notSeen: (lane: Lane, written: readonly Outcome[]) => Promise<readonly string[]>;
}

/** One lane with what became of it so far. */
interface Work {
  readonly lane: Lane;
  readonly fate: Fate;
  /** Something failed there: nothing is deleted any more. */
  readonly broken: boolean;
  readonly outcomes: readonly Outcome[];
  readonly committed: Committed;
}

/**
 * Carries out the writes of one client. Each target is isolated: what fails on one leaves the others alone. Deletes run last, and only
 * where everything written before them to that target succeeded. A delete that waits for something elsewhere runs after all that, once
 * the other target has committed what it waits for and shows it. Never throws: a lost lease or a journal that cannot be written ends its
 * target, and the outcomes say how far it came.
 */
export async function execute(lanes: readonly Lane[], execution: Execution): Promise<readonly LaneOutcome[]> {
  const board = new Scoreboard(lanes, execution.unmet);
  const built = await Promise.all(lanes.map((lane) => build(lane, execution, board)));
  const works = await removeWaiting(built, execution, board);
  return works.map(({ lane, outcomes, committed }) => ({ target: lane.target, outcomes, ...committed }));
}

/** Everything of a lane that is no delete waiting for something, and its commit. */
async function build(lane: Lane, execution: Execution, board: Scoreboard): Promise<Work> {
  const fate: Fate = { fatal: null };
  const builds = lane.writes.filter((write) => write.change.action !== 'delete');
  const deletes = lane.writes.filter((write) => write.change.action === 'delete' && !waits(write));
  await expectCommit(lane, [...builds, ...deletes], execution, fate);
  const built = await runWrites(lane, builds, execution, board, fate, false);
  const broken = lane.broken || built.some((outcome) => outcome.result !== 'done');
  const removed = await runWrites(lane, deletes, execution, board, fate, broken);
  const outcomes = [...built, ...removed];
  const committed = await commitLane(lane, outcomes, execution, fate, lane.commitDue);
  tellInForce(outcomes, committed, board);
  return { lane, fate, broken: broken || isOpen(committed), outcomes, committed };
}

function waits({ change }: PreparedWrite): boolean {
  return change.action === 'delete' && change.after.length > 0;
}

/** In rounds: one delete may wait for another. */
async function removeWaiting(
  built: readonly Work[],
  execution: Execution,
  board: Scoreboard,
): Promise<readonly Work[]> {
  let works = built;
  let rest = built.flatMap(({ lane }) => lane.writes.filter(waits));
  for (let round = ready(rest); round.length > 0; round = ready(rest)) {
    const now = new Set(round);
    await confirm(works, round, execution, board);
    works = await Promise.all(works.map((work) => removeRound(work, now, execution, board)));
    rest = rest.filter((write) => !now.has(write));
  }
  return works;
}

/** The deletes that wait for no other delete of these. */
function ready(rest: readonly PreparedWrite[]): readonly PreparedWrite[] {
  const open = new Set(rest.map(({ change }) => change.address));
  return rest.filter(({ change }) => !change.after.some((address) => open.has(address)));
}

/** What deletes wait for must be seen there, not only have been answered with success. */
async function confirm(
  works: readonly Work[],
  round: readonly PreparedWrite[],
  { stop, notSeen }: Execution,
  board: Scoreboard,
): Promise<void> {
  if (stop.aborted) return;
  const awaited = new Set(round.flatMap(({ change }) => change.after));
  const inForce = works.filter(({ committed }) => !isOpen(committed));
  const looks = inForce.map(async ({ lane, outcomes }) => {
    const done = outcomes.filter(({ result }) => result === 'done');
    if (!done.some(({ change }) => awaited.has(change.address))) return;
    for (const address of await notSeen(lane, done)) board.notSeen(address);
  });
  await Promise.all(looks);
}

async function removeRound(
  work: Work,
  round: ReadonlySet<PreparedWrite>,
  execution: Execution,
  board: Scoreboard,
): Promise<Work> {
  const { lane, fate } = work;
  const deletes = lane.writes.filter((write) => round.has(write));
  if (deletes.length === 0) return work;
  if (!work.broken) await expectCommit(lane, deletes, execution, fate);
  const removed = await runWrites(lane, deletes, execution, board, fate, work.broken);
  const outcomes = [...work.outcomes, ...removed];
  if (isOpen(work.committed)) return { ...work, outcomes };
  const committed = await commitLane(lane, removed, execution, fate, false);
  tellInForce(removed, committed, board);
  const broken = work.broken || isOpen(committed);
  return { ...work, broken, outcomes, committed: joined(work.committed, committed) };
}

function tellInForce(outcomes: readonly Outcome[], committed: Committed, board: Scoreboard): void {
  for (const { change, result } of outcomes) board.inForce(change, result === 'done' && !isOpen(committed));
}

async function runWrites(
  lane: Lane,
  writes: readonly PreparedWrite[],
  execution: Execution,
  board: Scoreboard,
  fate: Fate,
  broken: boolean,
): Promise<readonly Outcome[]> {
  const limit = pLimit(lane.driver.facts.host.writers);
  return Promise.all(
    writes.map((write) =>
      limit(async () => {
        const outcome = await runWrite(lane, write, execution, board, fate, broken);
        board.written(write.change, outcome.result === 'done');
        execution.stepDone(write.change);
        return outcome;
      }),
    ),
  );
}

/** The changes of a plan that this run will write to targets: not blocked, not for a person, not for later. */
export function writable(change: Change): boolean {
  return change.blocked === null && isRemoteChange(change);
}
