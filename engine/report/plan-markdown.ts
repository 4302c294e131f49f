import type { Change, Diagnostic, FieldChange, GuidedForm, Lang, Plan } from '../model/index.ts';
import { needsPerson } from '../plan/index.ts';
import { type Block, budget } from './budget.ts';
import { placeOf } from './diagnostic-text.ts';
import { fillMarkdown } from './fill.ts';
import { formsMarkdown } from './forms.ts';
import { messageMarkdown } from './message.ts';
import { fieldName, momentText, noChangeText, shortTarget, totalsLine } from './phrases.ts';
import { fieldNotes, symbols } from './plan-text.ts';
import { htmlText, markdownCode } from './safe.ts';
import { blockKey, type ClientView, isLookedAt, type PlanView, type TargetView, viewOf } from './view.ts';
import { count, pluralForm, type Words, words } from './words.ts';

export interface MarkdownShow {
  readonly lang: Lang;
  readonly forms?: readonly GuidedForm[];
  /** Of the files and of everything that belongs to no client. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Most characters of the result; default {@link commentLimit}. Rows are left out whole to stay within it. */
  readonly limit?: number;
}

/** What GitHub accepts in one comment. */
export const commentLimit = 65_536;

/** The first line of every plan comment: whoever updates one in place looks for it at the very start. */
export const planMarker = '<!-- alta:plan -->';

interface Pen {
  readonly lang: Lang;
  readonly words: Words;
}

/**
 * The plan as a comment of a pull request: marker, totals, what is blocked, a table of targets, then collapsible details.
 * Foreign text stands as code only, so that no name can become markup, a mention, a link or a marker.
 */
export function planMarkdown(plan: Plan, show: MarkdownShow): string {
  const pen: Pen = { lang: show.lang, words: words[show.lang] };
  const view = viewOf(plan);
  const head = headOf(plan, view, pen);
  const foot = `\n<sub>${pen.words.plan.digest}: \`${plan.digest}\`</sub>\n`;
  const diagnostics = [...(show.diagnostics ?? []), ...plan.clients.flatMap((c) => c.diagnostics)];
  const room = (show.limit ?? commentLimit) - head.length - foot.length;
  const blocks = [
    listBlock(pen.words.plan.problems, diagnosticRows(diagnostics, pen)),
    listBlock(blockedTitle(view, pen), blockedRows(view, pen)),
    summaryBlock(view, pen),
    listBlock(pen.words.plan.warnings, warningRows(view, pen)),
    ...view.clients.flatMap((client) => client.targets.map((target) => targetBlock(client, target, pen))),
    formsBlock(show.forms ?? [], pen),
  ].filter((block) => block.rows.length > 0);
  return `${head}${withinRoom(blocks, room, pen)}${foot}`;
}

function withinRoom(blocks: readonly Block[], room: number, pen: Pen): string {
  const whole = budget(blocks, room);
  if (whole.leftOut === 0) return whole.text;
  const noteRoom = 2 * pluralForm(pen.lang, 2, pen.words.plan.leftOut).length;
  const cut = budget(blocks, room - noteRoom);
  return `${cut.text}\n> ${count(pen.lang, cut.leftOut, pen.words.plan.leftOut)}\n`;
}

function headOf(plan: Plan, view: PlanView, pen: Pen): string {
  const { totals } = view;
  const text = pen.words.plan;
  const four = (['changes', 'deferred', 'pending', 'unverifiable'] as const)
    .map((name) => count(pen.lang, totals[name], text[name]))
    .join(' · ');
  const partial = plan.partial ? `\n> ${fillMarkdown(text.partial, {})}\n` : '';
  const still = noChangeText(view, pen.lang);
  const none = still === null ? '' : `\n${still}\n`;
  return `${planMarker}\n### ${text.title}: ${totalsLine(totals, pen.lang)}\n${none}\n${four}\n${partial}`;
}

function listBlock(title: string, rows: readonly string[]): Block {
  return { open: `\n**${title}**\n\n`, rows, close: '' };
}

