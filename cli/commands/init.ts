import { resolve } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import { makeFolder } from '../../engine/run/workspace/make-folder.ts';
import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import type { Run } from '../shell.ts';

/** `alta init [DIR]`: a workspace to start with. */
export const run: Run = async (shell) => {
  const { host, flags, args } = shell;
  const root = resolve(host.cwd, args[0] ?? flags.workspace ?? '.');
  await makeFolder(root).catch((error: NodeJS.ErrnoException) => {
    throw new AltaError('folder-unwritable', { folder: root, kind: error.code ?? error.name });
  });
  const [client] = flags.client;
  const options = {
    ...(client === undefined ? {} : { client }),
    ...(flags.name === undefined ? {} : { name: flags.name }),
  };
  const engine = await host.engine();
  const result = await withEngine(shell, ({ context }) => engine.initWorkspace(context, options), root);
  return showEdits(shell, result);
};
