import type { Reading } from '../../../providers/contract.ts';
import type { Change } from '../../model/index.ts';
import {
  type ClientInput,
  everything,
  isRemoteChange,
  planClient,
  type TargetView,
} from '../../plan/index.ts';
import type { RunContext } from '../contract.ts';
import { failedView, readOver, viewOf } from '../targets/read.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Lane } from './lane.ts';

/** What reading a target again after its writes showed. */
export interface Reread {
  /** All that the target is known to show: what was read just now over what was read before. */
  readonly view: TargetView;
  /** Changes that a second plan would still make to what was written. Empty = converged. */
  readonly remaining: readonly Change[];
  /** What lies where the target fetches it, and has not been fetched. */
  readonly waiting: readonly Change[];
  /** The part that was read just now, secrets in memory; null where reading failed. */
  readonly reading: Reading | null;
}

/** What is looked at, and what for. */
export interface Look {
  readonly lane: Lane;
  readonly written: readonly Change[];
  /** What to read: the keys of `written`, and whatever else may have changed since it was last read. */
  readonly keys: readonly string[];
  /** What the target is known to show so far. */
  readonly before: () => TargetView | undefined;
  /** State and desired resources as of after the writes, of nothing but `written`. */
  readonly input: ClientInput;
}

/** Waits between two looks grow from a tenth of a second to this. */
const longestPauseMs = 2_000;

/**
 * Reads a target again and plans again: no change may be left of what was written. Looks repeatedly until then, at most for
 * the driver's settle time.
 */
export async function settle(context: RunContext, workspace: Workspace, look: Look): Promise<Reread> {
  const { lane } = look;
  const started = context.clock.elapsed();
  for (let pause = 100; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const reread = await readAgain(workspace, look);
    const spent = context.clock.elapsed() - started;
    const awaited = mayStillFetch(lane, reread.view) ? reread.waiting.length : 0;
    const settled = reread.view.status === 'read' && reread.remaining.length + awaited === 0;
    if (settled || context.abort.aborted || spent + pause > lane.driver.facts.settleMs) return reread;
    await context.clock.sleep(pause, context.abort).catch(() => {});
  }
}

/** Only a device that was told to fetch is waited for. */
function mayStillFetch({ target }: Lane, { diagnostics }: TargetView): boolean {
  if (diagnostics.some(({ code }) => code === 'trigger-failed')) return false;
  return target.publication !== undefined && target.publication.trigger !== 'none';
}

async function readAgain(
  workspace: Workspace,
  { lane, written, keys, before, input }: Look,
): Promise<Reread> {
  const { target } = lane;
  try {
    const reading = await lane.session.read({ kinds: ['extension', 'account'], keys });
    const seen = viewOf(target, reading, workspace.vault);
    const view: TargetView = {
      target,
      status: 'read',
      reading: readOver(before()?.reading ?? null, seen, keys),
      diagnostics: reading.diagnostics ?? [],
    };
    return { view, reading, ...remainingOf(view, written, input) };
  } catch (error) {
    return { view: failedView(target, error), reading: null, remaining: [], waiting: [] };
  }
}

/** The second plan, over what was written to one target and nothing else. The state in `input` is the one after the writes. */
function remainingOf(
  view: TargetView,
  written: readonly Change[],
  input: ClientInput,
): Pick<Reread, 'remaining' | 'waiting'> {
  const addresses = new Set(written.map((change) => change.address));
  const again = planClient(only(written, addresses, view, input));
  const left = again.changes.filter((change) => addresses.has(change.address));
  const differs = left.filter(isRemoteChange);
  const present = new Set(view.reading?.resources.map(nameOf));
  const undeleted = written.filter((change) => change.action === 'delete' && present.has(nameOf(change)));
  const waiting = left.filter(({ published }) => published === true);
  return { remaining: [...differs, ...undeleted], waiting: [...waiting, ...leaving(view, written)] };
}

/** Taken out of what the target fetches, and still in the target itself. */
function leaving({ reading }: TargetView, written: readonly Change[]): readonly Change[] {
  if (reading?.delivery !== 'waiting') return [];
  const deletes = written.filter(({ action }) => action === 'delete');
  return deletes.map((change) => ({ ...change, means: 'deferred', published: true }));
}

/** What a plan of these changes rests on: ten changes among thousands of things are planned again as ten. */
function only(
  written: readonly Change[],
  addresses: ReadonlySet<string>,
  view: TargetView,
  input: ClientInput,
): ClientInput {
  const names = new Set(written.map(nameOf));
  const reading = view.reading && {
    ...view.reading,
    resources: view.reading.resources.filter((resource) => names.has(nameOf(resource))),
  };
  return {
    ...input,
    desired: input.desired.filter((one) => addresses.has(one.address)),
    views: [{ ...view, reading }],
    selection: everything,
    republish: false,
  };
}

function nameOf({ kind, key }: Pick<Change, 'kind' | 'key'>): string {
  return `${kind}:${key}`;
}
