import { AltaError, type ApplyReport, errorDiagnostic } from '../../engine/model/index.ts';
import {
  applyJson,
  applyMarkdown,
  applyText,
  diagnosticsJson,
  fill,
  jsonText,
  parseApproval,
  totalsLine,
  viewOf,
} from '../../engine/report/index.ts';
import type { ApplyOptions, ApplyResult, Approval, PlanResult } from '../../engine/run/contract.ts';
import { type EngineRun, planOptionsOf, withEngine } from '../context.ts';
import { applyOutcome, diagnosticsOutcome, joinOutcomes, type Outcome } from '../outcome.ts';
import { readInput, writeOutput } from '../output-file.ts';
import { diagnosticsOf, planDocument, textOf } from '../plan-output.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';

/**
 * `alta apply [FILE]`: plans, shows, asks, applies. With `--yes`, or with an approved plan, it does not ask; without a terminal one
 * of the two is needed.
 */
export const run: Run = async (shell) => {
  const approval = await approvalOf(shell);
  const silent = shell.flags.yes === true || shell.flags.autoApprove === true || approval !== null;
  const { stdin, stderr } = shell.host;
  if (!silent && !(stdin.isTTY && stderr.isTTY)) throw new AltaError('confirmation-impossible');
  const engine = await shell.host.engine();
  const result = await withEngine(shell, (engineRun) => {
    return engine.applyWorkspace(engineRun.context, applyOptionsOf(shell, approval, silent, engineRun));
  });
  return show(shell, result);
};

async function approvalOf(shell: Shell): Promise<Approval | null> {
  const [filename] = shell.args;
  return filename === undefined ? null : parseApproval(await readInput(shell, filename), filename);
}

/** An approved plan brings its own consent and selection; what the command line adds to it stands. */
function applyOptionsOf(
  shell: Shell,
  approval: Approval | null,
  silent: boolean,
  { progress, context }: EngineRun,
): ApplyOptions {
  const own = planOptionsOf(shell);
  const approved = approval === null ? {} : { consent: approval.consent, selection: approval.selection };
  return {
    ...own,
    ...approved,
    approval,
    rollback: shell.flags.rollback === true,
    lockTimeoutMs: shell.flags.lockTimeout ?? 0,
    confirm: async (planned) => {
      progress.pause();
      await showDiagnostics(shell, diagnosticsOf(planned));
      const output = shell.format === 'text' ? shell.host.stdout : shell.host.stderr;
      output.write(`${textOf(shell, { plan: planned.plan, forms: [] })}\n`);
      return silent || ask(shell, planned, context.stop);
    },
  };
}

/** No, Ctrl-C and Escape are all no. The question goes to standard error, where no program reads. */
async function ask(shell: Shell, planned: PlanResult, signal: AbortSignal): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  const text = texts[shell.lang];
  const totals = planned.plan === null ? '' : totalsLine(viewOf(planned.plan).totals, shell.lang);
  const answer = await confirm({
    message: fill(text.confirm, { totals }),
    active: text.yes,
    inactive: text.no,
    initialValue: false,
    output: process.stderr,
    signal,
  });
  return answer === true;
}

async function show(shell: Shell, result: ApplyResult): Promise<Outcome> {
  const { planned, report, declined } = result;
  const refused = declined ? [errorDiagnostic('declined')] : [];
  const diagnostics = [...result.diagnostics, ...refused];
  await showDiagnostics(shell, diagnostics);
  if (shell.format === 'json') writeJson(shell, document(shell, result));
  if (report === null) {
    if (!declined && shell.format === 'text') say(shell, textOf(shell, planned));
    const loose = planned.plan === null ? planned.diagnostics : diagnosticsOf(planned);
    return joinOutcomes(diagnosticsOutcome([...diagnostics, ...loose]));
  }
  await showReport(shell, report);
  return joinOutcomes(diagnosticsOutcome(diagnostics), applyOutcome(report));
}

async function showReport(shell: Shell, report: ApplyReport): Promise<void> {
  const { lang, format } = shell;
  if (format === 'text') say(shell, applyText(report, lang, styleFor(humanOutput(shell), shell)));
  if (format === 'markdown') say(shell, applyMarkdown(report, lang));
  const { report: filename } = shell.flags;
  if (filename === undefined) return;
  await writeOutput(
    shell,
    filename,
    filename.endsWith('.md') ? applyMarkdown(report, lang) : jsonText(applyJson(report, lang)),
  );
}

/** The report; where nothing was started, the plan that was not carried out. */
function document(shell: Shell, { planned, report, declined, diagnostics }: ApplyResult): unknown {
  if (report !== null) return applyJson(report, shell.lang);
  const plan = planDocument(shell, planned, planOptionsOf(shell));
  return {
    ...(plan as object),
    declined,
    diagnostics: diagnosticsJson([...planned.diagnostics, ...diagnostics], shell.lang),
  };
}
