import type { Change, ClientPlan } from '../model/index.ts';
import { countActions, joinPlans, needsPerson } from '../plan/index.ts';
import type { PlanOptions, PlanResult, RunContext } from './contract.ts';
import { planWorkspace } from './plan.ts';

/** What somebody changed outside: the plan reduced to reverts and to what vanished. Reads only. */
export async function driftWorkspace(context: RunContext, options: PlanOptions): Promise<PlanResult> {
  const result = await planWorkspace(context, options);
  if (result.plan === null) return result;
  const { alta_version, createdAt, commit, partial } = result.plan;
  const clients = result.plan.clients.map(driftOnly);
  return { ...result, plan: joinPlans(clients, { alta_version, createdAt, commit, partial }), forms: [] };
}

function driftOnly(plan: ClientPlan): ClientPlan {
  const changes = plan.changes.flatMap(drifted);
  return {
    ...plan,
    changes,
    counts: {
      changes: changes.length,
      deferred: 0,
      pending: changes.filter(needsPerson).length,
      unverifiable: plan.counts.unverifiable,
    },
    actions: countActions(changes),
  };
}

/** Whole changes that are drift, and the drifted fields of changes that also carry requests. */
function drifted(change: Change): readonly Change[] {
  if (change.section === 'vanished') return [change];
  const fields = change.fields.filter((field) => field.why === 'drift');
  return fields.length === 0 ? [] : [{ ...change, section: 'drift', fields }];
}
