import type { ApplyReport, ClientReport, Lang, StepReport, TargetReport } from '../model/index.ts';
import { resultsLine, stepVerb } from './apply-text.ts';
import type { Block } from './budget.ts';
import type { MarkdownPen } from './change-markdown.ts';
import { commentLimit, listBlock, withinRoom } from './comment.ts';
import { diagnosticMarkdown } from './diagnostic-markdown.ts';
import { fillMarkdown } from './fill.ts';
import { formsMarkdown } from './forms.ts';
import { markdownCode } from './safe.ts';
import { blockKey, blockParams, countVanished } from './view.ts';
import { count, words } from './words.ts';

/** The first line of every comment that reports an apply. */
export const applyMarker = '<!-- alta:apply -->';

/** The report of an apply as a comment: counts, what went wrong, then every step. At most `limit` characters, whole rows only. */
export function applyMarkdown(report: ApplyReport, lang: Lang, limit = commentLimit): string {
  const pen: MarkdownPen = { lang, words: words[lang], at: report.startedAt };
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
  const forms = report.clients.flatMap((client) => client.forms);
  const blocks = [
    listBlock(plan.problems, problemRows(report, pen)),
    listBlock(
      plan.target,
      report.clients.flatMap((client) => targetRows(client, pen)),
    ),
    ...report.clients.map((client) => stepsBlock(client, pen)),
    listBlock(count(lang, forms.length, pen.words.forms.title), formsMarkdown(forms, lang)),
  ].filter((block) => block.rows.length > 0);
  return `${head}${withinRoom(blocks, limit - head.length - foot.length, lang)}${foot}`;
}

function problemRows(report: ApplyReport, pen: MarkdownPen): string[] {
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
      return `- ${markdownCode(client)}: ${fillMarkdown(pen.words.apply.state.errored, {})}`;
    });
  return [...state, ...loose.map((diagnostic) => `- ${diagnosticMarkdown(diagnostic, pen.lang)}`)];
}

function targetRows(client: ClientReport, pen: MarkdownPen): string[] {
  return client.targets.flatMap((target) => {
    const facts = [pen.words.apply.commit[target.commit], convergedText(target, pen)].filter((f) => f !== '');
    return facts.length === 0 ? [] : [`- ${markdownCode(target.address)}: ${facts.join(' ')}`];
  });
}

function convergedText(target: TargetReport, pen: MarkdownPen): string {
  if (target.converged === null) return '';
  if (target.converged) return pen.words.apply.converged;
  const names = target.remaining.map(markdownCode).join(', ');
  return `${count(pen.lang, target.remaining.length, pen.words.apply.remaining)} ${names}`;
}

function stepsBlock(client: ClientReport, pen: MarkdownPen): Block {
  const { plan, apply } = pen.words;
  const title = `${markdownCode(client.client)}: ${resultsLine(client.steps, pen.lang)}`;
  const head = `| ${plan.what} | ${apply.result} | ${plan.change} | ${plan.note} |\n|---|---|---|---|\n`;
  const vanished = countVanished(client.steps);
  const rows = client.steps.map((step) => stepRow(step, vanished, pen));
  return { open: `\n${title}\n\n${head}`, rows, close: '' };
}

function stepRow(step: StepReport, vanished: number, pen: MarkdownPen): string {
  const fields = step.fields.map(markdownCode).join(', ');
  const notes = stepNotes(step, vanished, pen).join('<br>');
  return `| ${markdownCode(step.address)} | ${stepVerb(step, pen.words)} | ${fields} | ${notes} |\n`;
}

function stepNotes(step: StepReport, vanished: number, pen: MarkdownPen): string[] {
  const notes: string[] = [];
  if (step.blocked !== undefined) {
    const { reason, wayOut } = pen.words.blocks[blockKey(step.blocked, step.section)];
    notes.push(`${reason}. ${fillMarkdown(wayOut, blockParams(step.blocked, vanished))}`);
  }
  if (step.diagnostic !== undefined) notes.push(diagnosticMarkdown(step.diagnostic, pen.lang));
  if (step.written !== undefined) notes.push(pen.words.apply.written[step.written]);
  return notes;
}
