import { probeProfile } from '../../engine/run/profile/index.ts';
import { withEngine } from '../context.ts';
import { humanOutput, type Run, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { visitJson, visitOptionsOf, visitOutcome } from './profile-site.ts';
import { reportText } from './profile-text.ts';

/** `alta profile probe TARGET`: which names of the profile are there, with reads only. */
export const run: Run = async (shell) => {
  const options = visitOptionsOf(shell);
  const result = await withEngine(shell, ({ context }) => probeProfile(context, options));
  await showDiagnostics(shell, result.diagnostics);
  if (shell.format === 'json') writeJson(shell, visitJson(shell, result));
  else if (result.report !== null)
    say(shell, reportText(result.report, shell.lang, styleFor(humanOutput(shell), shell)));
  return visitOutcome(result);
};
