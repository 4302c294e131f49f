import type { Capabilities, Driver } from '../../../providers/contract.ts';
import {
  type Change,
  type ClientReport,
  keyOfState,
  originOf,
  type Pending,
  type State,
  type Target,
  toDiagnostic,
} from '../../model/index.ts';
import { followIdentity, type TargetView } from '../../plan/index.ts';
import { formsOf } from '../plan.ts';
import { type Known, knownOf } from '../targets/known.ts';
import { clientReport } from './client-report.ts';
import { type Carried, type ClientRun, isoNow } from './client-run.ts';
import { execute, writable } from './execute.ts';
import { executionOf, nowKnown } from './execution.ts';
import type { Lane, Outcome } from './lane.ts';
import { madeUp } from './made-up.ts';
import { rereadAll, rereader } from './reread.ts';
import { saveOrTell } from './save.ts';
import { type PreparedWrite, prepareWrite } from './write.ts';

/** Carries out the plan of one client and writes down what became of it. */
export async function applyClient(run: ClientRun): Promise<ClientReport> {
  await settleOpenIntents(run);
  await followMoved(run);
  const { lanes, unprepared } = await prepareLanes(run);
  await beginPending(run, lanes);
  const rereads = rereader(run);
  const done = await execute(lanes, executionOf(run, lanes, rereads));
  const outcomes = new Map(
    [...unprepared, ...done.flatMap((lane) => lane.outcomes)].map((o) => [o.change.address, o] as const),
  );
  const carried: Carried = { outcomes, lanes: done, rereads: await rereadAll(rereads, lanes, done) };
  const known = nowKnown(run, carried);
  const saved = await saveOrTell(known, carried);
  const forms = formsOf(run.context, run.workspace, known.plan, known.gathered);
  return clientReport(known.plan, carried, forms, saved);
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

/** A box found under another key: state follows before anything is written there, so that its journal knows one key only. */
async function followMoved({ gathered, hold }: ClientRun): Promise<void> {
  const follow = (state: State): State => followIdentity(state, gathered.input.views);
  const { state } = hold.writer.recovered;
  if (follow(state) !== state) await hold.writer.save(follow);
}

async function prepareLanes(
  run: ClientRun,
): Promise<{ lanes: readonly Lane[]; unprepared: readonly Outcome[] }> {
  const unprepared: Outcome[] = [];
  const lanes: Lane[] = [];
  const known = knownOf(run.gathered.input);
  for (const view of run.gathered.input.views) {
    const { target, reading } = view;
    const driver = run.workspace.drivers.get(target.driver);
    const changes = run.plan.changes.filter((c) => c.target === target.address && writable(c));
    const due = run.plan.targets.some((t) => t.key === target.key && t.commit === 'pending-from-before');
    if (reading === null) unprepared.push(...changes.map((change) => notRead(change, view)));
    if (reading === null || driver === null || driver === undefined) continue;
    if (changes.length === 0 && !due) continue;
    const writes: PreparedWrite[] = [];
    for (const change of changes) {
      const prepared = await prepareOne(run, known, { target, driver, can: reading.can }, change);
      if ('write' in prepared) writes.push(prepared);
      else unprepared.push(prepared);
    }
    const session = await run.sessions.open(target, driver, 'write');
    const broken = writes.length < changes.length;
    const wasOpen = run.gathered.input.state.targets[target.key]?.commitPending === true;
    const { commit } = reading.can;
    lanes.push({ target, driver, session, commit, commitDue: due, wasOpen, broken, writes });
  }
  return { lanes, unprepared };
}

/** It could be read when it was planned, and not immediately before writing. */
function notRead(change: Change, { diagnostics }: TargetView): Outcome {
  const why = diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0];
  return { change, result: 'failed', written: 'nothing', ...(why === undefined ? {} : { diagnostic: why }) };
}

/** Where a write goes. */
interface Box {
  readonly target: Target;
  readonly driver: Driver;
  readonly can: Capabilities;
}

/** A secret that cannot be opened fails its own step, before anything is sent. */
async function prepareOne(
  run: ClientRun,
  known: Known,
  { target, driver, can }: Box,
  change: Change,
): Promise<PreparedWrite | Outcome> {
  const { input } = run.gathered;
  const desired = known.desired(change.address);
  try {
    const sources = {
      desired,
      actual: known.actual(target.address, change.kind, change.key),
      entry: input.state.resources[keyOfState(change)] ?? null,
      scope: input.client,
      origin: originOf(target),
      given: madeUp(change, desired, driver, can),
    };
    return await prepareWrite(change, sources, run.workspace.vault);
  } catch (error) {
    const diagnostic = toDiagnostic(error, { address: change.address });
    return { change, result: 'failed', written: 'nothing', diagnostic };
  }
}

/** The backend itself holds what is about to happen, before the first remote write; a commit alone is one too. */
async function beginPending(run: ClientRun, lanes: readonly Lane[]): Promise<void> {
  const writes = lanes.flatMap((lane) => lane.writes.map((write) => write.pending));
  if (writes.length === 0 && !lanes.some((lane) => lane.commitDue)) return;
  const pending: Pending = {
    digest: run.plan.digest,
    epoch: run.hold.lease.epoch,
    startedAt: isoNow(run.context),
    writes,
  };
  await run.hold.writer.begin(pending);
}
