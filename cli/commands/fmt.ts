import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import { joinOutcomes } from '../outcome.ts';
import type { Run } from '../shell.ts';

/** `alta fmt`: the YAML in its usual form; `--check` only tells, with exit code 2. */
export const run: Run = async (shell) => {
  const check = shell.flags.check === true;
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => engine.formatWorkspace(context, { check }));
  const shown = await showEdits(shell, result, check);
  return joinOutcomes(shown, { changes: check && result.edits.length > 0 });
};
