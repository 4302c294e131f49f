import { type Diagnostic, toDiagnostic } from '../../engine/model/index.ts';
import { count, diagnosticsJson, safeText } from '../../engine/report/index.ts';
import { type Ending, type RunResult, type Verdict, verdictOf } from '../../stacks/run/index.ts';
import { diagnosticsOutcome, joinOutcomes, type Outcome } from '../outcome.ts';
import { type Shell, say, showDiagnostics, writeJson } from '../shell.ts';
import { version } from '../version.ts';
import { terraformTexts } from './texts.ts';

const outcomes: Readonly<Record<Verdict, Outcome>> = {
  done: {},
  changes: { changes: true },
  stale: { stale: true },
  failed: { error: true },
};

/** With one client Terraform's own exit code; with several the worst: 1 > 4 > 2 > 0. */
export function outcomeOf({ endings, diagnostics }: RunResult): Outcome {
  return joinOutcomes(
    diagnosticsOutcome(diagnostics),
    ...endings.map((ending) => outcomes[verdictOf(ending)]),
  );
}

/** Shows what kept Terraform from running, and for several clients how it ended for each. */
export async function showResult(shell: Shell, result: RunResult): Promise<Outcome> {
  if (shell.format === 'json') writeJson(shell, resultJson(shell, result));
  else {
    await showDiagnostics(shell, result.endings.flatMap(failureOf));
    if (result.endings.length > 1) say(shell, summary(shell, result.endings));
  }
  return outcomeOf(result);
}

function failureOf({ client, failure }: Ending): readonly Diagnostic[] {
  return failure === null ? [] : [{ address: client, ...toDiagnostic(failure) }];
}

function summary({ lang }: Shell, endings: readonly Ending[]): string {
  const texts = terraformTexts[lang];
  const lines = endings.map((ending) => `  ${safeText(ending.client)}: ${texts.verdicts[verdictOf(ending)]}`);
  return `\n${count(lang, endings.length, texts.summary)}\n${lines.join('\n')}\n`;
}

function resultJson({ lang, command }: Shell, { endings, diagnostics }: RunResult) {
  const all = [...diagnostics, ...endings.flatMap(failureOf)];
  return {
    format_version: '1.0',
    alta_version: version,
    command,
    clients: endings.map((ending) => ({
      client: ending.client,
      exit_code: ending.code,
      result: verdictOf(ending),
    })),
    errored:
      all.some(({ severity }) => severity === 'error') || endings.some((one) => verdictOf(one) === 'failed'),
    diagnostics: diagnosticsJson(all, lang),
  };
}
