import type { Block, Change, ClientPlan, TargetPlan } from '../model/index.ts';
import type { Consent, SafetyLimits } from './input.ts';
import { isChange, isLoss, overLimit, platformsOverLimit } from './limits.ts';

/** What safety needs to know of a client beside its plan. */
export interface SafetyFacts {
  readonly limits: SafetyLimits;
  readonly status: 'activo' | 'baja';
  /** Addresses that `protect: true` shields, by state: a line taken out of the YAML does not lift it. */
  readonly protected: ReadonlySet<string>;
}

/**
 * The last word before anything is sent: marks the changes that must not happen. Blocked changes of one client or platform leave the
 * others alone. Limits are counted over the whole run: per client, and per platform across clients.
 */
export function guard(
  plans: readonly ClientPlan[],
  factsOf: (client: string) => SafetyFacts,
  consent: Consent,
): readonly ClientPlan[] {
  const deletions = plans.flatMap((plan) => plan.changes.filter(isCounted)).length;
  const vanished = plans.flatMap((plan) => plan.changes.filter(isRecreation)).length;
  const overPlatform = platformsOverLimit(plans, factsOf, consent);
  return plans.map((plan) => {
    const facts = factsOf(plan.client);
    const rules: Rule[] = [
      protectRule(facts),
      allGoneRule(plan, facts, consent.recreate === vanished),
      limitRule(plan, facts, consent, overPlatform),
      consentRule(deletions, consent),
      strandRule(consent),
    ];
    const changes = plan.changes.map((change) => firstBlock(change, rules));
    return { ...plan, changes: cascade(changes) };
  });
}

type Rule = (change: Change) => Block | null;

function firstBlock(change: Change, rules: readonly Rule[]): Change {
  if (change.blocked !== null) return change;
  for (const rule of rules) {
    const blocked = rule(change);
    if (blocked !== null) return { ...change, blocked };
  }
  return change;
}

/** A deletion of an extension that would be carried out now, by us or by a person we send: what consent is counted in. */
function isCounted(change: Change): boolean {
  return change.kind === 'extension' && isRemoval(change);
}

/** A deletion that would be carried out now, by us or by a person we send. */
function isRemoval(change: Change): boolean {
  return change.action === 'delete' && change.means !== 'deferred';
}

/** Creates again what vanished from its target. */
function isRecreation(change: Change): boolean {
  return change.kind === 'extension' && change.section === 'vanished' && change.action === 'create';
}

/** Ours and gone for good: what moves to another PBX of the client exists there before it goes here. */
export function isLost(change: Change): boolean {
  return change.kind === 'extension' && isLoss(change) && change.section !== 'moved';
}

/** As many new extensions take the place of those that go. */
function isRenewed({ key, lost }: TargetPlan, { changes }: ClientPlan): boolean {
  const isNew = ({ action, section, kind, targetKey, means, blocked }: Change): boolean =>
    kind === 'extension' &&
    targetKey === key &&
    action === 'create' &&
    section !== 'vanished' &&
    means === 'api' &&
    blocked === null;
  return changes.filter(isNew).length >= lost;
}

function protectRule(facts: SafetyFacts): Rule {
  return (change) =>
    isRemoval(change) && facts.protected.has(change.address) ? { code: 'protected', params: {} } : null;
}

/**
 * Everything of a tenant deleted or vanished: a reset box, a wrong tenant or a narrow key look just like this. Past it lead
 * `status: baja` for deletions and `--recreate N` for what vanished. What moves to another PBX is not lost, nor is a tenant emptied whose
 * last extension gets another number.
 */
function allGoneRule(plan: ClientPlan, facts: SafetyFacts, recreates: boolean): Rule {
  const gone = new Map(
    plan.targets
      .filter((target) => target.managed > 0 && target.lost >= target.managed)
      .map((target) => [target.key, target]),
  );
  const renewed = new Set(
    [...gone.values()].filter((target) => isRenewed(target, plan)).map(({ key }) => key),
  );
  return (change) => {
    const target = gone.get(change.targetKey);
    if (target === undefined) return null;
    if (recreates && change.section === 'vanished') return null;
    if (facts.status === 'baja' && change.section !== 'vanished') return null;
    const emptied = target.vanished >= target.managed && !recreates && change.action !== 'forget';
    if (!emptied && (!isLost(change) || renewed.has(target.key))) return null;
    return { code: 'all-gone', params: { target: target.address, count: target.managed } };
  };
}

function limitRule(
  plan: ClientPlan,
  facts: SafetyFacts,
  consent: Consent,
  overPlatform: ReadonlyMap<string, readonly Block[]>,
): Rule {
  if (consent.overrideLimits !== null || facts.status === 'baja') return () => null;
  const over = overLimit(plan.client, plan.targets, plan.changes, facts.limits);
  return (change) => {
    const limits = [...over, ...(overPlatform.get(change.targetKey) ?? [])];
    return limits.find((block) => (block.code === 'delete-limit' ? isLoss : isChange)(change)) ?? null;
  };
}

/** Rotating a secret that not all its phones can be given now cuts some of them off. */
function strandRule({ acceptOutage }: Consent): Rule {
  if (acceptOutage !== null) return () => null;
  return ({ strands }) => {
    if (strands === undefined) return null;
    return { code: 'strands-devices', params: { devices: strands.join(', '), count: strands.length } };
  };
}

function consentRule(deletions: number, consent: Consent): Rule {
  if (deletions === consent.allowDelete) return () => null;
  return (change) =>
    isCounted(change) ? { code: 'needs-delete-consent', params: { count: deletions } } : null;
}

/** What waits for a change that does not happen now (blocked, left to a person, deferred) does not happen either. */
function cascade(changes: readonly Change[]): readonly Change[] {
  const waiting = new Set<string>();
  return changes.map((change) => {
    const on = change.after.find((address) => waiting.has(address));
    const held: Change =
      change.blocked === null && on !== undefined
        ? { ...change, blocked: { code: 'depends-on-blocked', params: { on } } }
        : change;
    if (held.blocked !== null || held.means !== 'api') waiting.add(held.address);
    return held;
  });
}
