import {
  type Change,
  type ClientPlan,
  type Counts,
  digestOf,
  type Plan,
  type TargetPlan,
} from '../model/index.ts';
import { classify, type Verdict } from './classify.ts';
import { awaitDependents, dependentsOf, nameStranded } from './dependents.ts';
import { type ClientInput, isSelected, type Selection, type TargetView } from './input.ts';
import { matchAll } from './match.ts';
import { linkMoves, order } from './order.ts';
import { orphanDiagnostics, orphanForgets } from './orphans.ts';
import { followReverts } from './reverts.ts';
import { isLost } from './safety.ts';

/** The plan of one client: pure, deterministic, serialisable. Safety is a separate step ({@link guard}). */
export function planClient(input: ClientInput): ClientPlan {
  const verdicts = matchAll(input).map((match) => classify(match, input));
  const all = verdicts.flatMap((verdict) => verdict.change ?? []).map(heedObjections(input));
  const dependents = dependentsOf(input);
  const reverting = followReverts(all, dependents, input);
  const linked = linkMoves([...reverting, ...orphanForgets(input)], input);
  const whole = order(nameStranded(awaitDependents(linked, dependents, input), dependents, input));
  const changes = whole
    .filter((change) => isSelected(change.address, input.selection))
    .map(holdBack(whole, input.selection));
  const tally = tallyOf(input, whole, changes);
  const targets = input.views.map((view) => targetPlan(view, input, tally(view.target.key)));
  const basis = basisDigest(input, targets);
  return {
    client: input.client,
    tree: input.tree,
    stateSerial: input.state.serial,
    targets,
    changes,
    foreign: verdicts.flatMap((verdict) => verdict.foreign ?? []),
    unverifiable: verdicts.flatMap((verdict) => verdict.unverifiable),
    counts: count(changes, verdicts, targets),
    actions: countActions(changes),
    basis,
    digest: digestOf({ basis, changes: changes.map(changeDigest) }),
    diagnostics: [
      ...input.diagnostics,
      ...input.views.flatMap((view) => view.diagnostics),
      ...orphanDiagnostics(input),
    ],
  };
}

/** What an approval of one change is bound to. Section and blocks are judgements, not content. */
export function changeDigest(change: Change): string {
  const { address, targetKey, kind, key, action, means, fields, before, revs, after } = change;
  return digestOf({ address, targetKey, kind, key, action, means, fields, before, revs, after });
}

/** Joins the clients' plans into the plan of a run. */
export function joinPlans(
  clients: readonly ClientPlan[],
  facts: Pick<Plan, 'alta_version' | 'createdAt' | 'commit' | 'partial'>,
): Plan {
  const digest = digestOf(clients.map(({ client, digest }) => ({ client, digest })));
  return { ...facts, clients, digest };
}

/** A change that writes to a target by itself, now. The only thing that sets exit code 2. */
export function isRemoteChange(change: Change): boolean {
  if (change.means !== 'api' || change.action === 'record' || change.action === 'forget') return false;
  return change.action === 'delete' || change.fields.some((field) => !field.guided);
}

/** A change that leaves something for a person to do. */
export function needsPerson(change: Change): boolean {
  return change.means === 'guided' || change.fields.some((field) => field.guided);
}

/** What the target cannot take as declared is not sent to it. What a person fills in is not sent by us. */
function heedObjections({ views }: ClientInput): (change: Change) => Change {
  const objections = new Set(views.flatMap((view) => [...(view.objections ?? [])]));
  return (change) => {
    const written = change.action === 'create' || change.action === 'update';
    const free = change.blocked !== null || change.means === 'guided' || !written;
    if (free || !objections.has(change.address)) return change;
    return { ...change, blocked: { code: 'target-objects', params: { target: change.target } } };
  };
}

