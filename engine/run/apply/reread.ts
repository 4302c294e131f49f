import { type Desired, type State, type StateEntry, targetOf } from '../../model/index.ts';
import { type ClientInput, resolveReferences, type TargetView } from '../../plan/index.ts';
import { type ClientRun, isoNow } from './client-run.ts';
import type { Lane, LaneOutcome, Outcome } from './lane.ts';
import { type Reread, settle } from './settle.ts';

/** Reads a target again after these writes. */
export type Rereader = (lane: Lane, written: readonly Outcome[]) => Promise<Reread>;

/** Settles each target as often as asked. Where just these writes were looked at already, they are not looked at once more. */
export function rereader(run: ClientRun): Rereader {
  const { input } = run.gathered;
  const known = new Map<Lane, { readonly writes: string; readonly reread: Promise<Reread> }>();
  const everWritten = new Map<Lane, ReadonlySet<string>>();
  const views = new Map(input.views.map((view) => [view.target.address, view]));
  const desired = new Map(input.desired.map((one) => [one.address, one]));
  const look = async (lane: Lane, written: readonly Outcome[]): Promise<Reread> => {
    const { address } = lane.target;
    run.context.progress({ phase: 'reread', done: 0, total: 0, detail: address });
    // What was put back since it was last looked at is looked at too.
    const keys = new Set([...(everWritten.get(lane) ?? []), ...written.map(({ change }) => change.key)]);
    everWritten.set(lane, keys);
    const state = afterWrites(input.state, lane, written, isoNow(run.context));
    const reread = await settle(run.context, run.workspace, {
      lane,
      written: written.map(({ change }) => change),
      keys: [...keys],
      before: () => views.get(address),
      input: { ...input, state, desired: resolved(written, desired, views, state) },
    });
    if (reread.view.status === 'read') views.set(address, reread.view);
    return reread;
  };
  return (lane, written) => {
    const writes = signatureOf(written);
    const before = known.get(lane);
    if (before?.writes === writes) return before.reread;
    const reread = look(lane, written);
    known.set(lane, { writes, reread });
    return reread;
  };
}

/** Equal for the same writes with the same end, in whatever order. */
function signatureOf(written: readonly Outcome[]): string {
  const ends = written.map(({ change, result }) => `${change.address} ${result}`);
  return ends.sort().join('\n');
}

/** What was written as it is wanted, with what it takes from others as these show it now. */
function resolved(
  written: readonly Outcome[],
  desired: ReadonlyMap<string, Desired>,
  views: ReadonlyMap<string, TargetView>,
  state: State,
): ClientInput['desired'] {
  const own = written.flatMap(({ change }) => desired.get(change.address) ?? []);
  const taken = own.flatMap(({ references, dependsOn }) => [
    ...Object.values(references).map(({ address }) => address),
    ...dependsOn,
  ]);
  const others = [...new Set(taken)].flatMap((address) => desired.get(address) ?? []);
  const targets = new Set([...own.map(({ address }) => address), ...taken].map(targetOf));
  const seen = [...targets].flatMap((target) => views.get(target) ?? []);
  return resolveReferences([...own, ...others], seen, state);
}

/** The addresses that reading did not show as written. Without a reading nothing was seen. */
export function notSeen({ view, remaining }: Reread, written: readonly Outcome[]): readonly string[] {
  const unseen = view.status === 'read' ? remaining : written.map(({ change }) => change);
  return unseen.map(({ address }) => address);
}

/** By target address. */
export async function rereadAll(
  reread: Rereader,
  lanes: readonly Lane[],
  done: readonly LaneOutcome[],
): Promise<ReadonlyMap<string, Reread>> {
  const outcomes = new Map(done.map((lane) => [lane.target.address, lane.outcomes]));
  const rereads = lanes.map(async (lane) => {
    const written = (outcomes.get(lane.target.address) ?? []).filter((o) => o.result === 'done');
    return written.length === 0 ? [] : [[lane.target.address, await reread(lane, written)] as const];
  });
  return new Map((await Promise.all(rereads)).flat());
}

/** What the journal has of these writes to one target: of nothing else, and nothing of them is outstanding any more. */
function afterWrites(state: State, lane: Lane, written: readonly Outcome[], now: string): State {
  const prepared = new Map(lane.writes.map(({ change, pending }) => [change.address, pending]));
  const resources: Record<string, StateEntry> = {};
  for (const { change, pending = prepared.get(change.address) } of written) {
    const after = pending?.after ?? null;
    if (pending !== undefined && after !== null) resources[pending.key] = { ...after, appliedAt: now };
  }
  return { ...state, resources, outstanding: {} };
}
