import type { ApplyReport, Code, Diagnostic, Plan, StepReport, VerifyReport } from '../engine/model/index.ts';

/** What a command came to. Several may be true at once. */
export interface Outcome {
  readonly error?: boolean;
  readonly lockHeld?: boolean;
  readonly stale?: boolean;
  readonly blocked?: boolean;
  readonly partial?: boolean;
  readonly verifyFailed?: boolean;
  readonly changes?: boolean;
}

/**
 * 0 done or no changes · 1 error · 2 changes present · 3 blocked by safety · 4 stale plan · 5 lock held · 6 applied in part ·
 * 7 verification failed. Where several hold: 1 > 5 > 4 > 3 > 6 > 7 > 2.
 */
export function exitCode(outcome: Outcome): number {
  if (outcome.error) return 1;
  if (outcome.lockHeld) return 5;
  if (outcome.stale) return 4;
  if (outcome.blocked) return 3;
  if (outcome.partial) return 6;
  if (outcome.verifyFailed) return 7;
  return outcome.changes ? 2 : 0;
}

const special: Readonly<Partial<Record<Code, keyof Outcome>>> = {
  'lease-held': 'lockHeld',
  'stale-clients': 'stale',
  'stale-basis': 'stale',
  'stale-changes': 'stale',
  'changed-meanwhile': 'stale',
  'old-commit': 'stale',
  'terraform-plan-stale': 'stale',
};

/** What error diagnostics come to; warnings come to nothing. */
export function diagnosticsOutcome(diagnostics: readonly Diagnostic[]): Outcome {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return Object.fromEntries(errors.map(({ code }) => [special[code] ?? 'error', true]));
}

/** Which counts of a plan say "there are changes". */
export interface PlanCounting {
  /** Deferred, pending and unverifiable count too. */
  readonly strict: boolean;
}

/** Changes and blocks of a plan. Whether they set the exit code is the command's decision. */
export function planOutcome(plan: Plan, { strict }: PlanCounting): Outcome {
  const clients = plan.clients.map(({ counts }) => counts);
  const some = clients.some((counts) => counts.changes > 0);
  const others = clients.some((counts) => counts.deferred + counts.pending + counts.unverifiable > 0);
  const blocked = plan.clients.some(({ changes }) => changes.some((change) => change.blocked !== null));
  return { changes: some || (strict && others), blocked };
}

/**
 * What an apply came to. A client or target that failed while others were written is *applied in part*; where nothing at all was
 * written it is an error. `ofPlan`: what the clients' plans complained about before.
 */
export function applyOutcome(report: ApplyReport, ofPlan: readonly Diagnostic[] = []): Outcome {
  const steps = report.clients.flatMap((client) => client.steps);
  const targets = report.clients.flatMap((client) => client.targets);
  const wrote = steps.some(({ result, written }) => {
    return result === 'done' || result === 'unconfirmed' || (written !== undefined && written !== 'nothing');
  });
  const loose = [...report.clients, ...targets].flatMap(({ diagnostics }) => diagnostics);
  const local = diagnosticsOutcome([...ofPlan, ...loose]);
  const unfinished =
    steps.some(({ result }) => result === 'failed' || result === 'unconfirmed' || result === 'skipped') ||
    steps.some(isUnread) ||
    targets.some(
      ({ commit, converged }) => commit === 'failed' || commit === 'skipped' || converged === false,
    ) ||
    report.clients.some(({ state }) => state === 'errored') ||
    (wrote && local.error === true);
  return {
    ...local,
    ...diagnosticsOutcome(report.diagnostics),
    error: diagnosticsOutcome(report.diagnostics).error === true || (!wrote && local.error === true),
    blocked: steps.some((step) => step.result === 'blocked' && !isUnread(step)),
    partial: unfinished,
  };
}

/** A box that could not be read is a failure of that box, and no verdict of safety over the change. */
function isUnread({ result, blocked }: StepReport): boolean {
  return result === 'blocked' && blocked?.code === 'target-unreadable';
}

export function verifyOutcome(report: VerifyReport): Outcome {
  const failed = report.clients.some(({ checks }) => checks.some(({ result }) => result === 'failed'));
  return { verifyFailed: failed };
}

/** Several parts of one command, together. */
export function joinOutcomes(...outcomes: readonly Outcome[]): Outcome {
  const names = ['error', 'lockHeld', 'stale', 'blocked', 'partial', 'verifyFailed', 'changes'] as const;
  return Object.fromEntries(names.map((name) => [name, outcomes.some((outcome) => outcome[name] === true)]));
}
