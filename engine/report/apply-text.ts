import type {
  ApplyReport,
  ClientReport,
  Lang,
  StepReport,
  StepResult,
  TargetReport,
} from '../model/index.ts';
import { diagnosticText } from './diagnostic-text.ts';
import { fill } from './fill.ts';
import { formsText } from './forms.ts';
import { labelOf, shortTarget } from './phrases.ts';
import { safeText } from './safe.ts';
import { type Paint, plainStyle, type Style } from './style.ts';
import { blockKey, blockParams, countVanished, groupBy } from './view.ts';
import { count, type Words, words } from './words.ts';

interface Pen {
  readonly lang: Lang;
  readonly words: Words;
  readonly style: Style;
  /** Steps of the client at hand that are about something vanished. */
  readonly vanished: number;
}

/** In the order they are counted: what went well first. */
export const resultOrder: readonly StepResult[] = [
  'done',
  'recorded',
  'pending',
  'deferred',
  'blocked',
  'unconfirmed',
  'skipped',
  'failed',
];

/** What an apply did, client by client, target by target; last line: the counts. Ends with a newline. */
export function applyText(report: ApplyReport, lang: Lang, style: Style = plainStyle): string {
  const pen: Pen = { lang, words: words[lang], style, vanished: 0 };
  const { apply } = pen.words;
  const steps = report.clients.flatMap((client) => client.steps);
  const parts = [
    ...report.clients.map((client) => clientLines(client, { ...pen, vanished: countVanished(client.steps) })),
    formsText(
      report.clients.flatMap((client) => client.forms),
      lang,
      style,
    ),
    report.diagnostics.map((diagnostic) => diagnosticText(diagnostic, lang, style)),
    [
      ...(report.overrideReason === null ? [] : [fill(apply.override, { reason: report.overrideReason })]),
      ...(report.interrupted ? [style.warn(apply.interrupted)] : []),
      style.strong(steps.length === 0 ? apply.nothing : `${apply.result}: ${resultsLine(steps, lang)}.`),
    ],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** `3 done, 1 failed`: only results that occur. */
export function resultsLine(steps: readonly StepReport[], lang: Lang): string {
  const byResult = groupBy(steps, (step) => step.result);
  return resultOrder
    .flatMap((result) => {
      const n = byResult.get(result)?.length ?? 0;
      return n === 0 ? [] : [count(lang, n, words[lang].apply.resultCounts[result])];
    })
    .join(', ');
}

function clientLines(client: ClientReport, pen: Pen): string[] {
  const steps = groupBy(client.steps, (step) => step.target);
  const { apply } = pen.words;
  const known = new Set(client.targets.map((target) => target.address));
  const astray = [...steps.keys()].filter((address) => !known.has(address));
  const state = client.state === 'unchanged' ? [] : [statePaint(client, pen)(apply.state[client.state])];
  return [
    pen.style.strong(safeText(client.client)),
    ...client.targets.flatMap((target) => targetLines(target, steps.get(target.address) ?? [], pen)),
    ...astray.flatMap((address) =>
      indent([safeText(address), ...indent(stepsLines(steps.get(address) ?? [], pen))]),
    ),
    ...indent(client.diagnostics.flatMap((diagnostic) => diagnosticLines(diagnostic, pen))),
    ...indent(state),
  ];
}

function statePaint(client: ClientReport, pen: Pen): Paint {
  return client.state === 'saved' ? pen.style.dim : pen.style.error;
}

function targetLines(target: TargetReport, steps: readonly StepReport[], pen: Pen): string[] {
  const inside = [
    ...stepsLines(steps, pen),
    ...commitLines(target, pen),
    ...convergedLines(target, steps, pen),
    ...target.diagnostics.flatMap((diagnostic) => diagnosticLines(diagnostic, pen)),
  ];
  if (inside.length === 0) return [];
  const title = `${pen.style.strong(safeText(shortTarget(target.address)))}  ${pen.style.dim(safeText(target.driver))}`;
  return indent([title, ...indent(inside)]);
}

function commitLines(target: TargetReport, pen: Pen): string[] {
  const text = pen.words.apply.commit[target.commit];
  if (text === '') return [];
  return [target.commit === 'done' ? `· ${text}` : pen.style.error(`✗ ${text}`)];
}

function convergedLines(target: TargetReport, steps: readonly StepReport[], pen: Pen): string[] {
  const { apply } = pen.words;
  if (target.converged === true) return [`· ${pen.style.good(apply.converged)}`];
  if (target.converged === null) return steps.some(isWritten) ? [`· ${apply.notReread}`] : [];
  const names = target.remaining.map(safeText).join(', ');
  return [pen.style.error(`✗ ${count(pen.lang, target.remaining.length, apply.remaining)} ${names}`)];
}

function isWritten(step: StepReport): boolean {
  return step.result === 'done' || step.result === 'unconfirmed';
}

function stepsLines(steps: readonly StepReport[], pen: Pen): string[] {
  return steps.flatMap((step) => stepLines(step, pen));
}

const marks: Readonly<Record<StepResult, string>> = {
  done: '✓',
  recorded: '✓',
  pending: '…',
  deferred: '…',
  blocked: '✗',
  unconfirmed: '?',
  skipped: '·',
  failed: '✗',
};

function paintOf(result: StepResult, style: Style): Paint {
  if (result === 'done' || result === 'recorded') return style.good;
  return result === 'failed' || result === 'blocked' ? style.error : style.warn;
}

function stepLines(step: StepReport, pen: Pen): string[] {
  const paint = paintOf(step.result, pen.style);
  const title = `${paint(`${marks[step.result]} ${stepVerb(step, pen.words)}`)}  ${labelOf({ kind: step.kind, key: keyOf(step) }, pen.lang)}`;
  const fields = step.fields.length === 0 ? '' : `  ${pen.style.dim(step.fields.map(safeText).join(', '))}`;
  return [`${title}${fields}`, ...indent(indent(stepNotes(step, pen)))];
}

/** The key at the end of the address, whatever characters it holds. */
function keyOf({ address, kind }: StepReport): string {
  const marker = `/${kind}:`;
  const at = address.indexOf(marker);
  return at === -1 ? address : address.slice(at + marker.length);
}

/** `created` of what is done, `create: failed` of what is not. */
export function stepVerb(step: StepReport, { apply }: Words): string {
  const done = step.result === 'done' || step.result === 'recorded';
  return done ? apply.done[step.action] : `${apply.todo[step.action]}: ${apply.results[step.result]}`;
}

function stepNotes(step: StepReport, pen: Pen): string[] {
  const blocked = step.blocked === undefined ? [] : blockLines(step.blocked, step, pen);
  const written = step.written === undefined ? [] : [pen.words.apply.written[step.written]];
  const diagnostic = step.diagnostic === undefined ? [] : diagnosticLines(step.diagnostic, pen);
  return [...blocked, ...diagnostic, ...written];
}

function blockLines(block: NonNullable<StepReport['blocked']>, step: StepReport, pen: Pen): string[] {
  const { reason, wayOut } = pen.words.blocks[blockKey(block, step.section)];
  return [reason, `→ ${fill(wayOut, blockParams(block, pen.vanished))}`];
}

function diagnosticLines(diagnostic: StepReport['diagnostic'], pen: Pen): string[] {
  return diagnostic === undefined ? [] : diagnosticText(diagnostic, pen.lang, pen.style).split('\n');
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
