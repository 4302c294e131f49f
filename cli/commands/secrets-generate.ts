import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import type { Run } from '../shell.ts';

/** `alta secrets generate [NAME…]`: passwords that suit every target at once. */
export const run: Run = async (shell) => {
  const { args, flags } = shell;
  const names = args.length === 0 ? ('all' as const) : args;
  const options = { client: flags.client[0] ?? null, names, rotate: flags.rotate === true };
  const engine = await shell.host.engine();
  return showEdits(shell, await withEngine(shell, ({ context }) => engine.secretsGenerate(context, options)));
};
