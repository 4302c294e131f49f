import {
  AltaError,
  type Change,
  clientOf,
  type Desired,
  type Diagnostic,
  type GuidedForm,
  type GuidedState,
  keyOfState,
  leftBehind,
  type State,
  type StateEntry,
  selects,
  warningDiagnostic,
} from '../model/index.ts';
import { adoptedSecrets, everything, type GuidedPart, guidedPart, noConsent } from '../plan/index.ts';
import { type Hold, holdClients } from './apply/hold.ts';
import type { AttestOptions, AttestResult, PlanOptions, RunContext } from './contract.ts';
import { planGathered, planWorkspace } from './plan.ts';
import { type Gathered, gatherClient } from './targets/gather.ts';
import { createSessions } from './targets/sessions.ts';
import { openWorkspace } from './workspace/workspace.ts';

const wholeClient = (client: string): PlanOptions => ({
  clients: [client],
  selection: everything,
  consent: noConsent,
  since: null,
  noRead: false,
});

/** The forms that wait for a person, of all clients: whoever applies the rest, a panel is done by hand. */
export async function listGuided(context: RunContext): Promise<readonly GuidedForm[]> {
  const options = { ...wholeClient(''), clients: [] };
  return (await planWorkspace(context, options, 'either')).forms;
}

/**
 * A person vouches for a guided step. What can be read is held against the word: a step whose result reading disproves is refused.
 * @throws AltaError `nothing-to-attest`, `attest-blocked`, `attest-disproved`, `lease-held`
 */
export async function attest(context: RunContext, options: AttestOptions): Promise<AttestResult> {
  const client = clientOf(`${options.address}/`);
  const workspace = await openWorkspace(context, { allow: ['connect'], clients: [client], engine: 'either' });
  if (workspace.invalid) return { attested: [], diagnostics: workspace.diagnostics };
  const compiled = workspace.compiled.find((known) => known.client === client);
  if (compiled === undefined) {
    throw new AltaError('unknown-client', { client, known: workspace.compiled.map((c) => c.client) });
  }
  const holds = await holdClients(context, workspace.store, [client], { waitMs: options.lockTimeoutMs });
  const sessions = createSessions(context, workspace.vault);
  try {
    const hold = holds.clients.get(client);
    if (hold === undefined) return { attested: [], diagnostics: [...holds.refused.values()] };
    const { state, open } = hold.writer.recovered;
    const access = { purpose: 'read', state, open } as const;
    const gathered = await gatherClient(context, workspace, compiled, wholeClient(client), sessions, access);
    const planned = await planGathered(context, workspace, [gathered], wholeClient(client));
    const changes = planned.plan.clients.flatMap((plan) => plan.changes);
    const asked = changes.filter(
      (change) => selects(options.address, change.address) && guidedPart(change) !== null,
    );
    if (asked.length === 0) return seenByItself(options.address, gathered, workspace.diagnostics);
    await saveAttested(context, hold, gathered, asked, options.note);
    const signed = new Set(asked.map((change) => change.address));
    return {
      attested: planned.forms.filter((form) => signed.has(form.address)),
      diagnostics: workspace.diagnostics,
    };
  } finally {
    await sessions.close();
    await holds.release();
  }
}

/** A step that was handed out and now shows by itself needs nobody's word; anything else is a mistake. */
function seenByItself(address: string, gathered: Gathered, diagnostics: readonly Diagnostic[]): AttestResult {
  const asked = Object.values(gathered.input.state.guided).filter((step) => step.attested === undefined);
  if (!asked.some((step) => selects(address, step.address)))
    throw new AltaError('nothing-to-attest', { address });
  return {
    attested: [],
    diagnostics: [...diagnostics, warningDiagnostic('attest-seen', { address }, { address })],
  };
}

async function saveAttested(
  context: RunContext,
  hold: Hold,
  gathered: Gathered,
  changes: readonly Change[],
  note: string | null,
): Promise<void> {
  const at = new Date(context.clock.now()).toISOString();
  const word = { by: context.user, at, ...(note === null ? {} : { note }) };
  for (const change of changes) {
    refuseBlocked(change, gathered.input.state);
    refuseDisproved(change, gathered);
  }
  await hold.writer.save((state) =>
    changes.reduce((next, change) => attested(next, change, gathered, word), state),
  );
}

/** What safety holds back was asked of nobody. A deletion that an apply with consent handed out was asked for. */
function refuseBlocked(change: Change, { guided }: State): void {
  if (change.blocked === null) return;
  const { code } = change.blocked;
  const asked = guided[keyOfState(change)];
  const handedOut = asked !== undefined && asked.digest === guidedPart(change)?.digest;
  if (code === 'needs-delete-consent' && handedOut) return;
  throw new AltaError('attest-blocked', { address: change.address, block: code });
}

/** Where the target can be read, reading has the last word on what exists. */
function refuseDisproved(change: Change, gathered: Gathered): void {
  const view = gathered.input.views.find((v) => v.target.address === change.target);
  if (view?.reading === null || view === undefined) return;
  const disproved = change.action === 'create' || change.action === 'delete';
  if (disproved) throw new AltaError('attest-disproved', { address: change.address, target: change.target });
}

function attested(
  state: State,
  change: Change,
  gathered: Gathered,
  word: NonNullable<GuidedState['attested']>,
): State {
  const part = guidedPart(change);
  if (part === null) return state;
  const id = keyOfState(change);
  const { action, values, digest } = part;
  const since = state.guided[id]?.since ?? word.at;
  const guided = {
    ...state.guided,
    [id]: { address: change.address, action, values, digest, since, attested: word },
  };
  const view = gathered.input.views.find((v) => v.target.address === change.target);
  if (view?.status !== 'guided') return { ...state, guided };
  const desired = gathered.input.desired.find((d) => d.address === change.address) ?? null;
  return { ...state, guided, resources: vouchedResources(state, id, change, part, desired, word.at) };
}

/** On a target that nobody can read, the person's word is what state knows. */
function vouchedResources(
  state: State,
  id: string,
  change: Change,
  part: GuidedPart,
  desired: Desired | null,
  at: string,
): State['resources'] {
  const { [id]: before, ...others } = state.resources;
  if (part.action === 'delete' || desired === null) return others;
  const signed = Object.entries(part.markers).map(([field, marker]) => [field, { marker }] as const);
  const entry: StateEntry = {
    address: desired.address,
    kind: desired.kind,
    key: desired.key,
    targetKey: change.targetKey,
    values: desired.values,
    secrets: { ...(before?.secrets ?? adoptedSecrets(desired, null)), ...Object.fromEntries(signed) },
    dependsOn: desired.dependsOn,
    ...leftBehind(before, desired.dependsOn),
    ...(desired.protect ? { protect: true } : {}),
    appliedAt: at,
  };
  return { ...others, [id]: entry };
}
