import type { Change, Diagnostic, GuidedForm, Lang, Plan } from '../model/index.ts';
import { needsPerson } from '../plan/index.ts';
import type { Block } from './budget.ts';
import { changesOf, type MarkdownPen, targetBlock } from './change-markdown.ts';
import { commentLimit, listBlock, withinRoom } from './comment.ts';
import { diagnosticMarkdown } from './diagnostic-markdown.ts';
import { fillMarkdown } from './fill.ts';
import { formsMarkdown } from './forms.ts';
import { targetWarnings } from './notes.ts';
import { countsLine, listing, noChangeText, totalsLine } from './phrases.ts';
import { markdownCode } from './safe.ts';
import { isStateOnly } from './totals.ts';
import { isLookedAt, type PlanView, type TargetView, viewOf } from './view.ts';
import { count, words } from './words.ts';

export interface MarkdownShow {
  readonly lang: Lang;
  readonly forms?: readonly GuidedForm[];
  /** Of the files and of everything that belongs to no client. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Most characters of the result; default {@link commentLimit}. Rows are left out whole to stay within it. */
  readonly limit?: number;
}

/** The first line of every plan comment: whoever updates one in place looks for it at the very start. */
export const planMarker = '<!-- alta:plan -->';

/**
 * The plan as a comment of a pull request: marker, totals, what is blocked, a table of targets, then collapsible details.
 * Foreign text stands as code only, so that no name can become markup, a mention, a link or a marker.
 */
export function planMarkdown(plan: Plan, show: MarkdownShow): string {
  const pen: MarkdownPen = { lang: show.lang, words: words[show.lang], at: plan.createdAt };
  const text = pen.words.plan;
  const view = viewOf(plan);
  const forms = show.forms ?? [];
  const diagnostics = [...(show.diagnostics ?? []), ...plan.clients.flatMap((c) => c.diagnostics)];
  const blocks = [
    listBlock(text.problems, diagnosticRows(diagnostics, pen)),
    listBlock(count(pen.lang, view.totals.blocked, text.blockedTitle), blockedRows(view, pen)),
    summaryBlock(view, pen),
    listBlock(text.warnings, warningRows(view, pen)),
    ...view.clients.flatMap(({ client, targets }) =>
      targets.map((target) => targetBlock(client, target, pen)),
    ),
    listBlock(count(pen.lang, forms.length, pen.words.forms.title), formsMarkdown(forms, pen.lang)),
  ].filter((block) => block.rows.length > 0);
  const head = headOf(plan, view, pen);
  const foot = `\n<sub>${text.digest}: \`${plan.digest}\`</sub>\n`;
  const room = (show.limit ?? commentLimit) - head.length - foot.length;
  return `${head}${withinRoom(blocks, room, pen.lang)}${foot}`;
}

function headOf(plan: Plan, view: PlanView, pen: MarkdownPen): string {
  const text = pen.words.plan;
  const still = noChangeText(view, pen.lang);
  return [
    `${planMarker}\n### ${text.title}: ${totalsLine(view.totals, pen.lang)}\n`,
    ...(still === null ? [] : [`${still}\n`]),
    `${countsLine(view.totals, pen.lang)}\n`,
    ...(plan.partial ? [`> ${fillMarkdown(text.partial, {})}\n`] : []),
  ].join('\n');
}

/** At most this many problems are spelled out, so that they leave room for the plan itself. */
const problemsListed = 30;

function diagnosticRows(diagnostics: readonly Diagnostic[], pen: MarkdownPen): string[] {
  const rows = diagnostics.slice(0, problemsListed).map((d) => `- ${diagnosticMarkdown(d, pen.lang)}`);
  const rest = diagnostics.length - rows.length;
  return rest > 0 ? [...rows, `- ${count(pen.lang, rest, pen.words.plan.more)}`] : rows;
}

function blockedRows(view: PlanView, pen: MarkdownPen): string[] {
  return view.blocks.map(({ key, params, addresses }) => {
    const { reason, wayOut } = pen.words.blocks[key];
    const names = listing(addresses, pen.lang, markdownCode);
    return `- ${addresses.length} × ${reason}. ${fillMarkdown(wayOut, params)} (${names})`;
  });
}

function summaryBlock(view: PlanView, pen: MarkdownPen): Block {
  const { plan } = pen.words;
  const head = ['+', '~', '-', '±', plan.blocked, plan.guided, plan.later];
  const rule = head.map(() => '--:').join('|');
  const open = `\n| ${[plan.target, ...head, plan.note].join(' | ')} |\n|---|${rule}|---|\n`;
  const targets = view.clients.flatMap((client) => client.targets.filter(isWorthARow));
  return { open, rows: targets.map((target) => summaryRow(target, pen)), close: '' };
}

function isWorthARow({ sections, target }: TargetView): boolean {
  return sections.length > 0 || !isLookedAt(target);
}

function summaryRow(view: TargetView, pen: MarkdownPen): string {
  const changes = changesOf(view);
  const of = (test: (change: Change) => boolean): number => changes.filter(test).length;
  const { address, status } = view.target;
  const cells = [
    markdownCode(address),
    of(({ action, means }) => action === 'create' && means === 'api'),
    of(({ action, means }) => action === 'update' && means === 'api'),
    of(({ action, means }) => action === 'delete' && means === 'api'),
    of(isStateOnly),
    of(({ blocked }) => blocked !== null),
    of(needsPerson),
    of(({ means }) => means === 'deferred'),
    status === 'read' ? '' : pen.words.status[status],
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function warningRows(view: PlanView, pen: MarkdownPen): string[] {
  const targets = view.clients.flatMap((client) => client.targets.map(({ target }) => target));
  return targets.flatMap((target) =>
    targetWarnings(target, pen.words, fillMarkdown).map(
      (text) => `- ${markdownCode(target.address)}: ${text}`,
    ),
  );
}