/** At most this many problems are spelled out, so that they leave room for the plan itself. */
const problemsListed = 30;

function diagnosticRows(diagnostics: readonly Diagnostic[], pen: Pen): string[] {
  const rows = diagnostics.slice(0, problemsListed).map((diagnostic) => diagnosticRow(diagnostic, pen));
  const rest = diagnostics.length - rows.length;
  return rest > 0 ? [...rows, `- ${count(pen.lang, rest, pen.words.plan.more)}\n`] : rows;
}

function diagnosticRow(diagnostic: Diagnostic, pen: Pen): string {
  const { summary, detail, hint } = messageMarkdown(diagnostic, pen.lang);
  const place = placeOf(diagnostic);
  const where = [place, diagnostic.address].flatMap((part) => part ?? []).map(markdownCode);
  const label = pen.words.severity[diagnostic.severity];
  const about = where.length === 0 ? '' : ` (${where.join(', ')})`;
  return `- **${label}**: ${[`${summary}${about}.`, detail, hint].filter((part) => part !== '').join(' ')}\n`;
}

function blockedTitle(view: PlanView, pen: Pen): string {
  return count(pen.lang, view.totals.blocked, pen.words.plan.blockedTitle);
}

function blockedRows(view: PlanView, pen: Pen): string[] {
  return view.blocks.map(({ key, params, addresses }) => {
    const { reason, wayOut } = pen.words.blocks[key];
    return `- ${addresses.length} × ${reason}. ${fillMarkdown(wayOut, params)} (${names(addresses, pen)})\n`;
  });
}

function names(addresses: readonly string[], pen: Pen): string {
  const shown = addresses.slice(0, 5).map(markdownCode);
  const rest = addresses.length - shown.length;
  return [...shown, ...(rest > 0 ? [count(pen.lang, rest, pen.words.plan.more)] : [])].join(', ');
}

function summaryBlock(view: PlanView, pen: Pen): Block {
  const { plan } = pen.words;
  const head = [plan.target, '+', '~', '-', '±', plan.blocked, plan.guided, plan.later, plan.note];
  const open = `\n| ${head.join(' | ')} |\n|---|${head
    .slice(1)
    .map(() => '--:|')
    .join('')}\n`;
  const rows = view.clients.flatMap((client) => {
    return client.targets.filter(isWorthARow).map((target) => summaryRow(target, pen));
  });
  return { open, rows, close: '' };
}

function isWorthARow(view: TargetView): boolean {
  return view.sections.length > 0 || !isLookedAt(view.target);
}

