import pLimit from 'p-limit';
import {
  type ApplyReport,
  type ClientPlan,
  type ClientReport,
  type Diagnostic,
  toDiagnostic,
} from '../../model/index.ts';
import type { ApplyOptions, ApplyResult, PlanResult, RunContext } from '../contract.ts';
import { planGathered } from '../plan.ts';
import type { Gathered } from '../targets/gather.ts';
import { createSessions } from '../targets/sessions.ts';
import { selectClients } from '../workspace/choose.ts';
import type { Tally } from '../workspace/counting.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { applyClient } from './apply-client.ts';
import { gatherAll, type Read, stillTrue } from './apply-read.ts';
import { approve } from './approve.ts';
import { lost } from './client-report.ts';
import { writable } from './execute.ts';
import { holdClients } from './hold.ts';
import { leaseMs } from './lease-length.ts';
import type { Run } from './run.ts';

/**
 * Lease, read, plan, ask, write, commit, read again, save: the whole life of a change. Every client is isolated.
 * @throws AltaError `stale-…`, `unknown-client`: nothing was written.
 */
export async function applyWorkspace(context: RunContext, options: ApplyOptions): Promise<ApplyResult> {
  const startedAt = new Date(context.clock.now()).toISOString();
  const workspace = await openWorkspace(context, { allow: ['connect', 'values'], clients: options.clients });
  if (workspace.invalid) return nothingDone({ plan: null, diagnostics: workspace.diagnostics, forms: [] });
  const compiled = await selectClients(context, workspace, options);
  const names = compiled.map((client) => client.client);
  const ttlMs = leaseMs(
    compiled.flatMap(({ targets }) => targets),
    workspace.drivers,
  );
  const holds = await holdClients(context, workspace.store, names, { waitMs: options.lockTimeoutMs, ttlMs });
  const sessions = createSessions(context, workspace.vault);
  const refused = new Map(holds.refused);
  const run: Run = { context, options, workspace, holds, sessions, startedAt, refused };
  try {
    const gathered = await gatherAll(run, compiled);
    const planned = await planApproved(run, gathered);
    if (!hasWork(planned, gathered)) return nothingDone(planned, refusals(run));
    if (!(await options.confirm(planned))) return { ...nothingDone(planned, refusals(run)), declined: true };
    const report = await carryOut(run, gathered, planned);
    return { planned, report, declined: false, diagnostics: refusals(run) };
  } finally {
    await sessions.close();
    await holds.release();
  }
}

function nothingDone(planned: PlanResult, diagnostics: readonly Diagnostic[] = []): ApplyResult {
  return { planned, report: null, declined: false, diagnostics };
}

function refusals({ refused }: Run): readonly Diagnostic[] {
  return [...refused.values()];
}

async function planApproved(run: Run, gathered: readonly Gathered[]): Promise<PlanResult> {
  const { context, workspace, options } = run;
  const planned = await planGathered(context, workspace, gathered, options);
  if (options.approval === null) return planned;
  const busy = new Set(run.refused.keys());
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

async function carryOut(run: Run, gathered: readonly Read[], planned: PlanResult): Promise<ApplyReport> {
  const { context, workspace, holds, options } = run;
  const plan = planned.plan;
  const plans = plan?.clients ?? [];
  const busyHosts = await holds.holdHosts(plans.flatMap((client) => hostsOf(client, workspace)));
  const byClient = new Map(gathered.map((client) => [client.compiled.client, client]));
  const total = plans.flatMap((client) => client.changes).filter(writable).length;
  const tally = workspace.counting('apply', total);
  const limit = pLimit(context.parallelism);
  const carried = plans.map((client) => {
    const read = byClient.get(client.client);
    const busy = hostsOf(client, workspace).flatMap((host) => busyHosts.get(host) ?? []);
    if (read === undefined || busy.length > 0) return lost(client, busy);
    return limit(() => carryOutClient(run, read, client, tally));
  });
  const clients = await Promise.all(carried);
  return {
    alta_version: context.version,
    commit: plan?.commit ?? null,
    planDigest: plan?.digest ?? '',
    startedAt: run.startedAt,
    endedAt: new Date(context.clock.now()).toISOString(),
    interrupted: context.stop.aborted,
    overrideReason: reasonsIn(options),
    clients,
    diagnostics: workspace.diagnostics,
  };
}

/** Never throws: what keeps one client from being carried out leaves the others alone. */
async function carryOutClient(run: Run, read: Read, plan: ClientPlan, tally: Tally): Promise<ClientReport> {
  const { context, workspace, holds, sessions } = run;
  const hold = holds.clients.get(plan.client);
  if (hold === undefined) return lost(plan, []);
  try {
    const gathered = await stillTrue(run, read);
    const acceptOutage = run.options.consent.acceptOutage !== null;
    return await applyClient({ context, workspace, sessions, hold, gathered, plan, tally, acceptOutage });
  } catch (error) {
    return lost(plan, [toDiagnostic(error, { address: plan.client })]);
  }
}

/** Why limits were lifted, and why an outage was accepted: an auditor reads it. */
function reasonsIn({ consent: { overrideLimits, acceptOutage } }: ApplyOptions): string | null {
  const reasons = [overrideLimits, acceptOutage].filter((reason) => reason !== null);
  return reasons.length === 0 ? null : [...new Set(reasons)].join('; ');
}

/** Only shared hosts that are written to, and that bear few writers, need the lease of the host: a device belongs to one client. */
function hostsOf(plan: ClientPlan, workspace: Workspace): readonly string[] {
  const written = new Set(plan.changes.filter(writable).map((change) => change.targetKey));
  return plan.targets
    .filter((target) => written.has(target.key) || target.commit === 'pending-from-before')
    .filter(({ driver }) => {
      const facts = workspace.drivers.get(driver)?.facts;
      return facts?.target === 'pbx' && facts.host.writers === 1;
    })
    .map((target) => target.host);
}
