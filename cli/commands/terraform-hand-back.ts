import { count, diagnosticsJson, fill } from '../../engine/report/index.ts';
import { withEngine } from '../context.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { readInput } from '../output-file.ts';
import { type Run, type Shell, say, showDiagnostics, writeJson } from '../shell.ts';
import { terraformTexts } from '../terraform/texts.ts';
import { version } from '../version.ts';

/** `alta terraform hand-back CLIENT`: what Terraform manages enters Alta's own state. Contacts no target and starts no Terraform. */
export const run: Run = async (shell) => {
  const { args, flags, format, lang } = shell;
  const [client = ''] = args;
  const state = await stateGiven(shell);
  const { takeBack } = await import('../../stacks/hand-back/index.ts');
  const lockTimeoutMs = flags.lockTimeout ?? 0;
  const { diagnostics, ...result } = await withEngine(shell, ({ context }) =>
    takeBack(context, { client, state, lockTimeoutMs }),
  );
  await showDiagnostics(shell, diagnostics);
  const outcome = diagnosticsOutcome(diagnostics);
  if (format === 'json') {
    const head = { format_version: '1.0', alta_version: version, client };
    writeJson(shell, { ...head, ...result, diagnostics: diagnosticsJson(diagnostics, lang) });
  } else if (outcome.error !== true) {
    const texts = terraformTexts[lang];
    const { taken, dropped, unapplied } = result;
    say(shell, `${count(lang, taken, texts.handBack.taken)}\n`);
    if (dropped > 0) say(shell, `${count(lang, dropped, texts.handBack.dropped)}\n`);
    if (unapplied.length > 0) say(shell, `${count(lang, unapplied.length, texts.handBack.unapplied)}\n`);
    say(shell, `${fill(texts.handBack.next, { client })}\n`);
  }
  return outcome;
};

/** What `--state` names; null = the state file in the workspace. */
async function stateGiven(shell: Shell) {
  const { state } = shell.flags;
  if (state === undefined) return null;
  const text = state === '-' ? await shell.host.stdin.text() : await readInput(shell, state);
  return { text, filename: state };
}
