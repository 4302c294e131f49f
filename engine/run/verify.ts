import type { Driver, PoweredSession, Registration } from '../../providers/contract.ts';
import type { Compiled } from '../compile/index.ts';
import {
  type Check,
  type Desired,
  type Diagnostic,
  selects,
  type Target,
  targetOf,
  toDiagnostic,
  type VerifyReport,
} from '../model/index.ts';
import { everything, isRemoteChange, needsPerson, planClient, type Selection } from '../plan/index.ts';
import { symbols } from '../report/notes.ts';
import { refuseUnknown, selectClients } from './choose.ts';
import type { PlanOptions, RunContext, VerifyResult } from './contract.ts';
import type { Gathered } from './gather.ts';
import { gatherReading } from './plan.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/**
 * Proves that service works, as far as anything can tell: the configuration is there, the phones are registered. What only a person
 * can see is listed as such and never counted as passed.
 */
export async function verifyWorkspace(context: RunContext, options: PlanOptions): Promise<VerifyResult> {
  const startedAt = new Date(context.clock.now()).toISOString();
  const workspace = await openWorkspace(context, { allow: ['connect'], clients: options.clients });
  if (workspace.invalid) return { report: null, diagnostics: workspace.diagnostics };
  const compiled = await selectClients(context, workspace, options);
  const sessions = createSessions(context, workspace.vault);
  try {
    workspace.reading.expect(compiled.flatMap((client) => client.targets).length);
    // A plan of a part says nothing about the rest: all is compared, and what was asked for is reported.
    const whole = { ...options, selection: everything };
    const { gathered, failed } = await gatherReading(context, workspace, compiled, whole, sessions);
    refuseUnknown(gathered, options);
    const clients = await Promise.all(
      gathered.map((client) => verifyClient(workspace, client, sessions, options.selection)),
    );
    const report: VerifyReport = {
      alta_version: context.version,
      startedAt,
      endedAt: new Date(context.clock.now()).toISOString(),
      clients,
    };
    return { report, diagnostics: [...workspace.diagnostics, ...failed] };
  } finally {
    await sessions.close();
  }
}

async function verifyClient(
  workspace: Workspace,
  gathered: Gathered,
  sessions: Sessions,
  selection: Selection,
): Promise<VerifyReport['clients'][number]> {
  const { compiled } = gathered;
  const wanted = gathered.input.desired.filter((desired) => inScope(desired.address, selection));
  const diagnostics: Diagnostic[] = gathered.input.views.flatMap((view) => view.diagnostics);
  const perTarget = await Promise.all(
    compiled.targets.map((target) =>
      registrationChecks(workspace, gathered, target, wanted, sessions, diagnostics),
    ),
  );
  const checks = [
    ...configurationChecks(gathered),
    ...perTarget.flat(),
    ...manualChecks(workspace, compiled),
  ];
  return {
    client: compiled.client,
    checks: checks.filter((check) => inScope(check.address, selection)),
    diagnostics,
  };
}

function inScope(address: string, { targets, exclude }: Selection): boolean {
  if (exclude.some((pattern) => selects(pattern, address))) return false;
  return targets.length === 0 || targets.some((pattern) => selects(pattern, address));
}

/** Is what is declared there? A plan without a change says yes. The evidence is the sign of the plan and the fields: every language reads it. */
function configurationChecks(gathered: Gathered): readonly Check[] {
  const plan = planClient(gathered.input);
  const byAddress = new Map(plan.changes.map((change) => [change.address, change]));
  const status = new Map(gathered.input.views.map((view) => [view.target.address, view.status]));
  return gathered.input.desired.map((desired) => {
    const base = { address: desired.address, check: 'configuration' } as const;
    const change = byAddress.get(desired.address);
    const target = status.get(targetOf(desired.address));
    if (target !== 'read') return { ...base, result: 'unknown', evidence: '' };
    if (change === undefined || (!isRemoteChange(change) && !needsPerson(change))) {
      return { ...base, result: 'passed', evidence: '' };
    }
    const fields = change.fields.map((field) => field.field).join(', ');
    const result = isRemoteChange(change) ? 'failed' : 'manual';
    return { ...base, result, evidence: `${symbols[change.action]} ${fields}` };
  });
}

async function registrationChecks(
  workspace: Workspace,
  gathered: Gathered,
  target: Target,
  wanted: readonly Desired[],
  sessions: Sessions,
  diagnostics: Diagnostic[],
): Promise<readonly Check[]> {
  const desired = wanted.filter((d) => d.kind === 'extension' && targetOf(d.address) === target.address);
  const driver = workspace.drivers.get(target.driver);
  const view = gathered.input.views.find((v) => v.target.address === target.address);
  const unknown = desired.map((d): Check => registrationCheck(workspace, gathered, d, undefined));
  if (desired.length === 0) return [];
  if (driver === null || driver === undefined || view?.status !== 'read') return unknown;
  try {
    const found = await registrationsOf(target, driver, sessions, desired);
    return desired.map((d) => registrationCheck(workspace, gathered, d, found.get(d.key)));
  } catch (error) {
    diagnostics.push(toDiagnostic(error, { address: target.address }));
    return unknown;
  }
}

async function registrationsOf(
  target: Target,
  driver: Driver,
  sessions: Sessions,
  desired: readonly Desired[],
): Promise<ReadonlyMap<string, Registration>> {
  const session: PoweredSession = await sessions.open(target, driver, 'read');
  const found = (await session.registrations?.(desired.map((d) => d.key))) ?? [];
  return new Map(found.map((registration) => [registration.key, registration]));
}

/** An extension that no device of the YAML uses is not expected to be registered. */
function registrationCheck(
  workspace: Workspace,
  gathered: Gathered,
  desired: Desired,
  found: Registration | undefined,
): Check {
  const base = { address: desired.address, check: 'registration' } as const;
  const evidence = found?.evidence ?? '';
  if (found === undefined || found.status === 'unknown') return { ...base, result: 'unknown', evidence };
  if (found.status === 'registered') return { ...base, result: 'passed', evidence };
  const expected = usedByDevice(workspace, gathered.compiled.client, desired);
  return { ...base, result: expected ? 'failed' : 'not-expected', evidence };
}

function usedByDevice(workspace: Workspace, client: string, desired: Desired): boolean {
  const label = targetOf(desired.address).slice(targetOf(desired.address).indexOf(':') + 1);
  const data = workspace.loaded.clients.find((c) => c.id === client)?.data;
  const accounts = (data?.devices ?? []).flatMap((device) => device.accounts ?? []);
  return accounts.some((account) => account.extension === `${label}/${desired.key}`);
}

/** What only a person can see, each with its own line: test call, outbound caller ID, internal name, declared call flows. */
function manualChecks(workspace: Workspace, compiled: Compiled): readonly Check[] {
  const perExtension = compiled.desired.flatMap((desired): Check[] =>
    (['call', 'outbound-caller-id', 'internal-name'] as const).map((check) => {
      return { address: desired.address, check, result: 'manual', evidence: '' };
    }),
  );
  const flows = workspace.loaded.clients.find((c) => c.id === compiled.client)?.data.checks?.callFlows ?? [];
  const perFlow = flows.map((flow): Check => {
    const evidence = `${flow.name}: ${flow.reaches.join(', ')}`;
    return { address: `${compiled.client}/pbx:${flow.pbx}`, check: 'call-flow', result: 'manual', evidence };
  });
  return [...perExtension, ...perFlow];
}