/** A selected change that waits for one that was left out waits with it: nothing is broken before its other side is made. */
function holdBack(whole: readonly Change[], selection: Selection): (change: Change) => Change {
  const left = new Set(
    whole.map(({ address }) => address).filter((address) => !isSelected(address, selection)),
  );
  return (change) => {
    const on = change.after.find((address) => left.has(address));
    if (on === undefined || change.blocked !== null) return change;
    return { ...change, blocked: { code: 'depends-on-blocked', params: { on } } };
  };
}

/** A commit left open by an earlier run is a change: it puts something into effect. */
function count(
  changes: readonly Change[],
  verdicts: readonly Verdict[],
  targets: readonly TargetPlan[],
): Counts {
  const commits = targets.filter((target) => target.commit === 'pending-from-before').length;
  return {
    changes: changes.filter(isRemoteChange).length + commits,
    deferred: changes.filter((change) => change.means === 'deferred').length,
    pending: changes.filter(needsPerson).length,
    unverifiable: verdicts.reduce((sum, verdict) => sum + verdict.unverifiable.length, 0),
  };
}

/** What would be written now, by action. */
export function countActions(changes: readonly Change[]): ClientPlan['actions'] {
  const of = (action: Change['action']): number =>
    changes.filter((change) => change.action === action && isRemoteChange(change)).length;
  return { create: of('create'), update: of('update'), delete: of('delete') };
}

/** What a plan says of one target, counted. */
interface Tally {
  /** Something is written to it by this plan. */
  readonly writes: boolean;
  readonly managed: number;
  readonly lost: number;
  readonly vanished: number;
}

/** Counts once for all targets, by their key: there may be thousands of them. */
function tallyOf(
  { state }: ClientInput,
  whole: readonly Change[],
  changes: readonly Change[],
): (key: string) => Tally {
  const lost = whole.filter(isLost);
  const writes = countByTarget(changes.filter(isRemoteChange));
  const managed = countByTarget(Object.values(state.resources));
  const losses = countByTarget(lost);
  const vanished = countByTarget(lost.filter(({ section }) => section === 'vanished'));
  return (key) => ({
    writes: writes(key) > 0,
    managed: managed(key),
    lost: losses(key),
    vanished: vanished(key),
  });
}

function countByTarget(items: readonly { readonly targetKey: string }[]): (key: string) => number {
  const counts = new Map<string, number>();
  for (const { targetKey } of items) counts.set(targetKey, (counts.get(targetKey) ?? 0) + 1);
  return (key) => counts.get(key) ?? 0;
}

function targetPlan(
  view: TargetView,
  input: ClientInput,
  { writes, managed, lost, vanished }: Tally,
): TargetPlan {
  const { target, reading, status } = view;
  const due = input.state.targets[target.key]?.commitPending === true;
  const pending = due && isSelected(target.address, input.selection);
  const needed = reading?.can.commit === true;
  return {
    address: target.address,
    key: target.key,
    driver: target.driver,
    host: target.host,
    ...(target.platform === undefined ? {} : { platform: target.platform }),
    url: target.endpoint?.url ?? null,
    status,
    edition: reading?.edition ?? null,
    managed,
    seen: reading?.resources.length ?? 0,
    lost,
    vanished,
    commit: pending ? 'pending-from-before' : needed && writes ? 'after-writes' : 'none',
    ...(target.endpoint?.insecure === undefined ? {} : { insecure: target.endpoint.insecure }),
    tuple: tupleDigest(view),
  };
}

/** Everything by which a credential could be sent somewhere else. */
export function tupleDigest(view: TargetView): string {
  const { endpoint, credentials, driver, options, publication, observer } = view.target;
  return digestOf({ driver, endpoint, credentials, options, publication, observer });
}

function basisDigest(input: ClientInput, targets: readonly TargetPlan[]): string {
  return digestOf({
    tree: input.tree,
    targets: targets.map(({ key, tuple, commit }) => ({ key, tuple, due: commit === 'pending-from-before' })),
    limits: input.limits,
    versions: input.versions,
  });
}
