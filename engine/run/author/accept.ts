import { removeExtension, setIn, upsertExtensions } from '../../edit/index.ts';
import {
  type Change,
  clientOf,
  type Desired,
  type Diagnostic,
  type Scalar,
  warningDiagnostic,
} from '../../model/index.ts';
import type { EditResult, PlanOptions, RunContext } from '../contract.ts';
import { driftWorkspace } from '../drift.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { createDraft, type Draft } from './draft.ts';

/**
 * Takes what somebody changed outside into the YAML, so that the next plan has nothing to revert. Values come over as they are there; what
 * vanished leaves the YAML. A changed secret is never taken over: it is rotated or put back.
 */
export async function acceptDrift(
  context: RunContext,
  options: PlanOptions & { readonly dryRun: boolean },
): Promise<EditResult> {
  const drift = await driftWorkspace(context, options);
  if (drift.plan === null) return { edits: [], diagnostics: drift.diagnostics };
  const workspace = await openWorkspace(context, { allow: [], clients: options.clients });
  const draft = createDraft(context);
  const diagnostics: Diagnostic[] = [...drift.diagnostics];
  for (const change of drift.plan.clients.flatMap((client) => client.changes)) {
    diagnostics.push(...(await acceptChange(draft, workspace, change)));
  }
  if (!options.dryRun) await draft.save();
  return { edits: draft.edits(), diagnostics };
}

async function acceptChange(
  draft: Draft,
  workspace: Workspace,
  change: Change,
): Promise<readonly Diagnostic[]> {
  const compiled = workspace.compiled.find((client) => client.client === clientOf(change.address));
  const desired = compiled?.desired.find((d) => d.address === change.address);
  const label = compiled?.targets.find((target) => target.address === change.target)?.label;
  if (desired === undefined || label === undefined) return [];
  if (change.kind === 'account') return acceptAccount(draft, desired, change);
  const { filename } = desired.origin;
  const text = (await draft.read(filename)) ?? '';
  if (change.section === 'vanished') {
    await draft.put(filename, removeExtension(text, label, change.key), `- ${change.address}`);
    return [];
  }
  const plain = change.fields.filter((field) => !field.sensitive);
  if (plain.length > 0) {
    const values = Object.fromEntries(plain.map((field) => [field.field, field.before])) as Record<
      string,
      Scalar | null
    >;
    const names = plain.map((field) => `${field.field}: ${String(field.before)}`).join(', ');
    await draft.put(
      filename,
      upsertExtensions(text, [{ pbx: label, number: change.key, ...values }]),
      `~ ${change.address}  ${names}`,
    );
  }
  return secretsKept(change);
}

/** What somebody set on the phone's own page comes onto the account's line. A line that the phone has lost is nothing to agree with. */
async function acceptAccount(draft: Draft, desired: Desired, change: Change): Promise<readonly Diagnostic[]> {
  const { filename, path } = desired.origin;
  const plain = change.fields.filter(
    ({ sensitive, unknown, before }) => !sensitive && !unknown && before !== null,
  );
  if (change.section === 'vanished' || plain.length === 0) return secretsKept(change);
  let text = (await draft.read(filename)) ?? '';
  for (const { field, before } of plain) text = setIn('client', text, [...path, field], before);
  const names = plain.map(({ field, before }) => `${field}: ${String(before)}`).join(', ');
  await draft.put(filename, text, `~ ${change.address}  ${names}`);
  return secretsKept(change);
}

function secretsKept({ address, fields }: Change): readonly Diagnostic[] {
  return fields
    .filter(({ sensitive }) => sensitive)
    .map(({ field }) => warningDiagnostic('accept-secret', { address, field }, { address }));
}
