import type {
  ApplyReport,
  ClientReport,
  Diagnostic,
  Lang,
  StepReport,
  TargetReport,
} from '../model/index.ts';
import { resultsLine, stepVerb } from './apply-text.ts';
import { type Block, budget } from './budget.ts';
import { fillMarkdown } from './fill.ts';
import { formsMarkdown } from './forms.ts';
import { messageMarkdown } from './message.ts';
import { commentLimit } from './plan-markdown.ts';
import { markdownCode } from './safe.ts';
import { blockKey, blockParams, countVanished } from './view.ts';
import { count, type Words, words } from './words.ts';

/** The first line of every comment that reports an apply. */
export const applyMarker = '<!-- alta:apply -->';

interface Pen {
  readonly lang: Lang;
  readonly words: Words;
}

/** The report of an apply as a comment: counts, what went wrong, then every step. At most `limit` characters, whole rows only. */
export function applyMarkdown(report: ApplyReport, lang: Lang, limit = commentLimit): string {
  const pen: Pen = { lang, words: words[lang] };
  const { apply, plan } = pen.words;
  const steps = report.clients.flatMap((client) => client.steps);
  const result = steps.length === 0 ? apply.nothing : resultsLine(steps, lang);
  const notes = [
    ...(report.interrupted ? [apply.interrupted] : []),
    ...(report.overrideReason === null
      ? []
      : [fillMarkdown(apply.override, { reason: report.overrideReason })]),
  ];
  const head = `${applyMarker}\n### ${apply.title}: ${result}\n${notes.map((note) => `\n> ${note}\n`).join('')}`;
  const foot = `\n<sub>${plan.digest}: \`${report.planDigest}\`</sub>\n`;
  const room = limit - head.length - foot.length - 2 * plan.leftOut.other.length;
  const blocks = [
    list(plan.problems, problemRows(report, pen)),
    list(
      plan.target,
      report.clients.flatMap((client) => targetRows(client, pen)),
    ),
    ...report.clients.map((client) => stepsBlock(client, pen)),
    formsBlock(report, pen),
  ].filter((block) => block.rows.length > 0);
  const { text, leftOut } = budget(blocks, room);
  const missing = leftOut === 0 ? '' : `\n> ${count(lang, leftOut, plan.leftOut)}\n`;
  return `${head}${text}${missing}${foot}`;
}

function list(title: string, rows: readonly string[]): Block {
  return { open: `\n**${title}**\n\n`, rows, close: '' };
}

function problemRows(report: ApplyReport, pen: Pen): string[] {
  const loose = [
    ...report.diagnostics,
    ...report.clients.flatMap(({ diagnostics, targets }) => [
      ...diagnostics,
      ...targets.flatMap((target) => target.diagnostics),
    ]),
  ];
  const state = report.clients
    .filter((client) => client.state === 'errored')
    .map(({ client }) => {
      return `- ${markdownCode(client)}: ${fillMarkdown(pen.words.apply.state.errored, {})}\n`;
    });
  return [...state, ...loose.map((diagnostic) => `- ${diagnosticMarkdown(diagnostic, pen)}\n`)];
}

function diagnosticMarkdown(diagnostic: Diagnostic, pen: Pen): string {
  const { summary, detail, hint } = messageMarkdown(diagnostic, pen.lang);
  const about = diagnostic.address === undefined ? '' : ` (${markdownCode(diagnostic.address)})`;
  const label = pen.words.severity[diagnostic.severity];
  return [`**${label}**: ${summary}${about}.`, detail, hint].filter((part) => part !== '').join(' ');
}

function targetRows(client: ClientReport, pen: Pen): string[] {
  return client.targets.flatMap((target) => {
    const facts = [pen.words.apply.commit[target.commit], convergedText(target, pen)].filter((f) => f !== '');
    return facts.length === 0 ? [] : [`- ${markdownCode(target.address)}: ${facts.join(' ')}\n`];
  });
}

function convergedText(target: TargetReport, pen: Pen): string {
  if (target.converged === null) return '';
  if (target.converged) return pen.words.apply.converged;
  const names = target.remaining.map(markdownCode).join(', ');
  return `${count(pen.lang, target.remaining.length, pen.words.apply.remaining)} ${names}`;
}

function stepsBlock(client: ClientReport, pen: Pen): Block {
  const { plan, apply } = pen.words;
  const title = `${markdownCode(client.client)}: ${resultsLine(client.steps, pen.lang)}`;
  const head = `| ${plan.what} | ${apply.result} | ${plan.change} | ${plan.note} |\n|---|---|---|---|\n`;
  const vanished = countVanished(client.steps);
  const rows = client.steps.map((step) => stepRow(step, vanished, pen));
  return { open: `\n${title}\n\n${head}`, rows, close: '' };
}

function stepRow(step: StepReport, vanished: number, pen: Pen): string {
  const fields = step.fields.map(markdownCode).join(', ');
  const notes = stepNotes(step, vanished, pen).join('<br>');
  return `| ${markdownCode(step.address)} | ${stepVerb(step, pen.words)} | ${fields} | ${notes} |\n`;
}

function stepNotes(step: StepReport, vanished: number, pen: Pen): string[] {
  const notes: string[] = [];
  if (step.blocked !== undefined) {
    const { reason, wayOut } = pen.words.blocks[blockKey(step.blocked, step.section)];
    notes.push(`${reason}. ${fillMarkdown(wayOut, blockParams(step.blocked, vanished))}`);
  }
  if (step.diagnostic !== undefined) notes.push(diagnosticMarkdown(step.diagnostic, pen));
  if (step.written !== undefined) notes.push(pen.words.apply.written[step.written]);
  return notes;
}

function formsBlock(report: ApplyReport, pen: Pen): Block {
  const forms = report.clients.flatMap((client) => client.forms);
  const title = count(pen.lang, forms.length, pen.words.forms.title);
  return list(
    title,
    formsMarkdown(forms, pen.lang).map((form) => `${form}\n`),
  );
}
