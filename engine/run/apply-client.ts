import {
  type Change,
  type ClientPlan,
  type ClientReport,
  type Desired,
  type Pending,
  type State,
  type StateEntry,
  type Target,
  toDiagnostic,
} from '../model/index.ts';
import { type ClientInput, type Ended, followIdentity, nextState, sameState } from '../plan/index.ts';
import { clientReport } from './client-report.ts';
import type { RunContext } from './contract.ts';
import { execute, type Lane, type LaneOutcome, type Outcome, writable } from './execute.ts';
import type { Gathered } from './gather.ts';
import { headCommit } from './git.ts';
import type { Hold } from './hold.ts';
import { changeKey, formsOf } from './plan.ts';
import { proveSecrets } from './prove.ts';
import type { Sessions } from './sessions.ts';
import { type Reread, settle } from './settle.ts';
import type { Tally, Workspace } from './workspace.ts';
import { type PreparedWrite, prepareWrite } from './write.ts';

/** Everything that the apply of one client works with. */
export interface ClientRun {
  readonly context: RunContext;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly hold: Hold;
  readonly gathered: Gathered;
  readonly plan: ClientPlan;
  readonly tally: Tally;
}

/** What happened on the targets, before state says so. */
export interface Carried {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly lanes: readonly LaneOutcome[];
  /** By target address. */
  readonly rereads: ReadonlyMap<string, Reread>;
}

/** Carries out the plan of one client and writes down what became of it. */
export async function applyClient(run: ClientRun): Promise<ClientReport> {
  await settleOpenIntents(run);
  const { lanes, unprepared } = await prepareLanes(run);
  await beginPending(run, lanes);
  const done = await execute(lanes, {
    writer: run.hold.writer,
    now: () => isoNow(run.context),
    stop: run.context.stop,
    stepDone: (change) => run.tally.step(change.address),
  });
  const outcomes = new Map(
    [...unprepared, ...done.flatMap((lane) => lane.outcomes)].map((o) => [o.change.address, o] as const),
  );
  const rereads = await rereadAll(run, lanes, done);
  const carried: Carried = { outcomes, lanes: done, rereads };
  const saved = await saveState(run, carried);
  const forms = formsOf(run.context, run.workspace, run.plan, run.gathered);
  return clientReport(run.plan, carried, forms, saved);
}

function isoNow(context: RunContext): string {
  return new Date(context.clock.now()).toISOString();
}

/** What a crash left open is closed with what reading proved, before anything new begins. */
async function settleOpenIntents(run: ClientRun): Promise<void> {
  const { resources } = run.gathered.input.state;
  const readable = new Set(
    run.gathered.input.views.filter((view) => view.reading !== null).map((view) => view.target.key),
  );
  for (const { seq, write } of run.gathered.open) {
    const targetKey =
      write.after?.targetKey ?? run.hold.writer.recovered.state.resources[write.key]?.targetKey;
    if (targetKey === undefined || !readable.has(targetKey)) continue;
    const entry = resources[write.key];
    if (entry !== undefined || write.after === null) await run.hold.writer.done(seq, entry ?? null);
    else await run.hold.writer.failed(seq, 'nothing');
  }
}

async function prepareLanes(
  run: ClientRun,
): Promise<{ lanes: readonly Lane[]; unprepared: readonly Outcome[] }> {
  const unprepared: Outcome[] = [];
  const lanes: Lane[] = [];
  for (const view of run.gathered.input.views) {
    const { target, reading } = view;
    const driver = run.workspace.drivers.get(target.driver);
    const changes = run.plan.changes.filter((c) => c.target === target.address && writable(c));
    const due = run.plan.targets.some((t) => t.key === target.key && t.commit === 'pending-from-before');
    if (reading === null || driver === null || driver === undefined) continue;
    if (changes.length === 0 && !due) continue;
    const writes: PreparedWrite[] = [];
    for (const change of changes) {
      const prepared = await prepareOne(run, target, change);
      if ('write' in prepared) writes.push(prepared);
      else unprepared.push(prepared);
    }
    const session = await run.sessions.open(target, driver, 'write');
    lanes.push({ target, driver, session, commit: reading.can.commit, commitDue: due, writes });
  }
  return { lanes, unprepared };
}

/** A secret that cannot be opened fails its own step, before anything is sent. */
async function prepareOne(run: ClientRun, target: Target, change: Change): Promise<PreparedWrite | Outcome> {
  const { input } = run.gathered;
  const view = input.views.find((v) => v.target.address === target.address);
  const actual = view?.reading?.resources.find((r) => r.kind === change.kind && r.key === change.key) ?? null;
  const sources = {
    desired: desiredOf(input, change.address),
    actual,
    entry: input.state.resources[changeKey(change)] ?? null,
    scope: input.client,
    origin: target.host,
  };
  try {
    return await prepareWrite(change, sources, run.workspace.vault);
  } catch (error) {
    const diagnostic = toDiagnostic(error, { address: change.address });
    return { change, result: 'failed', written: 'nothing', diagnostic };
  }
}

