import type { Check, Lang, VerifyReport } from '../model/index.ts';
import type { Block } from './budget.ts';
import { commentLimit, listBlock, withinRoom } from './comment.ts';
import { type DiagnosticJson, diagnosticsJson } from './diagnostic-json.ts';
import { diagnosticMarkdown } from './diagnostic-markdown.ts';
import { diagnosticText } from './diagnostic-text.ts';
import { type Fill, fill, fillMarkdown } from './fill.ts';
import { markdownCode, quoted, safeText } from './safe.ts';
import { type Paint, plainStyle, type Style } from './style.ts';
import { groupBy } from './view.ts';
import { count, type Words, words } from './words.ts';

type CheckName = Check['check'];
type CheckResult = Check['result'];

/** The order of the procedure that technicians follow by hand; the configuration goes before it. */
const checkOrder: readonly CheckName[] = [
  'configuration',
  'registration',
  'call',
  'call-flow',
  'outbound-caller-id',
  'internal-name',
];

const resultOrder: readonly CheckResult[] = ['passed', 'failed', 'unknown', 'manual', 'not-expected'];

const marks: Readonly<Record<CheckResult, string>> = {
  passed: '✓',
  failed: '✗',
  unknown: '?',
  manual: '☐',
  'not-expected': '·',
};

/** The proof that service works, in the order of the procedure. Ends with a newline. */
export function verifyText(report: VerifyReport, lang: Lang, style: Style = plainStyle): string {
  const { verify } = words[lang];
  const checks = report.clients.flatMap((client) => client.checks);
  const parts = report.clients.map((client) => [
    style.strong(safeText(client.client)),
    ...checksLines(client.checks, lang, style),
    ...client.diagnostics.flatMap((d) =>
      diagnosticText(d, lang, style)
        .split('\n')
        .map((line) => `  ${line}`),
    ),
  ]);
  const note = checks.some((check) => check.result === 'manual') ? [verify.manualNote] : [];
  const last = [...note, style.strong(`${verify.title}: ${countsLine(checks, lang)}`)];
  return [...parts, last].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function checksLines(checks: readonly Check[], lang: Lang, style: Style): string[] {
  const byName = groupBy(checks, ({ check }) => check);
  return checkOrder.flatMap((name) => {
    const found = byName.get(name) ?? [];
    if (found.length === 0) return [];
    const lines = found.map((check) => `    ${checkText(check, words[lang], style)}`);
    return [`  ${words[lang].verify.checks[name]}`, ...lines];
  });
}

function checkText(check: Check, { verify }: Words, style: Style): string {
  const paint = paintOf(check.result, style);
  const shown = check.evidence === '' ? [] : [evidenceText(check)];
  const notes = [...shown, ...notesOf(check, verify, fill)].map((note) => `  ${style.dim(note)}`);
  return `${paint(`${marks[check.result]} ${verify.results[check.result]}`)}  ${safeText(check.address)}${notes.join('')}`;
}

/** What we say about a check beside the target's own words. */
function notesOf({ expects, seen }: Check, verify: Words['verify'], filled: Fill): readonly string[] {
  return [
    ...(expects === undefined ? [] : [filled(verify.expects, { accounts: expects.join(', ') })]),
    ...(seen === undefined ? [] : [filled(verify.seen[seen], {})]),
  ];
}

/** The target's own words stand in quotes: they are in whatever language it speaks. Ours are names and signs. */
function evidenceText({ check, evidence }: Check): string {
  return check === 'registration' || check === 'call' ? quoted(evidence) : safeText(evidence);
}

function paintOf(result: CheckResult, style: Style): Paint {
  if (result === 'passed') return style.good;
  if (result === 'failed') return style.error;
  return result === 'not-expected' ? style.dim : style.warn;
}

/** Only results that occur; the point says that nothing else was looked at. */
function countsLine(checks: readonly Check[], lang: Lang): string {
  const { verify } = words[lang];
  if (checks.length === 0) return verify.nothing;
  const counts = resultOrder.flatMap((result) => {
    const n = checks.filter((check) => check.result === result).length;
    return n === 0 ? [] : [count(lang, n, verify.resultCounts[result])];
  });
  return `${counts.join(', ')}.`;
}

/** The first line of every comment that reports a verification. */
export const verifyMarker = '<!-- alta:verify -->';

/** The same as a comment; at most `limit` characters, whole rows only. */
export function verifyMarkdown(report: VerifyReport, lang: Lang, limit = commentLimit): string {
  const { verify } = words[lang];
  const checks = report.clients.flatMap((client) => client.checks);
  const note = checks.some((check) => check.result === 'manual') ? `\n${verify.manualNote}\n` : '';
  const head = `${verifyMarker}\n### ${verify.title}: ${countsLine(checks, lang)}\n${note}`;
  const problems = report.clients.flatMap((client) => client.diagnostics);
  const rows = problems.map((diagnostic) => `- ${diagnosticMarkdown(diagnostic, lang)}`);
  const blocks = [
    listBlock(words[lang].plan.problems, rows),
    ...report.clients.map((client) => checksBlock(client.client, client.checks, lang)),
  ].filter((block) => block.rows.length > 0);
  return `${head}${withinRoom(blocks, limit - head.length, lang)}`;
}

function checksBlock(client: string, checks: readonly Check[], lang: Lang): Block {
  const { verify, plan } = words[lang];
  const byName = groupBy(checks, ({ check }) => check);
  const rows = checkOrder.flatMap((name) =>
    (byName.get(name) ?? []).map((check) => {
      const result = `${marks[check.result]} ${verify.results[check.result]}`;
      const proof = [markdownCode(check.evidence), ...notesOf(check, verify, fillMarkdown)];
      const evidence = proof.filter((part) => part !== '').join(' · ');
      const cells = [verify.checks[name], markdownCode(check.address), result, evidence];
      return `| ${cells.join(' | ')} |\n`;
    }),
  );
  const head = `| | ${plan.what} | ${words[lang].apply.result} | ${verify.evidence} |\n|---|---|---|---|\n`;
  return { open: `\n${markdownCode(client)}\n\n${head}`, rows, close: '' };
}

/** The JSON face of a verification: `schemas/report.schema.json`. */
export interface VerifyJson {
  readonly format_version: '1.0';
  readonly alta_version: string;
  readonly started_at: string;
  readonly ended_at: string;
  /** No check failed. What is unknown or left to a person is counted apart, never as passed. */
  readonly passed: boolean;
  readonly counts: Readonly<Record<CheckResult, number>>;
  readonly clients: readonly {
    readonly client: string;
    readonly checks: readonly Check[];
    readonly diagnostics: readonly DiagnosticJson[];
  }[];
}

export function verifyJson(report: VerifyReport, lang: Lang): VerifyJson {
  const checks = report.clients.flatMap((client) => client.checks);
  const of = (result: CheckResult): number => checks.filter((check) => check.result === result).length;
  const counts = Object.fromEntries(resultOrder.map((result) => [result, of(result)]));
  return {
    format_version: '1.0',
    alta_version: report.alta_version,
    started_at: report.startedAt,
    ended_at: report.endedAt,
    passed: of('failed') === 0,
    counts: counts as Record<CheckResult, number>,
    clients: report.clients.map(({ client, checks, diagnostics }) => {
      return { client, checks, diagnostics: diagnosticsJson(diagnostics, lang) };
    }),
  };
}
