import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import type { Run } from '../shell.ts';

/** `alta secrets rekey`: encrypts again for the recipients that alta.yaml names now. Passwords stay as they are. */
export const run: Run = async (shell) => {
  const clients = shell.flags.client;
  const engine = await shell.host.engine();
  return showEdits(
    shell,
    await withEngine(shell, ({ context }) => engine.secretsRekey(context, { clients })),
  );
};
