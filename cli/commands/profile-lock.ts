import { diagnosticsJson, fill } from '../../engine/report/index.ts';
import { lockProfile } from '../../engine/run/profile/index.ts';
import { withEngine } from '../context.ts';
import { editsText } from '../edits.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { type Run, say, showDiagnostics, writeJson } from '../shell.ts';
import { version } from '../version.ts';
import { siteTools } from './profile-site.ts';
import { vouchText } from './profile-text.ts';
import { profileWords } from './profile-words.ts';

/** `alta profile lock [PROFILE]`: takes the marks off what is proven, and remembers what the server looked like. */
export const run: Run = async (shell) => {
  const { args, flags, lang } = shell;
  const dryRun = flags.dryRun === true;
  const options = { profile: args[0] ?? null, vouched: flags.vouch ?? [], tools: siteTools, dryRun };
  const result = await withEngine(shell, ({ context }) => lockProfile(context, options));
  const { profile, cleared, left, unprovable, edits, diagnostics } = result;
  await showDiagnostics(shell, diagnostics);
  if (shell.format === 'json') {
    writeJson(shell, {
      format_version: '1.0',
      alta_version: version,
      command: shell.command,
      errored: diagnostics.some(({ severity }) => severity === 'error'),
      dry_run: dryRun,
      profile,
      cleared,
      left,
      unprovable,
      edits,
      diagnostics: diagnosticsJson(diagnostics, lang),
    });
    return diagnosticsOutcome(diagnostics);
  }
  const words = profileWords[lang];
  say(shell, editsText(shell, edits, dryRun));
  say(shell, `${fill(words.locked, { profile, n: cleared.length })}\n`);
  if (left.length > 0) say(shell, `${fill(words.left, { places: left })}\n`);
  say(shell, vouchText(profile, unprovable, lang));
  return diagnosticsOutcome(diagnostics);
};
