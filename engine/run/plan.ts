import pLimit from 'p-limit';
import type { Compiled } from '../compile/index.ts';
import {
  AltaError,
  type ClientPlan,
  type Diagnostic,
  errorDiagnostic,
  type GuidedForm,
  type Plan,
  toDiagnostic,
} from '../model/index.ts';
import { guard, joinPlans, planClient } from '../plan/index.ts';
import type { PlanOptions, PlanResult, RunContext } from './contract.ts';
import { formOf } from './forms.ts';
import { type Gathered, gatherClient } from './targets/gather.ts';
import { createSessions, type Sessions } from './targets/sessions.ts';
import { refuseUnknown, selectClients, vanishedClients } from './workspace/choose.ts';
import { type OpenOptions, openWorkspace, type Workspace } from './workspace/workspace.ts';

/** Reads every target in scope and shows what an apply would do. Writes nothing, takes no lease. `engine`: whose clients. */
export async function planWorkspace(
  context: RunContext,
  options: PlanOptions,
  engine: NonNullable<OpenOptions['engine']> = 'alta',
): Promise<PlanResult> {
  const workspace = await openWorkspace(context, { allow: ['connect'], clients: options.clients, engine });
  if (workspace.invalid) return { plan: null, diagnostics: workspace.diagnostics, forms: [] };
  const compiled = await selectClients(context, workspace, options);
  const sessions = createSessions(context, workspace.vault);
  try {
    workspace.reading.expect(compiled.flatMap((client) => client.targets).length);
    const { gathered, failed } = await gatherReading(context, workspace, compiled, options, sessions);
    const planned = await planGathered(context, workspace, gathered, options);
    return { ...planned, diagnostics: [...planned.diagnostics, ...failed] };
  } finally {
    await sessions.close();
  }
}

/** Reads for all clients, without leases. What keeps one of them from being read (its state, above all) leaves the others alone. */
export async function gatherReading(
  context: RunContext,
  workspace: Workspace,
  compiled: readonly Compiled[],
  options: PlanOptions,
  sessions: Sessions,
  { lookAtGuided = false }: { readonly lookAtGuided?: boolean } = {},
): Promise<{ gathered: readonly Gathered[]; failed: readonly Diagnostic[] }> {
  const limit = pLimit(context.parallelism);
  const failed: Diagnostic[] = [];
  const gathered = await Promise.all(
    compiled.map((client) =>
      limit(async () => {
        try {
          const { state, open } = await workspace.store.read(client.client);
          const access = { purpose: 'read', state, open, lookAtGuided } as const;
          return [await gatherClient(context, workspace, client, options, sessions, access)];
        } catch (error) {
          if (!(error instanceof AltaError)) throw error;
          failed.push(toDiagnostic(error, { address: client.client }));
          return [];
        }
      }),
    ),
  );
  return { gathered: gathered.flat(), failed };
}

/** The plan of everything gathered, with safety's verdict over the whole run. */
export async function planGathered(
  context: RunContext,
  workspace: Workspace,
  gathered: readonly Gathered[],
  options: PlanOptions,
): Promise<PlanResult & { plan: Plan }> {
  refuseUnknown(gathered, options);
  const byClient = new Map(gathered.map((client) => [client.compiled.client, client]));
  const drafts = gathered.map((client) => keepUnknown(planClient(client.input), workspace.unknownClients));
  const guarded = guard(drafts, (client) => safetyFacts(workspace, byClient.get(client)), options.consent);
  const plan = joinPlans(guarded, {
    alta_version: context.version,
    createdAt: new Date(context.clock.now()).toISOString(),
    commit: workspace.commit,
    partial: isPartial(options),
  });
  const vanished = await vanishedClients(context, workspace, options);
  return {
    plan,
    diagnostics: [...workspace.diagnostics, ...vanished],
    forms: guarded.flatMap((client) => formsOf(context, workspace, client, byClient.get(client.client))),
  };
}

/**
 * What a client no longer desires may have gone to one whose files cannot be read right now. Whatever is only missing knowledge must not
 * delete: while there is such a client, nobody's deletions go ahead, by machine or by hand.
 */
function keepUnknown(plan: ClientPlan, unknown: readonly string[]): ClientPlan {
  const doubtful = plan.changes.filter((change) => change.action === 'delete');
  if (unknown.length === 0 || doubtful.length === 0) return plan;
  const { client } = plan;
  const params = { client, broken: unknown, count: doubtful.length };
  const changes = plan.changes.map((change) =>
    change.action === 'delete' && change.blocked === null
      ? { ...change, blocked: { code: 'still-desired', params: {} } as const }
      : change,
  );
  const problem = errorDiagnostic('client-unknown-desires', params, { address: client });
  return { ...plan, changes, diagnostics: [...plan.diagnostics, problem] };
}

function safetyFacts(workspace: Workspace, client: Gathered | undefined) {
  const entries = Object.values(client?.input.state.resources ?? {});
  const shielded = entries.filter((entry) => entry.protect === true).map((entry) => entry.address);
  return {
    limits: workspace.limits,
    status: client?.compiled.status ?? 'activo',
    protected: new Set(shielded),
  } as const;
}

function isPartial(options: PlanOptions): boolean {
  const { targets, exclude } = options.selection;
  return options.clients.length > 0 || targets.length > 0 || exclude.length > 0 || options.since !== null;
}

/** The forms of everything that waits for a person, blocked changes left out. */
export function formsOf(
  context: RunContext,
  workspace: Workspace,
  plan: ClientPlan,
  client: Gathered | undefined,
): readonly GuidedForm[] {
  if (client === undefined) return [];
  const now = new Date(context.clock.now()).toISOString();
  const targets = new Map(client.compiled.targets.map((target) => [target.address, target]));
  const desired = new Map(client.compiled.desired.map((d) => [d.address, d]));
  return plan.changes.flatMap((change) => {
    const target = targets.get(change.target);
    if (change.blocked !== null || target === undefined) return [];
    const driver = workspace.drivers.get(target.driver) ?? null;
    return formOf(change, desired.get(change.address) ?? null, target, driver, client.input.state, now) ?? [];
  });
}
