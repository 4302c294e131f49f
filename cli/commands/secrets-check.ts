import { gitlabCodeQuality } from '../../engine/report/index.ts';
import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { type Run, writeJson } from '../shell.ts';

/** `alta secrets check`: every secret there and intact. */
export const run: Run = async (shell) => {
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => engine.secretsCheck(context));
  if (shell.format !== 'gitlab') return showEdits(shell, result);
  writeJson(shell, gitlabCodeQuality(result.diagnostics, shell.lang));
  return diagnosticsOutcome(result.diagnostics);
};
