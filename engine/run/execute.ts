import pLimit from 'p-limit';
import type { Driver, PoweredSession } from '../../providers/contract.ts';
import {
  AltaError,
  type Change,
  type Diagnostic,
  type StateEntry,
  type StepResult,
  type Target,
  toDiagnostic,
  type Written,
} from '../model/index.ts';
import { isRemoteChange } from '../plan/index.ts';
import type { StateWriter } from '../state/index.ts';
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
}

/**
 * Carries out the writes of one client. Each target is isolated: what fails on one leaves the others alone. Deletes run last, and only
 * where everything written before them to that target, and all they wait for elsewhere, succeeded.
 * @throws AltaError `lease-lost`, `state-write-failed`: the run must not write any more.
 */
export async function execute(lanes: readonly Lane[], execution: Execution): Promise<readonly LaneOutcome[]> {
  const board = new Scoreboard(lanes);
  const settled = await Promise.allSettled(lanes.map((lane) => runLane(lane, execution, board)));
  const failed = settled.find((lane) => lane.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return settled.flatMap((lane) => (lane.status === 'fulfilled' ? [lane.value] : []));
}

/** How every change of the run ended, and who waits for it. */
class Scoreboard {
  readonly #ends = new Map<string, { promise: Promise<boolean>; end: (ok: boolean) => void }>();

  constructor(lanes: readonly Lane[]) {
    for (const lane of lanes)
      for (const write of lane.writes) this.#ends.set(write.change.address, deferred());
  }

  end(change: Change, ok: boolean): void {
    this.#ends.get(change.address)?.end(ok);
  }

  /** The first address among `after` that did not succeed. What is not part of this run counts as done. */
  async firstFailed(after: readonly string[]): Promise<string | null> {
    for (const address of after) {
      const end = this.#ends.get(address);
      if (end !== undefined && !(await end.promise)) return address;
    }
    return null;
  }
}

function deferred(): { promise: Promise<boolean>; end: (ok: boolean) => void } {
  let end: (ok: boolean) => void = () => {};
  const promise = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

async function runLane(lane: Lane, execution: Execution, board: Scoreboard): Promise<LaneOutcome> {
  const { writer } = execution;
  const { key, address } = lane.target;
  if (lane.commit && lane.writes.length > 0) await writer.commitPending(key, address);
  const fate: Fate = { fatal: null };
  const builds = lane.writes.filter((write) => write.change.action !== 'delete');
  const deletes = lane.writes.filter((write) => write.change.action === 'delete');
  try {
    const built = await runWrites(lane, builds, execution, board, fate, false);
    const broken = built.some((outcome) => outcome.result !== 'done');
    const local = deletes.filter((write) => write.change.after.length === 0);
    const waiting = deletes.filter((write) => write.change.after.length > 0);
    const removed = await runWrites(lane, local, execution, board, fate, broken);
    const outcomes = [...built, ...removed];
    const commit = await commitLane(lane, outcomes, execution, fate);
    const late = await runWrites(lane, waiting, execution, board, fate, broken || commit.commit === 'failed');
    const second = late.length === 0 ? commit : await commitLane(lane, late, execution, fate);
    return { target: lane.target, outcomes: [...outcomes, ...late], ...second };
  } finally {
    for (const write of lane.writes) board.end(write.change, false);
  }
}

/** Why nothing more is sent to this target, once that is so. */
interface Fate {
  fatal: Diagnostic | null;
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

async function runWrite(
  lane: Lane,
  prepared: PreparedWrite,
  execution: Execution,
  board: Scoreboard,
  fate: Fate,
  broken: boolean,
): Promise<Outcome> {
  const { change } = prepared;
  const skip = (diagnostic: Diagnostic): Outcome => ({ change, result: 'skipped', diagnostic });
  const where = { address: change.address };
  if (fate.fatal !== null) return skip({ ...fate.fatal, ...where });
  if (broken) return skip(notice('deletes-wait', { target: lane.target.address }, where));
  const failed = await board.firstFailed(change.after);
  if (failed !== null) return skip(notice('depends-on-failed', { on: failed }, where));
  if (execution.stop.aborted) return skip(notice('interrupted', {}, where));
  const { writer } = execution;
  const seq = await writer.intent(prepared.pending);
  try {
    await lane.session.apply(prepared.write);
  } catch (error) {
    return await failedWrite(prepared, seq, error, writer, fate);
  }
  await writer.done(seq, stamped(prepared, execution.now()));
  return { change, result: 'done' };
}

async function failedWrite(
  prepared: PreparedWrite,
  seq: number,
  error: unknown,
  writer: StateWriter,
  fate: Fate,
): Promise<Outcome> {
  if (error instanceof AltaError && error.code === 'lease-lost') throw error;
  const written = error instanceof AltaError ? (error.written ?? 'unknown') : 'unknown';
  await writer.failed(seq, written);
  const { change } = prepared;
  const diagnostic = toDiagnostic(error, { address: change.address });
  if (error instanceof AltaError && endsTarget.has(error.code)) fate.fatal ??= diagnostic;
  return { change, result: 'failed', written, diagnostic: { ...diagnostic, address: change.address } };
}

/** After these, nothing else sent to the same target could succeed, or it would do harm to try. */
const endsTarget: ReadonlySet<string> = new Set([
  'unreachable',
  'wrong-credentials',
  'locked-out',
  'wrong-identity',
  'not-in-effect',
  'tls-untrusted',
  'tls-pin-mismatch',
  'tls-handshake',
  'ssh-host-key',
  'ssh-auth',
  'ssh-unreachable',
  'aborted',
]);

function stamped(prepared: PreparedWrite, now: string): StateEntry | null {
  const { after } = prepared.pending;
  return after === null ? null : { ...after, appliedAt: now };
}

/** The target's own Apply, once after its writes. Nothing written = nothing to activate, and nobody else's edits either. */
async function commitLane(
  lane: Lane,
  outcomes: readonly Outcome[],
  execution: Execution,
  fate: Fate,
): Promise<Pick<LaneOutcome, 'commit' | 'diagnostics'>> {
  const touched = outcomes.some(
    (o) => o.result === 'done' || (o.result === 'failed' && o.written !== 'nothing'),
  );
  if (!lane.commitDue && !(lane.commit && touched)) {
    if (lane.commit && outcomes.length > 0) await execution.writer.committed(lane.target.key);
    return { commit: 'not-needed', diagnostics: [] };
  }
  if (fate.fatal !== null) return { commit: 'skipped', diagnostics: [fate.fatal] };
  try {
    await lane.session.commit?.();
  } catch (error) {
    if (error instanceof AltaError && error.code === 'lease-lost') throw error;
    return { commit: 'failed', diagnostics: [toDiagnostic(error, { address: lane.target.address })] };
  }
  await execution.writer.committed(lane.target.key);
  return { commit: 'done', diagnostics: [] };
}

function notice(
  code: 'deletes-wait' | 'depends-on-failed' | 'interrupted',
  params: Diagnostic['params'],
  where: { readonly address: string },
): Diagnostic {
  return { severity: 'warning', code, params, ...where };
}

/** The changes of a plan that this run will write to targets: not blocked, not for a person, not for later. */
export function writable(change: Change): boolean {
  return change.blocked === null && isRemoteChange(change);
}
