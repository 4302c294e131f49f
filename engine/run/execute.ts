import pLimit from 'p-limit';
import type { Driver, PoweredSession } from '../../providers/contract.ts';
import type { Change, Diagnostic, StepResult, Target, Written } from '../model/index.ts';
import { isRemoteChange } from '../plan/index.ts';
import type { StateWriter } from '../state/index.ts';
import { Scoreboard } from './scoreboard.ts';
import { type Fate, orFatal, runWrite } from './step.ts';
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
}

/**
 * Carries out the writes of one client. Each target is isolated: what fails on one leaves the others alone. Deletes run last, and only
 * where everything written before them to that target, and all they wait for elsewhere, succeeded. Never throws: a lost lease or a
 * journal that cannot be written ends its target, and the outcomes say how far it came.
 */
export async function execute(lanes: readonly Lane[], execution: Execution): Promise<readonly LaneOutcome[]> {
  const board = new Scoreboard(lanes, execution.unmet);
  return Promise.all(lanes.map((lane) => runLane(lane, execution, board)));
}

async function runLane(lane: Lane, execution: Execution, board: Scoreboard): Promise<LaneOutcome> {
  const fate: Fate = { fatal: null };
  const builds = lane.writes.filter((write) => write.change.action !== 'delete');
  const deletes = lane.writes.filter((write) => write.change.action === 'delete');
  const local = deletes.filter((write) => write.change.after.length === 0);
  const waiting = deletes.filter((write) => write.change.after.length > 0);
  await expectCommit(lane, [...builds, ...local], execution, fate);
  const built = await runWrites(lane, builds, execution, board, fate, false);
  const broken = lane.broken || built.some((outcome) => outcome.result !== 'done');
  const removed = await runWrites(lane, local, execution, board, fate, broken);
  const outcomes = [...built, ...removed];
  const commit = await commitLane(lane, outcomes, execution, fate, lane.commitDue);
  const open = commit.commit === 'failed' || commit.commit === 'skipped';
  if (!open) await expectCommit(lane, waiting, execution, fate);
  const late = await runWrites(lane, waiting, execution, board, fate, broken || open);
  const again = open ? commit : await commitLane(lane, late, execution, fate, false);
  return { target: lane.target, outcomes: [...outcomes, ...late], ...joined(commit, again) };
}

type Committed = Pick<LaneOutcome, 'commit' | 'diagnostics'>;

/** Two commits of one lane as one. */
function joined(first: Committed, second: Committed): Committed {
  if (first === second || second.commit === 'not-needed') return first;
  return { commit: second.commit, diagnostics: [...first.diagnostics, ...second.diagnostics] };
}

/** Before the first of some writes: a crash from here on must not lose the commit that they need. */
async function expectCommit(
  lane: Lane,
  writes: readonly PreparedWrite[],
  { writer }: Execution,
  fate: Fate,
): Promise<void> {
  if (!lane.commit || writes.length === 0) return;
  const { key, address } = lane.target;
  await orFatal(() => writer.commitPending(key, address), address, fate);
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
        board.end(write.change, outcome.result === 'done');
        execution.stepDone(write.change);
        return outcome;
      }),
    ),
  );
}

/** The target's own Apply, once after its writes. Nothing written = nothing to activate, and nobody else's edits either. */
async function commitLane(
  lane: Lane,
  outcomes: readonly Outcome[],
  { writer }: Execution,
  fate: Fate,
  due: boolean,
): Promise<Committed> {
  const { key, address } = lane.target;
  const committed = () => orFatal(() => writer.committed(key), address, fate);
  const touched = outcomes.some(
    (o) => o.result === 'done' || (o.result === 'failed' && o.written !== 'nothing'),
  );
  if (!due && !(lane.commit && touched)) {
    if (lane.commit && outcomes.length > 0 && fate.fatal?.code !== 'lease-lost') await committed();
    return { commit: 'not-needed', diagnostics: [] };
  }
  if (fate.fatal !== null) return { commit: 'skipped', diagnostics: [fate.fatal] };
  const failed = await orFatal(async () => lane.session.commit?.(), address, fate);
  if (failed !== null) return { commit: 'failed', diagnostics: [failed] };
  const unnoted = await committed();
  return { commit: 'done', diagnostics: unnoted === null ? [] : [unnoted] };
}

/** The changes of a plan that this run will write to targets: not blocked, not for a person, not for later. */
export function writable(change: Change): boolean {
  return change.blocked === null && isRemoteChange(change);
}
