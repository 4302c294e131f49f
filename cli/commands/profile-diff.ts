import { probeProfile } from '../../engine/run/profile/index.ts';
import { withEngine } from '../context.ts';
import { diagnosticsOutcome, joinOutcomes } from '../outcome.ts';
import { humanOutput, type Run, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { visitJson, visitOptionsOf } from './profile-site.ts';
import { differenceText } from './profile-text.ts';

/** `alta profile diff TARGET`: what extensions have and the profile does not, and the other way round. */
export const run: Run = async (shell) => {
  const options = visitOptionsOf(shell);
  const result = await withEngine(shell, ({ context }) => probeProfile(context, options));
  const { report, diagnostics } = result;
  await showDiagnostics(shell, diagnostics);
  if (shell.format === 'json') {
    writeJson(
      shell,
      visitJson(shell, { report: null, diagnostics }, { difference: report?.difference ?? null }),
    );
  } else if (report !== null) {
    say(shell, differenceText(report.difference, shell.lang, styleFor(humanOutput(shell), shell)));
  }
  const { missing = [], mistyped = [] } = report?.difference ?? {};
  return joinOutcomes(diagnosticsOutcome(diagnostics), {
    verifyFailed: missing.length + mistyped.length > 0,
  });
};
