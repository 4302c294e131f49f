import pLimit from 'p-limit';
import {
  AltaError,
  type ApplyReport,
  type ClientPlan,
  type ClientReport,
  type Diagnostic,
  toDiagnostic,
} from '../model/index.ts';
import { applyClient } from './apply-client.ts';
import { approve } from './approve.ts';
import { lost } from './client-report.ts';
import type { ApplyOptions, ApplyResult, PlanResult, RunContext } from './contract.ts';
import { writable } from './execute.ts';
import { type Gathered, gatherClient } from './gather.ts';
import { descendsFrom, headCommit } from './git.ts';
import { type Holds, holdClients } from './hold.ts';
import { awaitLateWrites } from './late.ts';
import { planGathered, selectClients } from './plan.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** What one apply works with from start to end. */
interface Run {
  readonly context: RunContext;
  readonly options: ApplyOptions;
  readonly workspace: Workspace;
  readonly holds: Holds;
  readonly sessions: Sessions;
  readonly startedAt: string;
}

/**
 * Lease, read, plan, ask, write, commit, read again, save: the whole life of a change. Every client is isolated.
 * @throws AltaError `stale-…`, `old-commit`, `unknown-client`: nothing was written.
 */
export async function applyWorkspace(context: RunContext, options: ApplyOptions): Promise<ApplyResult> {
  const startedAt = new Date(context.clock.now()).toISOString();
  const workspace = await openWorkspace(context, { allow: ['connect', 'values'], clients: options.clients });
  if (workspace.invalid) return nothingDone({ plan: null, diagnostics: workspace.diagnostics, forms: [] });
  const compiled = await selectClients(context, workspace, options);
  const names = compiled.map((client) => client.client);
  const holds = await holdClients(context, workspace.store, names, options.lockTimeoutMs);
  const sessions = createSessions(context, workspace.vault);
  const run: Run = { context, options, workspace, holds, sessions, startedAt };
  try {
    const gathered = await gatherAll(run, compiled);
    const planned = await planApproved(run, gathered);
    if (!hasWork(planned, gathered)) return nothingDone(planned, refusals(holds));
    if (!(await options.confirm(planned)))
      return { ...nothingDone(planned, refusals(holds)), declined: true };
    const fresh = await freshAfterAsking(run, compiled, gathered, planned);
    const report = await carryOut(run, fresh, planned);
    return { planned, report, declined: false, diagnostics: refusals(holds) };
  } finally {
    await sessions.close();
    await holds.release();
  }
}

function nothingDone(planned: PlanResult, diagnostics: readonly Diagnostic[] = []): ApplyResult {
  return { planned, report: null, declined: false, diagnostics };
}

function refusals(holds: Holds): readonly Diagnostic[] {
  return [...holds.refused.values()];
}

async function gatherAll(run: Run, compiled: Workspace['compiled']): Promise<readonly Gathered[]> {
  const { context, workspace, holds } = run;
  const held = compiled.filter((client) => holds.clients.has(client.client));
  workspace.reading.expect(held.flatMap((client) => client.targets).length);
  const limit = pLimit(context.parallelism);
  return Promise.all(held.map((client) => limit(() => gatherHeld(run, client))));
}

async function gatherHeld(run: Run, compiled: Workspace['compiled'][number]): Promise<Gathered> {
  const { context, workspace, holds, sessions, options } = run;
  const hold = holds.clients.get(compiled.client);
  if (hold === undefined) throw new AltaError('internal', { message: `no hold on ${compiled.client}` });
  const { state, open } = hold.writer.recovered;
  await refuseOlderCommit(run, compiled.client, state.commit);
  const guard = (host: string) => holds.guard(compiled.client, host);
  const access = { purpose: 'write', guard, state, open } as const;
  const gathered = await gatherClient(context, workspace, compiled, options, sessions, access);
  const waited = await awaitLateWrites(context, workspace, gathered);
  return waited ? gatherClient(context, workspace, compiled, options, sessions, access) : gathered;
}

