import type { Block, Change, ClientPlan, TargetPlan } from '../model/index.ts';
import type { Consent, SafetyLimits } from './input.ts';

/** Ours and gone, or about to be. */
export function isLoss(change: Change): boolean {
  return change.action === 'delete' || change.section === 'vanished';
}

/** Target key → the blocks of its platform, over all clients of the run. */
export function platformsOverLimit(
  plans: readonly ClientPlan[],
  factsOf: (client: string) => { readonly limits: SafetyLimits },
  consent: Consent,
): ReadonlyMap<string, readonly Block[]> {
  const found = new Map<string, readonly Block[]>();
  if (consent.overrideLimits !== null) return found;
  const limits = new Map<string, SafetyLimits>();
  for (const plan of plans) {
    for (const { platform } of plan.targets) {
      if (platform !== undefined) limits.set(platform, factsOf(plan.client).limits);
    }
  }
  for (const [platform, limit] of limits) {
    const targets = plans.flatMap((plan) => plan.targets.filter((target) => target.platform === platform));
    const keys = new Set(targets.map((target) => target.key));
    const changes = plans.flatMap((plan) => plan.changes.filter((change) => keys.has(change.targetKey)));
    const blocks = overLimit(platform, targets, changes, limit);
    for (const key of keys) found.set(key, blocks);
  }
  return found;
}

export function isChange(change: Change): boolean {
  return isLoss(change) || change.action === 'update';
}

/** Both limits, each for its own changes: many deletions must not switch the other one off. */
export function overLimit(
  scope: string,
  targets: readonly TargetPlan[],
  changes: readonly Change[],
  limits: SafetyLimits,
): readonly Block[] {
  const managed = targets.reduce((sum, target) => sum + target.managed, 0);
  if (managed < limits.minimumObjects) return [];
  const losses = changes.filter(isLoss).length;
  const changed = changes.filter(isChange).length;
  const over = (code: 'delete-limit' | 'change-limit', count: number, limit: number): Block[] =>
    count * 100 > managed * limit ? [{ code, params: { scope, count, managed, limit } }] : [];
  return [
    ...over('delete-limit', losses, limits.maxDeletePercent),
    ...over('change-limit', changed, limits.maxChangePercent),
  ];
}
