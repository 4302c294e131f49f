import { stateKey } from '../model/index.ts';
import type { RunContext } from './contract.ts';
import type { Gathered } from './gather.ts';
import type { Workspace } from './workspace.ts';

/**
 * A create whose answer was lost may still appear. Its absence is believed only after the driver's late-write window; until then this
 * waits. Answers whether it waited, so that the caller reads again.
 */
export async function awaitLateWrites(
  context: RunContext,
  workspace: Workspace,
  gathered: Gathered,
): Promise<boolean> {
  const until = Math.max(0, ...gathered.open.map((intent) => believedAt(intent.write, workspace, gathered)));
  const wait = until - context.clock.now();
  if (wait <= 0) return false;
  context.progress({ phase: 'settle', done: 0, total: 0, detail: gathered.compiled.client });
  await context.clock.sleep(wait, context.stop);
  return true;
}

/** When the absence of what this intent creates may be believed, ms since the epoch; 0 = at once. */
function believedAt(
  write: Gathered['open'][number]['write'],
  workspace: Workspace,
  gathered: Gathered,
): number {
  const started = gathered.input.state.pending?.startedAt;
  if (write.action !== 'create' || started === undefined) return 0;
  const view = gathered.input.views.find((v) => v.target.key === write.after?.targetKey);
  if (view === undefined || view.reading === null) return 0;
  const present = view.reading.resources.some((r) => stateKey(view.target.key, r.kind, r.key) === write.key);
  if (present) return 0;
  return Date.parse(started) + (workspace.drivers.get(view.target.driver)?.facts.lateWriteMs ?? 0);
}
