import type { Diagnostic } from '../engine/model/index.ts';
import { gitlabReport, planJson, planMarkdown, planText } from '../engine/report/index.ts';
import type { PlanOptions, PlanResult } from '../engine/run/contract.ts';
import { failureJson } from './failure.ts';
import { diagnosticsOutcome, type Outcome } from './outcome.ts';
import { humanOutput, type Shell, showDiagnostics, styleFor, writeJson } from './shell.ts';

/** Everything that the files and the clients of a plan complain about. */
export function diagnosticsOf({ plan, diagnostics }: PlanResult): readonly Diagnostic[] {
  return [...diagnostics, ...(plan?.clients.flatMap((client) => client.diagnostics) ?? [])];
}

/** The plan as a JSON document; where there is none, what kept it from being made. */
export function planDocument(shell: Shell, result: PlanResult, options: PlanOptions): unknown {
  const { plan, diagnostics, forms } = result;
  if (plan === null) return failureJson(diagnostics, shell.command, shell.lang);
  const { consent, selection } = options;
  return planJson(plan, { lang: shell.lang, consent, selection, forms, diagnostics });
}

/** Shows a plan in the format asked for. Diagnostics of text go to standard error. */
export async function showPlan(shell: Shell, result: PlanResult, options: PlanOptions): Promise<Outcome> {
  const { plan, forms, diagnostics } = result;
  const { lang, format, host } = shell;
  if (format === 'json') writeJson(shell, planDocument(shell, result, options));
  else await showDiagnostics(shell, diagnosticsOf(result));
  if (plan !== null && format === 'markdown') {
    host.stdout.write(planMarkdown(plan, { lang, forms, diagnostics }));
  }
  if (plan !== null && format === 'gitlab') writeJson(shell, gitlabReport(plan));
  if (format === 'text' || format === 'github') host.stdout.write(textOf(shell, result));
  return diagnosticsOutcome(diagnosticsOf(result));
}

/** The plan for people, wherever they read. Forms may come later, in the report of the apply. */
export function textOf(shell: Shell, { plan, forms }: Pick<PlanResult, 'plan' | 'forms'>): string {
  if (plan === null) return '';
  return planText(plan, { lang: shell.lang, forms, style: styleFor(humanOutput(shell), shell) });
}