/** An old pipeline that runs again would undo newer work. */
async function refuseOlderCommit(run: Run, client: string, applied: string | null): Promise<void> {
  if (applied === null || run.options.rollback) return;
  const head = await headCommit(run.context);
  if (head === applied) return;
  const descends = head === null ? 'unknown' : await descendsFrom(run.context, applied);
  if (descends === 'yes') return;
  throw new AltaError('old-commit', { client, applied, head: head ?? '-' }, { address: client });
}

async function planApproved(run: Run, gathered: readonly Gathered[]): Promise<PlanResult> {
  const { context, workspace, options } = run;
  const planned = await planGathered(context, workspace, gathered, options);
  if (options.approval === null) return planned;
  const busy = new Set(run.holds.refused.keys());
  return { ...planned, plan: approve(planned.plan, options.approval, busy) };
}

/** Something to write, to record, to commit, to resolve or to hand to a person. */
function hasWork(planned: PlanResult, gathered: readonly Gathered[]): boolean {
  const plans = planned.plan?.clients ?? [];
  const due = plans.some((plan) => plan.targets.some((target) => target.commit === 'pending-from-before'));
  return (
    due || plans.some((plan) => plan.changes.length > 0) || gathered.some((client) => client.open.length > 0)
  );
}

/** How old the reading may be when writing begins, ms. Older, and what is touched is read and planned again. */
const freshForMs = 2_000;

async function freshAfterAsking(
  run: Run,
  compiled: Workspace['compiled'],
  gathered: readonly Gathered[],
  planned: PlanResult,
): Promise<readonly Gathered[]> {
  const { context } = run;
  const age = context.clock.now() - Date.parse(planned.plan?.createdAt ?? run.startedAt);
  if (age < freshForMs) return gathered;
  const again = await gatherAll(run, compiled);
  const replanned = await planApproved(run, again);
  const before = new Map(planned.plan?.clients.map((client) => [client.client, client.digest]));
  const moved = replanned.plan?.clients.find((client) => before.get(client.client) !== client.digest);
  if (moved !== undefined) throw new AltaError('changed-meanwhile', { client: moved.client });
  return again;
}

async function carryOut(run: Run, gathered: readonly Gathered[], planned: PlanResult): Promise<ApplyReport> {
  const { context, workspace, holds, sessions, options } = run;
  const plan = planned.plan;
  const plans = plan?.clients ?? [];
  const busyHosts = await holds.holdHosts(plans.flatMap((client) => hostsOf(client, workspace)));
  const byClient = new Map(gathered.map((client) => [client.compiled.client, client]));
  const total = plans.flatMap((client) => client.changes).filter(writable).length;
  const tally = workspace.counting('apply', total);
  const limit = pLimit(context.parallelism);
  const reports = await Promise.all(
    plans.map((client) =>
      limit(async (): Promise<ClientReport> => {
        const known = byClient.get(client.client);
        const hold = holds.clients.get(client.client);
        if (known === undefined || hold === undefined) return lost(client, []);
        const busy = hostsOf(client, workspace).flatMap((host) => busyHosts.get(host) ?? []);
        if (busy.length > 0) return lost(client, busy);
        try {
          return await applyClient({
            context,
            workspace,
            sessions,
            hold,
            gathered: known,
            plan: client,
            tally,
          });
        } catch (error) {
          return lost(client, [toDiagnostic(error, { address: client.client })]);
        }
      }),
    ),
  );
  return {
    alta_version: context.version,
    commit: plan?.commit ?? null,
    planDigest: plan?.digest ?? '',
    startedAt: run.startedAt,
    endedAt: new Date(context.clock.now()).toISOString(),
    interrupted: context.stop.aborted,
    overrideReason: options.consent.overrideLimits,
    clients: reports,
    diagnostics: workspace.diagnostics,
  };
}

/** Only hosts that are written to, and that bear few writers, need the lease of the host. */
function hostsOf(plan: ClientPlan, workspace: Workspace): readonly string[] {
  const written = new Set(plan.changes.filter(writable).map((change) => change.targetKey));
  return plan.targets
    .filter((target) => written.has(target.key) || target.commit === 'pending-from-before')
    .filter((target) => workspace.drivers.get(target.driver)?.facts.host.writers === 1)
    .map((target) => target.host);
}
