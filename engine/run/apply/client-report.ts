import {
  type Change,
  type ClientPlan,
  type ClientReport,
  canonicalJson,
  type Diagnostic,
  type GuidedForm,
  type StepReport,
  type TargetReport,
  warningDiagnostic,
} from '../../model/index.ts';
import type { Carried } from './client-run.ts';
import type { LaneOutcome } from './lane.ts';
import type { Saved } from './save.ts';
import type { Reread } from './settle.ts';

/** The report of one client: every change of the plan with what became of it, every target with its second plan. */
export function clientReport(
  plan: ClientPlan,
  carried: Carried,
  forms: readonly GuidedForm[],
  saved: Saved,
): ClientReport {
  const left = new Map(
    [...carried.rereads.values()].flatMap((r) =>
      [...r.remaining, ...r.waiting].map((c) => [c.address, c] as const),
    ),
  );
  const lanes = new Map(carried.lanes.map((lane) => [lane.target.address, lane]));
  return {
    client: plan.client,
    steps: plan.changes.map((change) => stepReport(change, carried, left)),
    targets: plan.targets.map((target) =>
      targetReport(target, lanes.get(target.address), carried, plan.diagnostics),
    ),
    forms,
    foreign: plan.foreign.length,
    unverifiable: plan.counts.unverifiable,
    state: saved.state,
    diagnostics: [...plan.diagnostics, ...saved.diagnostics],
  };
}

/** Address → what a second plan would still change there. */
type Left = ReadonlyMap<string, Change>;

function stepReport(change: Change, carried: Carried, left: Left): StepReport {
  const base = baseOf(change);
  if (change.blocked !== null) return { ...base, result: 'blocked', blocked: change.blocked };
  if (change.action === 'record' || change.action === 'forget') return { ...base, result: 'recorded' };
  if (change.means === 'deferred') return { ...base, result: 'deferred' };
  if (change.means === 'guided') return { ...base, result: 'pending' };
  return { ...base, ...written(change, carried, left.get(change.address)) };
}

function written(
  change: Change,
  carried: Carried,
  left: Change | undefined,
): Pick<StepReport, 'result' | 'written' | 'diagnostic'> {
  const outcome = carried.outcomes.get(change.address);
  if (outcome === undefined) return { result: 'skipped' };
  if (outcome.result !== 'done') {
    const { result, written, diagnostic } = outcome;
    return {
      result,
      ...(written === undefined ? {} : { written }),
      ...(diagnostic === undefined ? {} : { diagnostic }),
    };
  }
  if (left === undefined) return { result: 'done' };
  if (left.means === 'deferred') return { result: 'deferred', diagnostic: published(change) };
  return { result: 'unconfirmed', diagnostic: notSeen(change, left) };
}

/** Written where the device fetches it; the device has not been there yet. */
function published({ address, target }: Change): Diagnostic {
  return warningDiagnostic('published-waiting', { address, target }, { address });
}

function notSeen(change: Change, left: Change): Diagnostic {
  const fields = left.fields.map((field) => field.field);
  const params = { address: change.address, target: change.target, fields };
  return warningDiagnostic('not-converged', params, { address: change.address });
}

function targetReport(
  { address, driver }: Pick<TargetReport, 'address' | 'driver'>,
  lane: LaneOutcome | undefined,
  carried: Carried,
  said: readonly Diagnostic[],
): TargetReport {
  const reread = carried.rereads.get(address);
  const seen = reread !== undefined && reread.view.status === 'read';
  return {
    address,
    driver,
    commit: lane?.commit ?? 'not-needed',
    converged: seen && arrived(reread) ? reread.remaining.length === 0 : null,
    remaining: reread?.remaining.map((change) => change.address) ?? [],
    diagnostics: [...(lane?.diagnostics ?? []), ...unsaid(reread?.view.diagnostics ?? [], said)],
  };
}

/** What a second look found that the first had not said already. */
function unsaid(found: readonly Diagnostic[], said: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set(said.map(canonicalJson));
  return found.filter((one) => !known.has(canonicalJson(one)));
}

/** What only lies where the device fetches it has not been seen there. */
function arrived({ view, waiting }: Reread): boolean {
  const doubtful = (view.reading?.resources ?? []).some(({ delivery }) => delivery !== undefined);
  return waiting.length === 0 && !doubtful && view.reading?.delivery === undefined;
}

function baseOf({ address, target, kind, action, section, fields }: Change): Omit<StepReport, 'result'> {
  return { address, target, kind, action, section, fields: fields.map(({ field }) => field) };
}

/** A client whose run could not begin, or be told: nothing, or what is in its journal, and the next run goes on from there. */
export function lost(plan: ClientPlan, diagnostics: readonly Diagnostic[]): ClientReport {
  const steps = plan.changes.map((change) => ({ ...baseOf(change), result: 'skipped' as const }));
  return {
    client: plan.client,
    steps,
    targets: [],
    forms: [],
    foreign: plan.foreign.length,
    unverifiable: plan.counts.unverifiable,
    state: 'not-written',
    diagnostics,
  };
}
