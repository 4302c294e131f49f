import type { VerifyReport } from '../../engine/model/index.ts';
import { jsonText, verifyJson, verifyMarkdown, verifyText } from '../../engine/report/index.ts';
import { planOptionsOf, withEngine } from '../context.ts';
import { failureJson } from '../failure.ts';
import { diagnosticsOutcome, joinOutcomes, verifyOutcome } from '../outcome.ts';
import { readInput, writeOutput } from '../output-file.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';

/** What a phone needs to register after its settings changed, ms. */
const usualWaitMs = 15_000;

/** `alta verify`: the proof that service works. Exit code 7 where a check failed. */
export const run: Run = async (shell) => {
  const pasted = await pastedText(shell);
  const waitMs = pasted === undefined ? (shell.flags.wait ?? usualWaitMs) : 0;
  const options = { ...planOptionsOf(shell), waitMs, ...(pasted && { pasted }) };
  const engine = await shell.host.engine();
  const { report, diagnostics } = await withEngine(shell, ({ context }) => {
    return engine.verifyWorkspace(context, options);
  });
  await showDiagnostics(shell, diagnostics);
  if (report === null) {
    if (shell.format === 'json') writeJson(shell, failureJson(diagnostics, shell.command, shell.lang));
    return { ...diagnosticsOutcome(diagnostics), error: true };
  }
  await show(shell, report);
  const loose = report.clients.flatMap((client) => client.diagnostics);
  return joinOutcomes(diagnosticsOutcome([...diagnostics, ...loose]), verifyOutcome(report));
};

/** @throws AltaError `file-unreadable` */
async function pastedText(shell: Shell): Promise<{ text: string; filename: string } | undefined> {
  const { flags, host, lang } = shell;
  const { fromFile } = flags;
  if (fromFile === undefined) return undefined;
  if (fromFile === '-') return { text: await host.stdin.text(), filename: texts[lang].standardInput };
  return { text: await readInput(shell, fromFile), filename: fromFile };
}

async function show(shell: Shell, report: VerifyReport): Promise<void> {
  const { lang, format, flags } = shell;
  const json = verifyJson(report, lang);
  if (format === 'json') writeJson(shell, json);
  if (format === 'text') say(shell, verifyText(report, lang, styleFor(humanOutput(shell), shell)));
  if (format === 'markdown') say(shell, verifyMarkdown(report, lang));
  if (flags.report === undefined) return;
  const text = flags.report.endsWith('.md') ? verifyMarkdown(report, lang) : jsonText(json);
  await writeOutput(shell, flags.report, text);
}
