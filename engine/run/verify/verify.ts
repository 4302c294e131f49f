import { type Check, clientOf, targetOf, type VerifyReport } from '../../model/index.ts';
import {
  type ClientInput,
  everything,
  isRemoteChange,
  isSelected,
  needsPerson,
  planClient,
  type Selection,
} from '../../plan/index.ts';
import { symbols } from '../../report/notes.ts';
import type { RunContext } from '../contract.ts';
import { gatherReading } from '../plan.ts';
import type { Gathered } from '../targets/gather.ts';
import { createObservations } from '../targets/observations.ts';
import { createSessions } from '../targets/sessions.ts';
import { refuseUnknown, selectClients } from '../workspace/choose.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { type FlowProof, proveCallFlows } from './call-flows.ts';
import { registrationChecks } from './registration-checks.ts';
import { awaitRegistrations, type Registrations } from './registrations.ts';
import type { VerifyOptions, VerifyResult } from './verify-contract.ts';
import { pastedFor, watchedOf } from './watched.ts';

/**
 * Proves that service works, as far as anything can tell: the configuration is there, PBX and devices say that the lines are registered,
 * calls lead where they should. What only a person can see is listed as such and never counted as passed. Whoever applied it, Alta or
 * Terraform, it is proven alike.
 */
export async function verifyWorkspace(context: RunContext, given: VerifyOptions): Promise<VerifyResult> {
  const startedAt = new Date(context.clock.now()).toISOString();
  // A paste needs no access at all.
  const options = given.pasted === undefined ? given : { ...given, noRead: true };
  const workspace = await openWorkspace(context, {
    allow: ['connect'],
    clients: options.clients,
    engine: 'either',
  });
  if (workspace.invalid) return { report: null, diagnostics: workspace.diagnostics };
  const compiled = await selectClients(context, workspace, options);
  const sessions = createSessions(context, workspace.vault);
  const observations = createObservations(context, workspace.vault);
  try {
    workspace.reading.expect(compiled.flatMap((client) => client.targets).length);
    // A plan of a part says nothing about the rest: all is compared, and what was asked for is reported.
    const whole = { ...options, selection: everything };
    const look = { lookAtGuided: true };
    const { gathered, failed } = await gatherReading(context, workspace, compiled, whole, sessions, look);
    refuseUnknown(gathered, options);
    const { selection, waitMs = 0 } = options;
    const pasted = await pastedFor(context, gathered, options);
    const watched = gathered.flatMap((client) => watchedOf(workspace, client, selection, pasted?.target));
    const witnesses = { sessions, observations, pasted: pasted?.reader ?? null };
    const registrations = await awaitRegistrations(context, workspace, witnesses, watched, waitMs);
    const proofs = gathered.map(async (client) => {
      const flows = await proveCallFlows(workspace, sessions, client);
      return proofOf(client, registrations, flows, selection);
    });
    const report: VerifyReport = {
      alta_version: context.version,
      startedAt,
      clients: await Promise.all(proofs),
      endedAt: new Date(context.clock.now()).toISOString(),
    };
    return { report, diagnostics: [...workspace.diagnostics, ...failed] };
  } finally {
    await Promise.all([sessions.close(), observations.close()]);
  }
}

function proofOf(
  { compiled, input }: Gathered,
  { found, failed }: Registrations,
  flows: FlowProof,
  selection: Selection,
): VerifyReport['clients'][number] {
  const checks = [
    ...configurationChecks(input),
    ...registrationChecks(input.desired, found),
    ...manualChecks(input),
    ...flows.checks,
  ];
  return {
    client: compiled.client,
    checks: checks.filter((check) => isSelected(check.address, selection)),
    diagnostics: [
      ...input.views.flatMap((view) => view.diagnostics),
      ...failed.flatMap(({ target, diagnostic }) =>
        clientOf(target) === compiled.client ? [diagnostic] : [],
      ),
      ...flows.diagnostics,
    ],
  };
}

/** Is what is declared there? A plan without a change says yes. The evidence is the sign of the plan and the fields: every language reads it. */
function configurationChecks(input: ClientInput): readonly Check[] {
  const plan = planClient(input);
  const byAddress = new Map(plan.changes.map((change) => [change.address, change]));
  const published = plan.unverifiable.filter(({ code }) => code === 'published');
  const unfetched = new Set(published.map(({ address }) => address));
  const status = new Map(input.views.map((view) => [view.target.address, view.status]));
  return input.desired.map((desired) => {
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

/** What only a person can see, each with its own line: test call, outbound caller ID, internal name. */
function manualChecks({ desired }: ClientInput): readonly Check[] {
  const extensions = desired.filter(({ kind }) => kind === 'extension');
  return extensions.flatMap(({ address }): Check[] =>
    (['call', 'outbound-caller-id', 'internal-name'] as const).map((check) => {
      return { address, check, result: 'manual', evidence: '' };
    }),
  );
}
