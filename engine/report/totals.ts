import type { Change, ClientPlan } from '../model/index.ts';

/** Everything a plan counts. `create`, `update` and `delete` hold the blocked ones too. */
export interface Totals {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly changes: number;
  readonly deferred: number;
  readonly pending: number;
  readonly unverifiable: number;
  readonly blocked: number;
  /** Changes of Alta's own state: adopted, moved, released. */
  readonly stateOnly: number;
}

/** Touches what Alta remembers, and nothing on the target. */
export function isStateOnly({ action }: Change): boolean {
  return action === 'record' || action === 'forget';
}

/** What one client's plan counts. */
export function totalsOf(plan: ClientPlan): Totals {
  const stateOnly = plan.changes.filter(isStateOnly);
  const blocked = plan.changes.filter((change) => change.blocked !== null);
  return { ...plan.actions, ...plan.counts, blocked: blocked.length, stateOnly: stateOnly.length };
}

/** Where counting starts. */
export const noTotals: Totals = {
  create: 0,
  update: 0,
  delete: 0,
  changes: 0,
  deferred: 0,
  pending: 0,
  unverifiable: 0,
  blocked: 0,
  stateOnly: 0,
};

export function added(a: Totals, b: Totals): Totals {
  return {
    create: a.create + b.create,
    update: a.update + b.update,
    delete: a.delete + b.delete,
    changes: a.changes + b.changes,
    deferred: a.deferred + b.deferred,
    pending: a.pending + b.pending,
    unverifiable: a.unverifiable + b.unverifiable,
    blocked: a.blocked + b.blocked,
    stateOnly: a.stateOnly + b.stateOnly,
  };
}
