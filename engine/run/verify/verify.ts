import type { Compiled } from '../../compile/index.ts';
import { type Check, clientOf, targetOf, type VerifyReport } from '../../model/index.ts';
import {
  everything,
  isRemoteChange,
  isSelected,
  needsPerson,
  planClient,
  type Selection,
} from '../../plan/index.ts';
import { symbols } from '../../report/notes.ts';
import { groupBy } from '../../report/view.ts';
import type { RunContext } from '../contract.ts';
import { gatherReading } from '../plan.ts';
import type { Gathered } from '../targets/gather.ts';
import { createSessions } from '../targets/sessions.ts';
import { refuseUnknown, selectClients } from '../workspace/choose.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { extensionOf, isExpected, registrationChecks } from './registration-checks.ts';
import { awaitRegistrations, type Registrations, type Watched } from './registrations.ts';
import type { VerifyOptions, VerifyResult } from './verify-contract.ts';

/**
 * Proves that service works, as far as anything can tell: the configuration is there, PBX and devices say that the lines are registered.
 * What only a person can see is listed as such and never counted as passed.
 */
export async function verifyWorkspace(context: RunContext, options: VerifyOptions): Promise<VerifyResult> {
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
    const { selection, waitMs = 0 } = options;
    const watched = gathered.flatMap((client) => watchedOf(workspace, client, selection));
    const registrations = await awaitRegistrations(context, workspace, sessions, watched, waitMs);
    const report: VerifyReport = {
      alta_version: context.version,
      startedAt,
      endedAt: new Date(context.clock.now()).toISOString(),
      clients: gathered.map((client) => proofOf(workspace, client, registrations, selection)),
    };
    return { report, diagnostics: [...workspace.diagnostics, ...failed] };
  } finally {
    await sessions.close();
  }
}

/** The targets that can be asked, with what is in scope there. The extension of an account is asked for with it: it is its other side. */
function watchedOf(workspace: Workspace, { compiled, input }: Gathered, selection: Selection): Watched[] {
  const wanted = input.desired.filter(({ address }) => isSelected(address, selection));
  const asked = new Set(wanted.flatMap((one) => [one.address, extensionOf(one) ?? one.address]));
  const active = input.desired.filter(isExpected);
  const expected = new Set(active.flatMap((account) => [account.address, extensionOf(account)]));
  const readable = new Set(
    input.views.flatMap((view) => (view.status === 'read' ? [view.target.address] : [])),
  );
  const all = input.desired.filter(({ address }) => asked.has(address));
  const byTarget = groupBy(all, ({ address }) => targetOf(address));
  return compiled.targets.flatMap((target): Watched[] => {
    const driver = workspace.drivers.get(target.driver) ?? null;
    const own = byTarget.get(target.address) ?? [];
    if (driver === null || own.length === 0 || !readable.has(target.address)) return [];
    const missed = own.map(({ address }) => address).filter((address) => expected.has(address));
    return [{ target, driver, asked: own, expected: new Set(missed) }];
  });
}

function proofOf(
  workspace: Workspace,
  gathered: Gathered,
  { found, failed }: Registrations,
  selection: Selection,
): VerifyReport['clients'][number] {
  const { compiled, input } = gathered;
  const checks = [
    ...configurationChecks(gathered),
    ...registrationChecks(input.desired, found),
    ...manualChecks(workspace, compiled),
  ];
  return {
    client: compiled.client,
    checks: checks.filter((check) => isSelected(check.address, selection)),
    diagnostics: [
      ...input.views.flatMap((view) => view.diagnostics),
      ...[...failed].flatMap(([target, diagnostic]) =>
        clientOf(target) === compiled.client ? [diagnostic] : [],
      ),
    ],
  };
}

/** Is what is declared there? A plan without a change says yes. The evidence is the sign of the plan and the fields: every language reads it. */
function configurationChecks(gathered: Gathered): readonly Check[] {
  const plan = planClient(gathered.input);
  const byAddress = new Map(plan.changes.map((change) => [change.address, change]));
  const published = plan.unverifiable.filter(({ code }) => code === 'published');
  const unfetched = new Set(published.map(({ address }) => address));
  const status = new Map(gathered.input.views.map((view) => [view.target.address, view.status]));
  return gathered.input.desired.map((desired) => {
    const base = { address: desired.address, check: 'configuration' } as const;
    const change = byAddress.get(desired.address);
    const target = status.get(targetOf(desired.address));
    const unproven = target !== 'read' || change?.published === true || unfetched.has(desired.address);
    if (unproven) return { ...base, result: 'unknown', evidence: '' };
    if (change === undefined || (!isRemoteChange(change) && !needsPerson(change))) {
      return { ...base, result: 'passed', evidence: '' };
    }
    const fields = change.fields.map((field) => field.field).join(', ');
    const result = isRemoteChange(change) ? 'failed' : 'manual';
    return { ...base, result, evidence: `${symbols[change.action]} ${fields}` };
  });
}

/** What only a person can see, each with its own line: test call, outbound caller ID, internal name, declared call flows. */
function manualChecks(workspace: Workspace, compiled: Compiled): readonly Check[] {
  const extensions = compiled.desired.filter(({ kind }) => kind === 'extension');
  const perExtension = extensions.flatMap(({ address }): Check[] =>
    (['call', 'outbound-caller-id', 'internal-name'] as const).map((check) => {
      return { address, check, result: 'manual', evidence: '' };
    }),
  );
  const flows = workspace.loaded.clients.find((c) => c.id === compiled.client)?.data.checks?.callFlows ?? [];
  const perFlow = flows.map((flow): Check => {
    const evidence = `${flow.name}: ${flow.reaches.join(', ')}`;
    return { address: `${compiled.client}/pbx:${flow.pbx}`, check: 'call-flow', result: 'manual', evidence };
  });
  return [...perExtension, ...perFlow];
}
