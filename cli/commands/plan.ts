import { fill, jsonText } from '../../engine/report/index.ts';
import type { PlanOptions, PlanResult } from '../../engine/run/contract.ts';
import { planOptionsOf, withEngine } from '../context.ts';
import { joinOutcomes, planOutcome } from '../outcome.ts';
import { writeOutput } from '../output-file.ts';
import { planDocument, showPlan } from '../plan-output.ts';
import { type Run, type Shell, say } from '../shell.ts';
import { texts } from '../texts.ts';

/** `alta plan`: shows; with `--out` also saves. Changes and blocks set the exit code only with `--detailed-exitcode`. */
export const run: Run = async (shell) => {
  const options = planOptionsOf(shell);
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => engine.planWorkspace(context, options));
  const shown = await showPlan(shell, result, options);
  if (result.plan === null) return { ...shown, error: true };
  await save(shell, result, options);
  const { detailedExitcode, strict } = shell.flags;
  if (detailedExitcode !== true) return shown;
  return joinOutcomes(shown, planOutcome(result.plan, { strict: strict === true }));
};

async function save(shell: Shell, result: PlanResult, options: PlanOptions): Promise<void> {
  const { out } = shell.flags;
  if (out === undefined) return;
  await writeOutput(shell, out, jsonText(planDocument(shell, result, options)));
  if (shell.format === 'text') say(shell, `\n${fill(texts[shell.lang].planSaved, { file: out })}\n`);
}
