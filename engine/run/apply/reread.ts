import type { State, StateEntry } from '../../model/index.ts';
import { type ClientInput, resolveReferences } from '../../plan/index.ts';
import type { ClientRun } from './client-run.ts';
import type { Lane, LaneOutcome, Outcome } from './lane.ts';
import { type Reread, settle } from './settle.ts';

/** Reads a target again after these writes. */
export type Rereader = (lane: Lane, written: readonly Outcome[]) => Promise<Reread>;

/** Settles each target as often as asked. A target that was read since its last write is not read once more. */
export function rereader(run: ClientRun): Rereader {
  const known = new Map<Lane, { readonly writes: number; readonly reread: Promise<Reread> }>();
  const views = new Map(run.gathered.input.views.map((view) => [view.target.address, view]));
  const look = async (lane: Lane, written: readonly Outcome[]): Promise<Reread> => {
    run.context.progress({ phase: 'reread', done: 0, total: 0, detail: lane.target.address });
    const state = afterWrites(
      run.gathered.input.state,
      lane,
      written,
      new Date(run.context.clock.now()).toISOString(),
    );
    const desired = resolveReferences(run.gathered.input.desired, [...views.values()], state);
    const input: ClientInput = { ...run.gathered.input, state, desired };
    const changes = written.map(({ change }) => change);
    const reread = await settle(run.context, run.workspace, lane, changes, input);
    if (reread.view.status === 'read') views.set(lane.target.address, reread.view);
    return reread;
  };
  return (lane, written) => {
    const before = known.get(lane);
    if (before?.writes === written.length) return before.reread;
    const reread = look(lane, written);
    known.set(lane, { writes: written.length, reread });
    return reread;
  };
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
  const rereads = lanes.map(async (lane) => {
    const outcome = done.find((d) => d.target.address === lane.target.address);
    const written = (outcome?.outcomes ?? []).filter((o) => o.result === 'done');
    return written.length === 0 ? [] : [[lane.target.address, await reread(lane, written)] as const];
  });
  return new Map((await Promise.all(rereads)).flat());
}

/** The state as the journal has it: what each write that happened to one target leaves behind. */
function afterWrites(state: State, lane: Lane, written: readonly Outcome[], now: string): State {
  const ok = new Map(written.map(({ change, pending }) => [change.address, pending]));
  const resources: Record<string, StateEntry> = { ...state.resources };
  const outstanding = { ...state.outstanding };
  for (const { change, pending: prepared } of lane.writes) {
    if (!ok.has(change.address)) continue;
    const pending = ok.get(change.address) ?? prepared;
    delete outstanding[pending.key];
    if (pending.after === null) delete resources[pending.key];
    else resources[pending.key] = { ...pending.after, appliedAt: now };
  }
  return { ...state, resources, outstanding };
}
