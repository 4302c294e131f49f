import { stateKey } from '../../model/index.ts';
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
  const wait = Math.max(0, ...gathered.open.map((intent) => doubtfulFor(intent, now, workspace, gathered)));
  if (wait <= 0) return false;
  context.progress({ phase: 'settle', done: 0, total: 0, detail: gathered.compiled.client });
  await context.clock.sleep(wait, context.stop);
  return true;
}

/** How long the absence of what this intent creates must not be believed yet, ms; 0 or less = it may. */
function doubtfulFor(
  { write, at }: OpenIntent,
  now: number,
  workspace: Workspace,
  gathered: Gathered,
): number {
  const sent = at ?? gathered.input.state.pending?.startedAt;
  if (write.action !== 'create' || sent === undefined) return 0;
  const view = gathered.input.views.find((v) => v.target.key === write.after?.targetKey);
  if (view === undefined || view.reading === null) return 0;
  const present = view.reading.resources.some((r) => stateKey(view.target.key, r.kind, r.key) === write.key);
  if (present) return 0;
  const window = workspace.drivers.get(view.target.driver)?.facts.lateWriteMs ?? 0;
  return Math.min(window, Date.parse(sent) + window - now);
}
