import { AltaError, type Change, type ClientPlan, type Plan } from '../../model/index.ts';
import { changeDigest, rotates } from '../../plan/index.ts';
import type { Approval } from '../contract.ts';

/**
 * Holds a fresh plan against an approved one. What was approved must still be exactly what would be done; what is new is reported and
 * not done. The file is a claim: nothing in it is executed.
 * @param busy clients that somebody else holds: they are left out, which is no change of the plan
 * @throws AltaError `stale-clients`, `stale-basis`, `stale-changes`
 */
export function approve(plan: Plan, approval: Approval, busy: ReadonlySet<string> = new Set()): Plan {
  const approved = Object.keys(approval.clients);
  const known = new Set([...busy, ...plan.clients.map((client) => client.client)]);
  const missing = approved.filter((client) => !known.has(client));
  if (missing.length > 0) throw stale(approval, 'clients', missing);
  const clients = plan.clients.flatMap((client) => {
    const claim = approval.clients[client.client];
    return claim === undefined ? [] : [approveClient(client, claim, approval)];
  });
  return { ...plan, clients };
}

function approveClient(plan: ClientPlan, claim: Approval['clients'][string], approval: Approval): ClientPlan {
  if (claim.basis !== plan.basis) throw stale(approval, 'basis', [plan.client]);
  const fresh = new Map(plan.changes.map((change) => [change.address, changeDigest(change)]));
  const differing = Object.entries(claim.changes).filter(
    ([address, digest]) => fresh.get(address) !== digest,
  );
  if (differing.length > 0)
    throw stale(
      approval,
      'changes',
      differing.map(([address]) => address),
    );
  const changes = plan.changes.map((change) => unlessApproved(change, claim));
  return { ...plan, changes: changes.map((change) => unlessDeserted(change, changes)) };
}

function unlessApproved(change: Change, claim: Approval['clients'][string]): Change {
  if (change.address in claim.changes || change.blocked !== null) return change;
  return { ...change, blocked: { code: 'not-approved', params: {} } };
}

/** A secret is not changed under phones that came back since the plan was approved: they would not be told. */
function unlessDeserted(change: Change, changes: readonly Change[]): Change {
  if (!rotates(change) || change.blocked !== null) return change;
  const left = changes.find(
    ({ blocked, after }) => blocked?.code === 'not-approved' && after.includes(change.address),
  );
  return left === undefined
    ? change
    : { ...change, blocked: { code: 'depends-on-blocked', params: { on: left.address } } };
}

function stale(
  approval: Approval,
  what: 'clients' | 'basis' | 'changes',
  addresses: readonly string[],
): AltaError {
  return new AltaError(`stale-${what}`, { file: approval.filename, addresses });
}
