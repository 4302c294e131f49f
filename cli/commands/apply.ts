import {
  AltaError,
  type ApplyReport,
  type Diagnostic,
  errorDiagnostic,
  type Plan,
} from '../../engine/model/index.ts';
import {
  applyJson,
  applyMarkdown,
  applyText,
  fill,
  jsonText,
  parseApproval,
  planJson,
  totalsLine,
  viewOf,
} from '../../engine/report/index.ts';
import type { ApplyOptions, ApplyResult, Approval, PlanResult } from '../../engine/run/contract.ts';
import { type EngineRun, planOptionsOf, withEngine } from '../context.ts';
import { failureJson } from '../failure.ts';
import { applyOutcome, diagnosticsOutcome, joinOutcomes, type Outcome } from '../outcome.ts';
import { readInput, writeOutput } from '../output-file.ts';
import { diagnosticsOf, textOf } from '../plan-output.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';

/**
 * `alta apply [FILE]`: plans, shows, asks, applies. With `--yes`, or with an approved plan, it does not ask; without a terminal one
 * of the two is needed.
 */
export const run: Run = async (shell) => {
  const approval = await approvalOf(shell);
  const { stdin, stderr } = shell.host;
  if (!isSilent(shell, approval) && !(stdin.isTTY && stderr.isTTY))
    throw new AltaError('confirmation-impossible');
  const engine = await shell.host.engine();
  const shown: Shown = { plan: false };
  const result = await withEngine(shell, (engineRun) => {
    const options = {
      ...applyOptionsOf(shell, approval),
      confirm: confirmation(shell, engineRun, approval, shown),
    };
    return engine.applyWorkspace(engineRun.context, options);
  });
  return show(shell, result, shown);
};

function isSilent({ flags }: Shell, approval: Approval | null): boolean {
  return flags.yes === true || flags.autoApprove === true || approval !== null;
}

/** Whether the plan and its diagnostics have been shown: the engine asks only where there is something to do. */
interface Shown {
  plan: boolean;
}

async function approvalOf(shell: Shell): Promise<Approval | null> {
  const [filename] = shell.args;
  return filename === undefined ? null : parseApproval(await readInput(shell, filename), filename);
}

/** An approved plan brings its own consent and selection, and nobody else's client is read for it. */
function applyOptionsOf(shell: Shell, approval: Approval | null): Omit<ApplyOptions, 'confirm'> {
  const { rollback = false, lockTimeout: lockTimeoutMs = 0 } = shell.flags;
  const options = { ...planOptionsOf(shell), approval, rollback, lockTimeoutMs };
  if (approval === null) return options;
  const { consent, selection } = approval;
  const clients = options.clients.length > 0 ? options.clients : Object.keys(approval.clients);
  return { ...options, clients, consent, selection };
}

/** Shows the plan and asks. From a yes on, Ctrl-C no longer ends the run at once: what is under way is finished first. */
function confirmation(
  shell: Shell,
  engineRun: EngineRun,
  approval: Approval | null,
  shown: Shown,
): ApplyOptions['confirm'] {
  const { progress, context } = engineRun;
  return async (planned) => {
    engineRun.demandRunning();
    progress.pause();
    shown.plan = true;
    await showDiagnostics(shell, diagnosticsOf(planned));
    const output = shell.format === 'text' ? shell.host.stdout : shell.host.stderr;
    output.write(`${textOf(shell, { plan: asApproved(planned.plan, approval), forms: [] })}\n`);
    const agreed = isSilent(shell, approval) || (await ask(shell, planned, context.stop));
    engineRun.demandRunning();
    if (agreed) engineRun.beginWriting();
    return agreed;
  };
}

/** An approved plan is partial where the person who approved it saw it so; that only its clients are read leaves nothing out. */
function asApproved(plan: Plan | null, approval: Approval | null): Plan | null {
  return plan === null || approval?.partial === undefined ? plan : { ...plan, partial: approval.partial };
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

async function show(shell: Shell, result: ApplyResult, shown: Shown): Promise<Outcome> {
  const { planned, report, declined } = result;
  const refused = declined ? [errorDiagnostic('declined')] : [];
  const diagnostics = [...result.diagnostics, ...refused];
  await showDiagnostics(shell, [...(shown.plan ? [] : diagnosticsOf(planned)), ...diagnostics]);
  if (shell.format === 'json') writeJson(shell, document(shell, result, diagnostics));
  if (report === null) {
    if (!shown.plan && shell.format === 'text') say(shell, textOf(shell, planned));
    const error = planned.plan === null;
    return joinOutcomes({ error }, diagnosticsOutcome([...diagnosticsOf(planned), ...diagnostics]));
  }
  const ofClients = planned.plan?.clients.flatMap((client) => client.diagnostics) ?? [];
  await showReport(shell, report, ofClients);
  return joinOutcomes(diagnosticsOutcome(diagnostics), applyOutcome(report, ofClients));
}

/** As text without what was shown with the plan already. */
async function showReport(shell: Shell, report: ApplyReport, said: readonly Diagnostic[]): Promise<void> {
  const { lang, format } = shell;
  const known = new Set(said);
  const clients = report.clients.map((client) => ({
    ...client,
    diagnostics: client.diagnostics.filter((one) => !known.has(one)),
  }));
  const fresh = { ...report, clients, diagnostics: [] };
  if (format === 'text') say(shell, applyText(fresh, lang, styleFor(humanOutput(shell), shell)));
  if (format === 'markdown') say(shell, applyMarkdown(report, lang));
  const { report: filename } = shell.flags;
  if (filename === undefined) return;
  await writeOutput(
    shell,
    filename,
    filename.endsWith('.md') ? applyMarkdown(report, lang) : jsonText(applyJson(report, lang)),
  );
}

/** The report; where nothing was started, the plan that was not carried out; without one, what was wrong. */
function document(
  shell: Shell,
  { planned, report, declined }: ApplyResult,
  diagnostics: readonly Diagnostic[],
) {
  if (report !== null) return applyJson(report, shell.lang);
  const all = [...planned.diagnostics, ...diagnostics];
  if (planned.plan === null) return failureJson(all, shell.command, shell.lang);
  const { consent, selection } = planOptionsOf(shell);
  const show = { lang: shell.lang, forms: planned.forms, consent, selection, diagnostics: all };
  return { ...planJson(planned.plan, show), declined };
}
