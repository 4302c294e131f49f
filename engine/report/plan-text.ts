import type { GuidedForm, Lang, Plan, TargetPlan } from '../model/index.ts';
import { changeLines, indent, type Pen } from './change-text.ts';
import { fill } from './fill.ts';
import { formsText } from './forms.ts';
import { targetWarnings } from './notes.ts';
import { countsLine, fieldName, listing, noChangeText, shortTarget, totalsLine } from './phrases.ts';
import { quoted, safeText } from './safe.ts';
import { plainStyle, type Style } from './style.ts';
import { type BlockGroup, type ClientView, type PlanView, type TargetView, viewOf } from './view.ts';
import { count, words } from './words.ts';

/** What a plan is shown with. */
export interface PlanShow {
  readonly lang: Lang;
  readonly style?: Style;
  readonly forms?: readonly GuidedForm[];
}

/**
 * The plan for a terminal: by client, target and section, then what is blocked and the way out, then the counts. Diagnostics are
 * not part of it. Ends with a newline.
 */
export function planText(plan: Plan, show: PlanShow): string {
  const pen: Pen = {
    lang: show.lang,
    words: words[show.lang],
    style: show.style ?? plainStyle,
    at: plan.createdAt,
  };
  const view = viewOf(plan);
  const parts = [
    plan.partial ? [pen.style.warn(pen.words.plan.partial)] : [],
    ...view.clients.filter((client) => !client.quiet).map((client) => clientLines(client, pen)),
    quietLines(view, pen),
    blockLines(view.blocks, pen),
    formsText(show.forms ?? [], show.lang, pen.style),
    closingLines(view, pen),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function clientLines(client: ClientView, pen: Pen): string[] {
  const targets = client.targets.flatMap((view) => indent(targetLines(view, pen)));
  return [pen.style.strong(safeText(client.client)), ...targets];
}

function targetLines(view: TargetView, pen: Pen): string[] {
  const warnings = targetWarnings(view.target, pen.words, fill);
  const inside = [
    ...warnings.map((text) => `${pen.style.warn('!')} ${text}`),
    ...view.sections.flatMap(({ section, changes }) => [
      pen.style.dim(pen.words.sections[section]),
      ...changes.flatMap((change) => indent(changeLines(change, pen))),
    ]),
    ...foreignLines(view, pen),
    ...unverifiableLines(view, pen),
  ];
  return [targetTitle(view.target, pen), ...indent(inside)];
}

function targetTitle(target: TargetPlan, pen: Pen): string {
  const facts = [target.driver, target.url, target.edition].flatMap((fact) => (fact ? [safeText(fact)] : []));
  const status = target.status === 'read' ? [] : [pen.style.warn(pen.words.status[target.status])];
  const name = pen.style.strong(safeText(shortTarget(target.address)));
  return `${name}  ${[pen.style.dim(facts.join(' · ')), ...status].join(' · ')}`;
}

function foreignLines({ foreign }: TargetView, pen: Pen): string[] {
  if (foreign.length === 0) return [];
  const names = listing(foreign, pen.lang, ({ key, name }) => {
    return name === '' ? safeText(key) : `${safeText(key)} ${quoted(name)}`;
  });
  return [`· ${count(pen.lang, foreign.length, pen.words.plan.foreign)}: ${names}`];
}

function unverifiableLines({ unverifiable }: TargetView, pen: Pen): string[] {
  return unverifiable.map(({ code, field, addresses }) => {
    const params = { field: fieldName(field, pen.lang), why: pen.words.unverifiable[code] };
    return `· ${count(pen.lang, addresses.length, pen.words.plan.notCompared, params)}`;
  });
}

function quietLines(view: PlanView, pen: Pen): string[] {
  const quiet = view.clients.filter((client) => client.quiet);
  if (quiet.length === 0 || view.clients.length === 1) return [];
  const names = listing(quiet, pen.lang, ({ client }) => safeText(client));
  return [`${count(pen.lang, quiet.length, pen.words.plan.unchangedClients)}: ${names}`];
}

function blockLines(blocks: readonly BlockGroup[], pen: Pen): string[] {
  const blocked = blocks.reduce((sum, { addresses }) => sum + addresses.length, 0);
  if (blocked === 0) return [];
  const groups = blocks.flatMap(({ key, params, addresses }) => {
    const { reason, wayOut } = pen.words.blocks[key];
    const names = pen.style.dim(listing(addresses, pen.lang, safeText));
    return [`✗ ${addresses.length} × ${reason}`, ...indent([names, `→ ${fill(wayOut, params)}`])];
  });
  return [pen.style.error(count(pen.lang, blocked, pen.words.plan.blockedTitle)), ...indent(groups)];
}

function closingLines(view: PlanView, pen: Pen): string[] {
  const counts = pen.style.dim(countsLine(view.totals, pen.lang));
  const still = noChangeText(view, pen.lang);
  if (still !== null) return [pen.style.strong(still), counts];
  const totals = totalsLine(view.totals, pen.lang);
  return [counts, pen.style.strong(`${pen.words.plan.title}: ${totals}.`)];
}
