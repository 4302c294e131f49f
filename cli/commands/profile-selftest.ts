import { AltaError } from '../../engine/model/index.ts';
import { fill } from '../../engine/report/index.ts';
import { type SelftestOptions, selftestProfile } from '../../engine/run/profile/index.ts';
import { type EngineRun, withEngine } from '../context.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { visitJson, visitOptionsOf, visitOutcome } from './profile-site.ts';
import { reportText, vouchText } from './profile-text.ts';
import { profileWords } from './profile-words.ts';

/** `alta profile selftest TARGET --canary N`: proves the profile on a number that nobody uses. Asks first. */
export const run: Run = async (shell) => {
  const { flags, host, lang, command } = shell;
  const target = visitOptionsOf(shell);
  const { canary: number, lockTimeout: lockTimeoutMs = 0 } = flags;
  if (number === undefined)
    throw new AltaError('missing-argument', { command: `alta ${command}`, argument: '--canary <number>' });
  if (!isSilent(shell) && !(host.stdin.isTTY && host.stderr.isTTY)) throw new AltaError('selftest-unasked');
  const result = await withEngine(shell, (engineRun) => {
    const confirm = confirmation(shell, engineRun, number);
    return selftestProfile(engineRun.context, { ...target, number, lockTimeoutMs, confirm });
  });
  await showDiagnostics(shell, result.diagnostics);
  const { report, proof, declined } = result;
  if (shell.format === 'json') {
    writeJson(shell, visitJson(shell, result, { declined, proof }));
  } else if (report !== null) {
    say(shell, reportText(report, lang, styleFor(humanOutput(shell), shell)));
    if (proof !== null)
      say(shell, `${fill(profileWords[lang].proof, { filename: proof, profile: report.profile })}\n`);
    say(shell, vouchText(report.profile, report.unprovable, lang));
  }
  return visitOutcome(result);
};

function isSilent({ flags }: Shell): boolean {
  return flags.yes === true || flags.autoApprove === true;
}

/** From a yes on, Ctrl-C no longer ends the run at once: the trial ends itself, and takes away what it made. */
function confirmation(shell: Shell, engineRun: EngineRun, number: string): SelftestOptions['confirm'] {
  return async (about) => {
    engineRun.demandRunning();
    engineRun.progress.pause();
    const agreed = isSilent(shell) || (await ask(shell, { ...about, number }, engineRun.context.stop));
    engineRun.demandRunning();
    if (agreed) engineRun.beginWriting();
    return agreed;
  };
}

async function ask(
  { lang }: Shell,
  about: { readonly target: string; readonly host: string; readonly number: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  const words = profileWords[lang];
  const answer = await confirm({
    message: fill(words.ask, about),
    active: words.yes,
    inactive: words.no,
    initialValue: false,
    output: process.stderr,
    signal,
  });
  return answer === true;
}
