import type { Action, Lang, Params } from '../../engine/model/index.ts';
import {
  diagnosticsJson,
  message,
  type RenderedMessage,
  safeText,
  words,
} from '../../engine/report/index.ts';
import type { TargetFinding } from '../../engine/run/doctor-contract.ts';
import { planOptionsOf, withEngine } from '../context.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';
import { version } from '../version.ts';

/** `alta doctor`: what is missing, here and on each target. Findings are advice; only errors set the exit code. */
export const run: Run = async (shell) => {
  const engine = await shell.host.engine();
  const { diagnostics, findings } = await withEngine(shell, ({ context }) => {
    return engine.doctor(context, planOptionsOf(shell));
  });
  if (shell.format === 'json') {
    const rendered = findings.map(({ ask, ...finding }) => ({
      ...finding,
      ...inWords({ ...finding, ...(ask && { ask }) }, shell.lang),
    }));
    const problems = diagnosticsJson(diagnostics, shell.lang);
    writeJson(shell, {
      format_version: '1.0',
      alta_version: version,
      findings: rendered,
      diagnostics: problems,
    });
  } else {
    await showDiagnostics(shell, diagnostics);
    say(shell, findingsText(shell, findings, diagnostics.length === 0));
  }
  return diagnosticsOutcome(diagnostics);
};

/** Actions among the parameters are said as the plan says them. */
function inWords({ code, params, ask }: TargetFinding, lang: Lang): RenderedMessage {
  const { actions } = words[lang].plan;
  const spoken = (value: Params[string]): Params[string] =>
    Array.isArray(value) ? value.map((item) => actions[item as Action] ?? item) : value;
  const spokenParams = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, spoken(value)]),
  );
  const said = message({ code, params: code === 'doctor-guided-actions' ? spokenParams : params }, lang);
  return ask === undefined ? said : { ...said, hint: ask[lang] };
}

function findingsText(shell: Shell, findings: readonly TargetFinding[], clean: boolean): string {
  if (findings.length === 0) return clean ? `${texts[shell.lang].healthy}\n` : '';
  const style = styleFor(humanOutput(shell), shell);
  const lines = findings.map((finding) => {
    const { summary, detail, hint } = inWords(finding, shell.lang);
    const body = [detail, hint === '' ? '' : `→ ${hint}`].filter((line) => line !== '');
    const head = `${style.strong(safeText(finding.address))}: ${summary} ${style.dim(`[${finding.code}]`)}`;
    return [head, ...body.map((line) => `  ${line}`)].join('\n');
  });
  return `${lines.join('\n')}\n`;
}
