import type { Diagnostic, Lang, Snippet } from '../model/index.ts';
import { message } from './message.ts';
import { safeText } from './safe.ts';
import { plainStyle, type Style } from './style.ts';
import { words } from './words.ts';

/**
 * A diagnostic for people, as compilers show theirs:
 *
 * ```
 * error: Unknown field [unknown-field]
 *   --> clients/acme/client.yaml:12:5
 *    |
 * 12 |     nmae: Recepción
 *    |     ^^^^
 *   The field `nmae` does not exist in an extension.
 *   → Write `name`.
 * ```
 */
export function diagnosticText(diagnostic: Diagnostic, lang: Lang, style: Style = plainStyle): string {
  const { summary, detail, hint } = message(diagnostic, lang);
  const paint = diagnostic.severity === 'error' ? style.error : style.warn;
  const label = words[lang].severity[diagnostic.severity];
  return [
    `${paint(`${label}:`)} ${style.strong(summary)} ${style.dim(`[${diagnostic.code}]`)}`,
    ...whereLines(diagnostic, style),
    ...(diagnostic.snippet === undefined ? [] : snippetLines(diagnostic.snippet, paint, style)),
    ...indented(detail),
    ...(hint === '' ? [] : [`  → ${hint}`]),
  ].join('\n');
}

/** All diagnostics, with an empty line between them; empty where there are none. Errors keep their order. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  lang: Lang,
  style: Style = plainStyle,
): string {
  return diagnostics.map((diagnostic) => `${diagnosticText(diagnostic, lang, style)}\n`).join('\n');
}

/** `clients/acme/client.yaml:12:5`, or the file alone. Null where the diagnostic has no place in a file. */
export function placeOf(diagnostic: Diagnostic): string | null {
  if (diagnostic.range === undefined) return null;
  const { filename, start } = diagnostic.range;
  return `${safeText(filename)}:${start.line}:${start.column}`;
}

function whereLines(diagnostic: Diagnostic, style: Style): string[] {
  const place = placeOf(diagnostic);
  const address = diagnostic.address === undefined ? null : safeText(diagnostic.address);
  const where = [place, address].filter((part) => part !== null).join(' · ');
  return where === '' ? [] : [`  ${style.dim('-->')} ${where}`];
}

function snippetLines(snippet: Snippet, paint: Style['error'], style: Style): string[] {
  const number = String(snippet.startLine);
  const margin = ' '.repeat(number.length);
  const line = snippet.code.split('\n', 1)[0] ?? '';
  const before = shown(line.slice(0, snippet.highlightStart));
  const marked = shown(line.slice(snippet.highlightStart, snippet.highlightEnd));
  const caret = `${' '.repeat(width(before))}${paint('^'.repeat(Math.max(1, width(marked))))}`;
  const bar = style.dim('|');
  return [`${margin} ${bar}`, `${style.dim(number)} ${bar} ${shown(line)}`, `${margin} ${bar} ${caret}`];
}

function shown(source: string): string {
  return safeText(source.replace(/\t/g, '  '));
}

const segmenter = new Intl.Segmenter();

function width(text: string): number {
  return [...segmenter.segment(text)].length;
}

function indented(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `  ${line}`);
}
