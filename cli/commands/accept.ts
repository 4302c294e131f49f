import { planOptionsOf, withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import type { Run } from '../shell.ts';

/** `alta accept [ADDRESS…]`: writes into the YAML what was changed outside. */
export const run: Run = async (shell) => {
  const own = planOptionsOf(shell);
  const selection = { ...own.selection, targets: [...own.selection.targets, ...shell.args] };
  const dryRun = shell.flags.dryRun === true;
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => {
    return engine.acceptDrift(context, { ...own, selection, dryRun });
  });
  return showEdits(shell, result, dryRun);
};