function summaryRow(view: TargetView, pen: Pen): string {
  const changes = changesOf(view);
  const of = (test: (change: Change) => boolean): number => changes.filter(test).length;
  const cells = [
    markdownCode(view.target.address),
    of((c) => c.action === 'create' && c.means === 'api'),
    of((c) => c.action === 'update' && c.means === 'api'),
    of((c) => c.action === 'delete' && c.means === 'api'),
    of((c) => c.action === 'record' || c.action === 'forget'),
    of((c) => c.blocked !== null),
    of(needsPerson),
    of((c) => c.means === 'deferred'),
    view.target.status === 'read' ? '' : pen.words.status[view.target.status],
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function warningRows(view: PlanView, pen: Pen): string[] {
  const { plan } = pen.words;
  const targets = view.clients.flatMap((client) => client.targets.map(({ target }) => target));
  return targets.flatMap(({ address, insecure, commit }) => {
    const texts = [
      ...(insecure === undefined ? [] : [fillMarkdown(plan.insecure, { reason: insecure })]),
      ...(commit === 'after-writes' ? [plan.commitAfterWrites] : []),
      ...(commit === 'pending-from-before' ? [plan.commitPending] : []),
    ];
    return texts.map((text) => `- ${markdownCode(address)}: ${text}\n`);
  });
}

/** Deletions and blocked changes come first: they must not be what falls to the limit. */
function targetBlock(client: ClientView, view: TargetView, pen: Pen): Block {
  const changes = changesOf(view);
  const grave = changes.filter(isGrave);
  const others = changes.filter((change) => !isGrave(change));
  const rows = [...grave, ...others].map((change) => changeRow(change, pen));
  const { plan } = pen.words;
  const title = `<b>${htmlText(client.client)}</b> · ${htmlText(shortTarget(view.target.address))}`;
  const head = `| | ${plan.what} | ${plan.change} | ${plan.note} |\n|---|---|---|---|\n`;
  const tail = quietRows(view, pen);
  return {
    open: `\n<details><summary>${title} (${changes.length})</summary>\n\n${head}`,
    rows,
    close: `${tail}\n</details>\n`,
  };
}

function isGrave(change: Change): boolean {
  return change.action === 'delete' || change.blocked !== null;
}

function changesOf(view: TargetView): readonly Change[] {
  return view.sections.flatMap(({ changes }) => changes);
}

/** Foreign and unverifiable things, in one line each. */
function quietRows(view: TargetView, pen: Pen): string {
  const foreign = view.foreign.length;
  const lines = [
    ...(foreign === 0 ? [] : [count(pen.lang, foreign, pen.words.plan.foreign)]),
    ...view.unverifiable.map(({ code, field, addresses }) => {
      const template = pluralForm(pen.lang, addresses.length, pen.words.plan.notCompared);
      return fillMarkdown(template.replace('{why}', pen.words.unverifiable[code]), {
        field: fieldName(field, pen.lang),
        n: addresses.length,
      });
    }),
  ];
  return lines.length === 0 ? '' : `\n${lines.join('  \n')}\n`;
}

function changeRow(change: Change, pen: Pen): string {
  const what = `${pen.words.kinds[change.kind]} ${markdownCode(change.key)}`;
  const fields = change.fields.map((field) => fieldCell(field, change, pen)).join('<br>');
  const notes = [pen.words.sections[change.section], ...changeNotes(change, pen)].join('<br>');
  return `| ${symbols[change.action]} | ${what} | ${fields} | ${notes} |\n`;
}

function changeNotes(change: Change, pen: Pen): string[] {
  const { plan } = pen.words;
  const { action, blocked, means, previousAddress, since } = change;
  const reason = blocked === null ? '' : pen.words.blocks[blockKey(blocked, change.section)].reason;
  return [
    ...(blocked === null ? [] : [`**${plan.blocked}**: ${reason}`]),
    ...(action === 'record' || action === 'forget' ? [plan.actions[action]] : []),
    ...(means === 'guided' ? [plan.guided] : []),
    ...(means === 'deferred' ? [plan.deferredChange] : []),
    ...(previousAddress === undefined ? [] : [fillMarkdown(plan.previously, { address: previousAddress })]),
    ...(since === undefined ? [] : [fillMarkdown(plan.since, { since: momentText(since) })]),
  ];
}

function fieldCell(field: FieldChange, change: Change, pen: Pen): string {
  const notes = fieldNotes(field, change, pen.words).map((note) => ` *${note}*`);
  return `${markdownCode(field.field)}: ${valuesCell(field, change, pen.words)}${notes.join('')}`;
}

function valuesCell(field: FieldChange, change: Change, { plan }: Words): string {
  if (field.sensitive) return plan.secret;
  const after = field.unknown ? plan.unknown : valueCell(field.after, plan.absent);
  if (change.action === 'create') return after;
  return `${valueCell(field.before, plan.absent)} → ${after}`;
}

function valueCell(value: FieldChange['before'], absent: string): string {
  if (value === null) return absent;
  return value === '' ? '`""`' : markdownCode(String(value));
}

function formsBlock(forms: readonly GuidedForm[], pen: Pen): Block {
  const title = count(pen.lang, forms.length, pen.words.forms.title);
  return listBlock(
    title,
    formsMarkdown(forms, pen.lang).map((form) => `${form}\n`),
  );
}
