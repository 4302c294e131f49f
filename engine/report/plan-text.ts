import type { Action, Change, FieldChange, GuidedForm, Lang, Plan, TargetPlan } from '../model/index.ts';
import { fill } from './fill.ts';
import { formsText } from './forms.ts';
import { fieldName, labelOf, momentText, noChangeText, shortTarget, totalsLine } from './phrases.ts';
import { quoted, safeText } from './safe.ts';
import { type Paint, plainStyle, type Style } from './style.ts';
import {
  type BlockGroup,
  blockKey,
  type ClientView,
  type PlanView,
  type TargetView,
  viewOf,
} from './view.ts';
import { count, type Words, words } from './words.ts';

/** What a plan is shown with. */
export interface PlanShow {
  readonly lang: Lang;
  readonly style?: Style;
  readonly forms?: readonly GuidedForm[];
}

/** The words, marks and language of one rendering. */
interface Pen {
  readonly lang: Lang;
  readonly words: Words;
  readonly style: Style;
}

/** How many names of a long list are printed before "and N more". */
const listed = 5;

/**
 * The plan for a terminal: by client, target and section, then what is blocked and the way out, then the counts. Diagnostics are
 * not part of it. Ends with a newline.
 */
export function planText(plan: Plan, show: PlanShow): string {
  const pen: Pen = { lang: show.lang, words: words[show.lang], style: show.style ?? plainStyle };
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
  return [
    pen.style.strong(safeText(client.client)),
    ...client.targets.flatMap((view) => targetLines(view, pen)),
  ];
}

function targetLines(view: TargetView, pen: Pen): string[] {
  const inside = [
    ...warningLines(view.target, pen),
    ...view.sections.flatMap(({ section, changes }) => [
      pen.style.dim(pen.words.sections[section]),
      ...changes.flatMap((change) => indent(changeLines(change, pen))),
    ]),
    ...foreignLines(view, pen),
    ...view.unverifiable.map(({ code, field, addresses }) => {
      const why = pen.words.unverifiable[code];
      return `· ${count(pen.lang, addresses.length, pen.words.plan.notCompared, { field: fieldName(field, pen.lang), why })}`;
    }),
  ];
  return indent([targetTitle(view.target, pen), ...indent(inside)]);
}

function targetTitle(target: TargetPlan, pen: Pen): string {
  const facts = [target.driver, target.url, target.edition].filter((fact) => fact !== null).map(safeText);
  const state = target.status === 'read' ? [] : [pen.style.warn(pen.words.status[target.status])];
  return `${pen.style.strong(safeText(shortTarget(target.address)))}  ${[pen.style.dim(facts.join(' · ')), ...state].join(' · ')}`;
}

function warningLines(target: TargetPlan, pen: Pen): string[] {
  const { plan } = pen.words;
  const texts = [
    ...(target.insecure === undefined ? [] : [fill(plan.insecure, { reason: target.insecure })]),
    ...(target.commit === 'after-writes' ? [plan.commitAfterWrites] : []),
    ...(target.commit === 'pending-from-before' ? [plan.commitPending] : []),
  ];
  return texts.map((text) => `${pen.style.warn('!')} ${text}`);
}

/** `+` create, `~` change, `-` delete, `±` something of Alta's own state. */
export const symbols: Readonly<Record<Action, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  record: '±',
  forget: '±',
};

function paintOf(action: Action, style: Style): Paint {
  const paints = { create: style.add, update: style.change, delete: style.remove } as const;
  return action === 'record' || action === 'forget' ? style.dim : paints[action];
}

function changeLines(change: Change, pen: Pen): string[] {
  const paint = paintOf(change.action, pen.style);
  const title = `${paint(`${symbols[change.action]} ${labelOf(change, pen.lang)}`)}`;
  const notes = notesOf(change, pen);
  const blocked = change.blocked === null ? [] : [blockNote(change, pen)];
  const head = [title, ...notes.map((note) => pen.style.dim(note)), ...blocked].join('  ');
  return [head, ...indent(indent(fieldLines(change, pen)))];
}

function blockNote(change: Change, pen: Pen): string {
  if (change.blocked === null) return '';
  const { reason } = pen.words.blocks[blockKey(change.blocked, change.section)];
  return pen.style.error(`✗ ${pen.words.plan.blocked}: ${reason}`);
}