function desiredOf(input: ClientInput, address: string): Desired | null {
  return input.desired.find((desired) => desired.address === address) ?? null;
}

/** The backend itself holds what is about to happen, before the first remote write. */
async function beginPending(run: ClientRun, lanes: readonly Lane[]): Promise<void> {
  const writes = lanes.flatMap((lane) => lane.writes.map((write) => write.pending));
  if (writes.length === 0) return;
  const pending: Pending = {
    digest: run.plan.digest,
    epoch: run.hold.lease.epoch,
    startedAt: isoNow(run.context),
    writes,
  };
  await run.hold.writer.begin(pending);
}

async function rereadAll(
  run: ClientRun,
  lanes: readonly Lane[],
  done: readonly LaneOutcome[],
): Promise<ReadonlyMap<string, Reread>> {
  const state = afterWrites(run.gathered.input.state, lanes, done, isoNow(run.context));
  const input: ClientInput = { ...run.gathered.input, state };
  const rereads = await Promise.all(
    lanes.map(async (lane) => {
      const outcome = done.find((d) => d.target.address === lane.target.address);
      const written = (outcome?.outcomes ?? []).filter((o) => o.result === 'done').map((o) => o.change);
      if (written.length === 0) return [];
      run.context.progress({ phase: 'reread', done: 0, total: 0, detail: lane.target.address });
      return [[lane.target.address, await settle(run.context, run.workspace, lane, written, input)] as const];
    }),
  );
  return new Map(rereads.flat());
}

/** The state as the journal has it: what each write that happened leaves behind. */
function afterWrites(state: State, lanes: readonly Lane[], done: readonly LaneOutcome[], now: string): State {
  const ok = new Set(
    done.flatMap((lane) => lane.outcomes.filter((o) => o.result === 'done').map((o) => o.change.address)),
  );
  const resources: Record<string, StateEntry> = { ...state.resources };
  for (const { change, pending } of lanes.flatMap((lane) => lane.writes)) {
    if (!ok.has(change.address)) continue;
    if (pending.after === null) delete resources[pending.key];
    else resources[pending.key] = { ...pending.after, appliedAt: now };
  }
  return { ...state, resources };
}

async function saveState(run: ClientRun, carried: Carried): Promise<ClientReport['state']> {
  const { context, gathered, hold, plan } = run;
  const now = isoNow(context);
  const ended = plan.changes.map((change) => endOf(change, run, carried));
  const facts = {
    now,
    commit: await headCommit(context),
    targets: Object.fromEntries(
      gathered.input.views.flatMap(({ target, reading }) =>
        reading === null
          ? []
          : [[target.key, { address: target.address, identity: reading.identity }] as const],
      ),
    ),
    proven: await proveSecrets(run.workspace, gathered, carried),
  };
  const { recovered, save } = hold.writer;
  const mutate = (state: State): State =>
    nextState(followIdentity(state, gathered.input.views), ended, facts);
  const wrote = [...carried.outcomes.values()].some((outcome) => outcome.result !== 'skipped');
  const committed = carried.lanes.some((lane) => lane.commit === 'done');
  const unfinished = recovered.open.length > 0 || recovered.state.pending !== null;
  if (!wrote && !committed && !unfinished && sameState(recovered.state, mutate(recovered.state)))
    return 'unchanged';
  await save(mutate);
  return 'saved';
}

/** How a change ended, in the terms of state. */
function endOf(change: Change, run: ClientRun, carried: Carried): Ended {
  const { input } = run.gathered;
  const desired = desiredOf(input, change.address);
  const view =
    carried.rereads.get(change.target)?.view ?? input.views.find((v) => v.target.address === change.target);
  const actual = view?.reading?.resources.find((r) => r.kind === change.kind && r.key === change.key) ?? null;
  return { change, desired, actual, result: resultOf(change, run, carried) };
}

function resultOf(change: Change, run: ClientRun, carried: Carried): Ended['result'] {
  if (change.blocked !== null) return change.blocked.code === 'target-unreadable' ? 'unreachable' : 'blocked';
  if (change.action === 'record' || change.action === 'forget') return 'recorded';
  if (change.means === 'deferred') return 'deferred';
  if (change.means === 'guided') return 'pending';
  const outcome = carried.outcomes.get(change.address);
  if (outcome?.result === 'done') {
    const remaining = carried.rereads.get(change.target)?.remaining ?? [];
    return remaining.some((left) => left.address === change.address) ? 'failed' : 'done';
  }
  const interrupted = outcome?.result === 'skipped' && run.context.stop.aborted;
  return interrupted ? 'interrupted' : 'failed';
}
