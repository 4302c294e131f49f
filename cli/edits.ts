import { diagnosticsJson, safeText } from '../engine/report/index.ts';
import type { EditResult, FileEdit } from '../engine/run/contract.ts';
import { diagnosticsOutcome, type Outcome } from './outcome.ts';
import { humanOutput, type Shell, say, showDiagnostics, styleFor, writeJson } from './shell.ts';
import { texts } from './texts.ts';
import { version } from './version.ts';

/** Shows what a command wrote, or would write where `planned`. */
export async function showEdits(shell: Shell, result: EditResult, planned = false): Promise<Outcome> {
  await showDiagnostics(shell, result.diagnostics);
  if (shell.format === 'json') writeJson(shell, editsJson(shell, result, planned));
  else say(shell, editsText(shell, result.edits, planned));
  return diagnosticsOutcome(result.diagnostics);
}

/** What was written to which file, line by line. Ends with a newline. */
export function editsText(shell: Shell, edits: readonly FileEdit[], planned: boolean): string {
  const text = texts[shell.lang];
  const style = styleFor(humanOutput(shell), shell);
  if (edits.length === 0) return `${text.nothingToWrite}\n`;
  const lines = edits.flatMap(({ filename, created, summary }) => {
    const [made, changed] = planned ? [text.wouldCreate, text.wouldChange] : [text.created, text.changed];
    const head = `${style.add(created ? '+' : '~')} ${safeText(filename)}  ${style.dim(created ? made : changed)}`;
    return [head, ...summary.map((line) => `    ${safeText(line)}`)];
  });
  return `${lines.join('\n')}\n`;
}

function editsJson(shell: Shell, { edits, diagnostics }: EditResult, planned: boolean) {
  return {
    format_version: '1.0',
    alta_version: version,
    command: shell.command,
    errored: diagnostics.some(({ severity }) => severity === 'error'),
    dry_run: planned,
    edits,
    diagnostics: diagnosticsJson(diagnostics, shell.lang),
  };
}
