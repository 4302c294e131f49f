import { stateKey } from '../../model/index.ts';
import type { TargetView } from '../../plan/index.ts';
import type { OpenIntent } from '../../state/index.ts';
import type { RunContext } from '../contract.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Gathered } from './gather.ts';

/**
 * A create whose answer was lost may still appear. Its absence is believed only after the driver's late-write window, counted from the
 * write itself; until then this waits, and never longer than the window, whatever the clock says. Answers whether it waited, so that the
 * caller reads again.
 */
export async function awaitLateWrites(
  context: RunContext,
  workspace: Workspace,
  gathered: Gathered,
): Promise<boolean> {
  const now = context.clock.now();
  const { views, state } = gathered.input;
  const seen = seenIn(views);
  const doubts = gathered.open.map((intent) =>
    doubtfulFor(intent, intent.at ?? state.pending?.startedAt, now, workspace, seen),
  );
  const wait = doubts.reduce((longest, doubt) => Math.max(longest, doubt), 0);
  if (wait <= 0) return false;
  context.progress({ phase: 'settle', done: 0, total: 0, detail: gathered.compiled.client });
  await context.clock.sleep(wait, context.stop);
  return true;
}

/** What is there, by state key, and who was asked, by target key. */
interface Seen {
  readonly present: ReadonlySet<string>;
  readonly drivers: ReadonlyMap<string, string>;
}

function seenIn(views: readonly TargetView[]): Seen {
  const read = views.filter(({ reading }) => reading !== null);
  const present = read.flatMap(({ target, reading }) =>
    (reading?.resources ?? []).map(({ kind, key }) => stateKey(target.key, kind, key)),
  );
  return {
    present: new Set(present),
    drivers: new Map(read.map(({ target }) => [target.key, target.driver])),
  };
}

/** How long the absence of what this intent creates must not be believed yet, ms; 0 or less = it may. */
function doubtfulFor(
  { write }: OpenIntent,
  sent: string | undefined,
  now: number,
  workspace: Workspace,
  { present, drivers }: Seen,
): number {
  if (write.action !== 'create' || sent === undefined || present.has(write.key)) return 0;
  const driver = drivers.get(write.after?.targetKey ?? '');
  if (driver === undefined) return 0;
  const window = workspace.drivers.get(driver)?.facts.lateWriteMs ?? 0;
  return Math.min(window, Date.parse(sent) + window - now);
}
