import { planOptionsOf, withEngine } from '../context.ts';
import { joinOutcomes, planOutcome } from '../outcome.ts';
import { showPlan } from '../plan-output.ts';
import type { Run } from '../shell.ts';

/** `alta drift`: what somebody changed outside. Exit code 2 where there is any. */
export const run: Run = async (shell) => {
  const options = planOptionsOf(shell);
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => engine.driftWorkspace(context, options));
  const shown = await showPlan(shell, result, options);
  if (result.plan === null) return { ...shown, error: true };
  const { changes } = planOutcome(result.plan, { strict: shell.flags.strict === true });
  return joinOutcomes(shown, { changes: changes === true });
};