/** What is worth knowing of a change beside its fields. */
function notesOf(change: Change, pen: Pen): string[] {
  const { plan } = pen.words;
  const { action, means, previousAddress, since } = change;
  return [
    ...(action === 'record' || action === 'forget' ? [plan.actions[action]] : []),
    ...(means === 'guided' ? [plan.guided] : []),
    ...(means === 'deferred' ? [plan.deferredChange] : []),
    ...(previousAddress === undefined ? [] : [fill(plan.previously, { address: previousAddress })]),
    ...(since === undefined ? [] : [fill(plan.since, { since: momentText(since) })]),
  ];
}

function fieldLines(change: Change, pen: Pen): string[] {
  const width = Math.max(0, ...change.fields.map(({ field }) => field.length));
  return change.fields.map((field) => {
    const notes = fieldNotes(field, change, pen.words).map((note) => `  ${pen.style.dim(note)}`);
    return `${safeText(field.field).padEnd(width)}  ${fieldValue(field, change, pen.words)}${notes.join('')}`;
  });
}

/** `old → new`, or only the new value where there was nothing before. */
function fieldValue(field: FieldChange, change: Change, { plan }: Words): string {
  if (field.sensitive) return plan.secret;
  const after = field.unknown ? plan.unknown : valueText(field.after, plan.absent);
  if (change.action === 'create') return after;
  return `${valueText(field.before, plan.absent)} → ${after}`;
}

function valueText(value: FieldChange['before'], absent: string): string {
  if (value === null) return absent;
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** What sets a field apart from the rest of its change. */
export function fieldNotes(field: FieldChange, change: Change, { plan }: Words): string[] {
  return [
    ...(field.why === 'goes-back' ? [plan.goesBack] : []),
    ...(field.why === 'unconfirmed' ? [plan.unconfirmed] : []),
    ...(field.why === 'drift' && change.section !== 'drift' ? [plan.driftField] : []),
    ...(field.guided && change.means !== 'guided' ? [plan.guidedField] : []),
  ];
}

function foreignLines(view: TargetView, pen: Pen): string[] {
  if (view.foreign.length === 0) return [];
  const names = view.foreign.slice(0, listed).map(({ key, name }) => {
    return name === '' ? safeText(key) : `${safeText(key)} ${quoted(name)}`;
  });
  const rest = view.foreign.length - names.length;
  const tail = rest > 0 ? [count(pen.lang, rest, pen.words.plan.more)] : [];
  return [
    `· ${count(pen.lang, view.foreign.length, pen.words.plan.foreign)}: ${[...names, ...tail].join(', ')}`,
  ];
}

function quietLines(view: PlanView, pen: Pen): string[] {
  const quiet = view.clients.filter((client) => client.quiet);
  if (quiet.length === 0 || view.clients.length === 1) return [];
  const names = quiet.slice(0, listed).map(({ client }) => safeText(client));
  const rest = quiet.length - names.length;
  const tail = rest > 0 ? [count(pen.lang, rest, pen.words.plan.more)] : [];
  return [
    `${count(pen.lang, quiet.length, pen.words.plan.unchangedClients)}: ${[...names, ...tail].join(', ')}`,
  ];
}

function blockLines(blocks: readonly BlockGroup[], pen: Pen): string[] {
  const blocked = blocks.reduce((sum, { addresses }) => sum + addresses.length, 0);
  if (blocked === 0) return [];
  const groups = blocks.flatMap(({ key, params, addresses }) => {
    const { reason, wayOut } = pen.words.blocks[key];
    const names = addresses.slice(0, listed).map(safeText);
    const rest = addresses.length - names.length;
    const tail = rest > 0 ? [count(pen.lang, rest, pen.words.plan.more)] : [];
    return [
      `✗ ${addresses.length} × ${reason}`,
      ...indent([pen.style.dim([...names, ...tail].join(', ')), `→ ${fill(wayOut, params)}`]),
    ];
  });
  return [pen.style.error(count(pen.lang, blocked, pen.words.plan.blockedTitle)), ...indent(groups)];
}

function closingLines(view: PlanView, pen: Pen): string[] {
  const { totals } = view;
  const { plan } = pen.words;
  const four = (['changes', 'deferred', 'pending', 'unverifiable'] as const)
    .map((name) => count(pen.lang, totals[name], plan[name]))
    .join(' · ');
  const still = noChangeText(view, pen.lang);
  if (still !== null) return [pen.style.strong(still), pen.style.dim(four)];
  return [pen.style.dim(four), pen.style.strong(`${plan.title}: ${totalsLine(totals, pen.lang)}.`)];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
