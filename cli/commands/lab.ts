import { resolve } from 'node:path';
import { announce } from '../lab/announce.ts';
import { startTraining } from '../lab/training.ts';
import { wishesOf } from '../lab/wishes.ts';
import { refuseUsedFolder, writeLabWorkspace } from '../lab/workspace.ts';
import type { Run, Shell } from '../shell.ts';

/**
 * `alta lab`: simulated boxes, and phones where asked for, on loopback until SIGINT or SIGTERM. With `--workspace` also a workspace
 * that points at them, ready for `alta plan`. Everything in it is invented; its credentials open nothing else.
 */
export const run: Run = async (shell) => {
  const { flags, host } = shell;
  const wishes = wishesOf(flags);
  const folder = flags.workspace === undefined ? null : resolve(host.cwd, flags.workspace);
  if (folder !== null) refuseUsedFolder(folder);
  const interruption = interruptionOf(shell);
  try {
    const training = await startTraining(wishes, flags.latency ?? 0);
    try {
      if (folder !== null) await writeLabWorkspace(folder, training, shell.lang);
      announce(shell, training, folder);
      await interruption.came;
    } finally {
      await training.close();
    }
  } finally {
    interruption.forget();
  }
  return {};
};

/** Listened for from before the start until after the end: Ctrl-C pressed twice must not leave anything behind. */
function interruptionOf({ host }: Shell): { readonly came: Promise<void>; forget(): void } {
  let forget = (): void => undefined;
  const came = new Promise<void>((resolve) => {
    forget = host.onInterrupt(() => resolve());
  });
  return { came, forget };
}
