import {
  AltaError,
  type Change,
  type ClientReport,
  type Diagnostic,
  keyOfState,
  parseStateKey,
  type State,
  toDiagnostic,
} from '../../model/index.ts';
import { type Ended, followIdentity, nextState, sameState } from '../../plan/index.ts';
import { knownOf } from '../targets/known.ts';
import type { Carried, ClientRun } from './client-run.ts';
import { proveSecrets } from './prove.ts';

/** How the last write of state went. */
export interface Saved {
  readonly state: ClientReport['state'];
  readonly diagnostics: readonly Diagnostic[];
}

/** What was done to targets is reported also where state could not be written: the journal, or another file, holds it. */
export async function saveOrTell(run: ClientRun, carried: Carried): Promise<Saved> {
  try {
    return { state: await saveState(run, carried), diagnostics: [] };
  } catch (error) {
    const elsewhere = error instanceof AltaError && savedElsewhere.has(error.code);
    const diagnostic = toDiagnostic(error, { address: run.plan.client });
    return { state: elsewhere ? 'errored' : 'not-written', diagnostics: [diagnostic] };
  }
}

const savedElsewhere: ReadonlySet<string> = new Set(['state-write-failed', 'state-changed']);

async function saveState(run: ClientRun, carried: Carried): Promise<'saved' | 'unchanged'> {
  const { context, gathered, hold, plan } = run;
  const now = new Date(context.clock.now()).toISOString();
  const known = knownOf(gathered.input, carried.rereads);
  const again = [...carried.rereads.values()];
  const remaining = new Set(again.flatMap((reread) => reread.remaining.map((c) => c.address)));
  const waiting = new Set(again.flatMap((reread) => reread.waiting.map((c) => c.address)));
  const ended = plan.changes.map((change): Ended => {
    const { address, target, kind, key } = change;
    const result = resultOf(change, run, carried, remaining, waiting);
    const entry = gathered.input.state.resources[keyOfState(change)] ?? null;
    return {
      change,
      desired: known.desired(address),
      entry,
      actual: known.actual(target, kind, key),
      result,
    };
  });
  const facts = {
    now,
    commit: run.workspace.commit,
    targets: Object.fromEntries(
      gathered.input.views.flatMap(({ target, reading }) =>
        reading === null
          ? []
          : [[target.key, { address: target.address, identity: reading.identity }] as const],
      ),
    ),
    proven: await proveSecrets(run.workspace, gathered, carried, known),
  };
  const { recovered, save } = hold.writer;
  // Planned writes that were never started are no longer pending: only open ones may have happened.
  const mutate = (state: State): State => {
    const next = nextState(followIdentity(state, gathered.input.views), ended, facts);
    return { ...next, outstanding: stillOutstanding(next.outstanding, run), pending: null };
  };
  const wrote = [...carried.outcomes.values()].some((outcome) => outcome.result !== 'skipped');
  const committed = carried.lanes.some((lane) => lane.commit === 'done');
  const unfinished = recovered.open.length > 0 || recovered.state.pending !== null;
  if (!wrote && !committed && !unfinished && sameState(recovered.state, mutate(recovered.state)))
    return 'unchanged';
  await save(mutate);
  return 'saved';
}

/** What an earlier run left undone is done, by whomever, where this one read the target and plans no change of it. */
function stillOutstanding(
  outstanding: State['outstanding'],
  { gathered, plan }: ClientRun,
): State['outstanding'] {
  const { selection, views } = gathered.input;
  if (selection.targets.length > 0 || selection.exclude.length > 0) return outstanding;
  const read = new Set(views.filter((view) => view.reading !== null).map((view) => view.target.key));
  const planned = new Set(plan.changes.map(keyOfState));
  const left = Object.entries(outstanding).filter(
    ([id]) => planned.has(id) || !read.has(parseStateKey(id).targetKey),
  );
  return Object.fromEntries(left);
}

/** How a change ended, in the terms of state. */
function resultOf(
  change: Change,
  run: ClientRun,
  carried: Carried,
  remaining: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
): Ended['result'] {
  if (change.blocked !== null) return change.blocked.code === 'target-unreadable' ? 'unreachable' : 'blocked';
  if (change.action === 'record' || change.action === 'forget') return 'recorded';
  if (change.means === 'deferred') return 'deferred';
  if (change.means === 'guided') return 'pending';
  const outcome = carried.outcomes.get(change.address);
  if (outcome?.result === 'done' && waiting.has(change.address)) return 'published';
  if (outcome?.result === 'done') return remaining.has(change.address) ? 'failed' : 'done';
  if (outcome?.result === 'deferred') return 'deferred';
  if (outcome?.diagnostic?.code === 'not-in-effect') return 'not-in-effect';
  const interrupted = outcome?.result === 'skipped' && run.context.stop.aborted;
  return interrupted ? 'interrupted' : 'failed';
}
