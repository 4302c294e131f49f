import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import type { Run } from '../shell.ts';

/** `alta secrets init`: the key and the files for secrets. */
export const run: Run = async (shell) => {
  const engine = await shell.host.engine();
  return showEdits(shell, await withEngine(shell, ({ context }) => engine.secretsInit(context)));
};
