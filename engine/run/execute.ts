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

/** How every change of the run ended, and who waits for it. */
class Scoreboard {
  readonly #ends = new Map<string, { promise: Promise<boolean>; end: (ok: boolean) => void }>();
  readonly #unmet: ReadonlySet<string>;

  constructor(lanes: readonly Lane[], unmet: ReadonlySet<string>) {
    this.#unmet = unmet;
    for (const lane of lanes)
      for (const write of lane.writes) this.#ends.set(write.change.address, deferred());
  }

  end(change: Change, ok: boolean): void {
    this.#ends.get(change.address)?.end(ok);
  }

  /** The first address among `after` that did not succeed. What the plan does not change counts as done. */
  async firstFailed(after: readonly string[]): Promise<string | null> {
    for (const address of after) {
      if (this.#unmet.has(address)) return address;
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

/** The journal or the lease failing ends the target. Answers what went wrong, null where nothing did. */
async function orFatal(
  step: () => Promise<unknown>,
  address: string,
  fate: Fate,
): Promise<Diagnostic | null> {
  try {
    await step();
    return null;
  } catch (error) {
    const diagnostic = toDiagnostic(error, { address });
    fate.fatal ??= diagnostic;
    return diagnostic;
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
  return send(lane, prepared, execution, fate);
}

/** Intent, call, outcome. */
async function send(
  lane: Lane,
  prepared: PreparedWrite,
  { writer, now }: Execution,
  fate: Fate,
): Promise<Outcome> {
  const { change, pending } = prepared;
  const { address } = change;
  let seq = 0;
  const announce = async (): Promise<void> => {
    seq = await writer.intent(pending);
  };
  const unannounced = await orFatal(announce, address, fate);
  if (unannounced !== null) {
    return { change, result: 'failed', written: 'nothing', diagnostic: { ...unannounced, address } };
  }
  try {
    await lane.session.apply(prepared.write);
  } catch (error) {
    return failedWrite(prepared, seq, error, writer, fate);
  }
  const unnoted = await orFatal(() => writer.done(seq, stamped(prepared, now())), address, fate);
  if (unnoted === null) return { change, result: 'done' };
  return { change, result: 'failed', written: 'something', diagnostic: { ...unnoted, address } };
}

async function failedWrite(
  { change }: PreparedWrite,
  seq: number,
  error: unknown,
  writer: StateWriter,
  fate: Fate,
): Promise<Outcome> {
  const { address } = change;
  const written = error instanceof AltaError ? (error.written ?? 'unknown') : 'unknown';
  const diagnostic = toDiagnostic(error, { address });
  if (error instanceof AltaError && endsTarget.has(error.code)) fate.fatal ??= diagnostic;
  // Without its lease a run has nothing to say in the journal: whoever holds it now reads the target.
  const deposed = error instanceof AltaError && error.code === 'lease-lost';
  if (!deposed) await orFatal(() => writer.failed(seq, written), address, fate);
  return { change, result: 'failed', written, diagnostic: { ...diagnostic, address } };
}

/** After these, nothing else sent to the same target could succeed, or it would do harm to try. */
const endsTarget: ReadonlySet<string> = new Set([
  'lease-lost',
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
