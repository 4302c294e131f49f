import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Origin, Range, Snippet } from '../model/index.ts';
import { maskLine, type Span } from './mask.ts';
import { parseYaml, type YamlDocument } from './parse.ts';
import type { Path, Where } from './problem.ts';
import { decode, type Lines, lineAt, linesOf, lineText, rangeOf, type SourceText } from './text.ts';
import type { SourceFile } from './types.ts';

/** Longest piece of a line that a snippet shows. */
const MAX_SNIPPET = 200;

/** How far around a place a line is looked at for secrets. */
const MAX_CONTEXT = 2000;

/** A file opened for looking up places. */
export interface OpenFile {
  readonly filename: string;
  readonly source: SourceText;
  readonly lines: Lines;
  /** Parses at its first call: a place known by its offset needs no parse. Null where the file does not parse. */
  readonly document: () => YamlDocument | null;
}

export interface Place {
  readonly range: Range;
  readonly snippet: Snippet;
}

function openFile(filename: string, bytes: Uint8Array): OpenFile {
  const source = decode(bytes);
  let parsed: { readonly document: YamlDocument | null } | null = null;
  const document = () => {
    parsed ??= parseYaml(source.text);
    return parsed.document;
  };
  return { filename, source, lines: linesOf(source), document };
}

/** Opens files on demand and keeps the last few: questions about one file mostly come together. */
export function opener(sources: ReadonlyMap<string, SourceFile>): (filename: string) => OpenFile | null {
  const kept = new Map<string, OpenFile>();
  return (filename) => {
    const known = kept.get(filename);
    if (known !== undefined) return known;
    const file = sources.get(filename);
    if (file === undefined) return null;
    const opened = openFile(filename, file.bytes);
    const oldest = kept.keys().next().value;
    if (kept.size >= 8 && oldest !== undefined) kept.delete(oldest);
    kept.set(filename, opened);
    return opened;
  };
}

/** Range and snippet of one declared thing, found by parsing its file again. */
export function locate(origin: Origin, bytes: Uint8Array): Place {
  return placeOf(openFile(origin.filename, bytes), { path: origin.path, at: 'value' });
}

/** Range and snippet of a place; with `masked` its own text is hidden. Secrets on the line are hidden in any case. */
export function placeOf(file: OpenFile, where: Where, masked = false): Place {
  const { start, end } = 'path' in where ? find(file.document(), where.path, where.at) : where;
  const range = rangeOf(file.filename, file.source.text, file.lines, start, Math.max(start, end));
  return { range, snippet: snippetOf(file, start, Math.max(start, end), masked) };
}

function snippetOf(file: OpenFile, start: number, end: number, masked: boolean): Snippet {
  const { text } = file.source;
  const { starts } = file.lines;
  const line = lineAt(starts, start);
  const lineStart = starts[line] ?? 0;
  const from = Math.max(lineStart, start - MAX_CONTEXT);
  const code = lineText(text, starts, line).slice(from - lineStart, start + MAX_CONTEXT - lineStart);
  const highlight = { start: start - from, end: Math.max(start - from, Math.min(end - from, code.length)) };
  const parent = from === lineStart ? parentLine(file, line, code) : '';
  const vault = /(^|\/)secrets\.ya?ml$/.test(file.filename);
  const shown = maskLine(code, parent, highlight, masked ? highlight : null, vault);
  return { startLine: line + 1, ...cut(shown.code, shown) };
}

/** The nearest line above that is indented less: what a continued value belongs to. */
function parentLine(file: OpenFile, line: number, code: string): string {
  const indent = code.search(/\S|$/);
  for (let above = line - 1; above >= Math.max(0, line - 50); above -= 1) {
    const text = lineText(file.source.text, file.lines.starts, above);
    const content = text.search(/[^\s#]/);
    if (content !== -1 && content < indent) return text.slice(-MAX_CONTEXT);
  }
  return '';
}

/** A window of a long line around the highlight. */
function cut(code: string, highlight: Span): Omit<Snippet, 'startLine'> {
  const from =
    code.length <= MAX_SNIPPET ? 0 : Math.max(0, Math.min(highlight.start - 60, code.length - MAX_SNIPPET));
  const shown = code.slice(from, from + MAX_SNIPPET);
  const within = (offset: number) => Math.min(Math.max(offset - from, 0), shown.length);
  return { code: shown, highlightStart: within(highlight.start), highlightEnd: within(highlight.end) };
}

/**
 * Offsets of a path. `key` is the key itself; `value` is the value, or what leads to it where the value is a collection
 * or empty. A path that leaves the document ends at the last node on the way.
 */
function find(document: YamlDocument | null, path: Path, at: 'key' | 'value'): Span {
  let node: ParsedNode | null = document?.contents ?? null;
  let key: ParsedNode | null = null;
  for (const step of path) {
    const next = child(node, step);
    if (next === null) break;
    key = next.key;
    node = next.node;
  }
  if (at === 'key' && key !== null) return spanOf(key);
  if (node !== null && !isMap(node) && !isSeq(node) && node.range[1] > node.range[0]) return spanOf(node);
  if (key !== null) return spanOf(key);
  return firstOf(node);
}

function child(
  node: ParsedNode | null,
  step: string | number,
): { key: ParsedNode | null; node: ParsedNode | null } | null {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return item === undefined ? null : { key: null, node: item as ParsedNode | null };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => keyText(key) === String(step));
  return pair === undefined
    ? null
    : { key: pair.key as ParsedNode, node: (pair.value ?? null) as ParsedNode | null };
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}

/** A collection shows as its first key or item: its whole range would be many lines. */
function firstOf(node: ParsedNode | null): Span {
  if (node === null) return { start: 0, end: 0 };
  const first: unknown = isMap(node) ? node.items[0]?.key : isSeq(node) ? node.items[0] : undefined;
  if (first === undefined || first === null) return spanOf(node);
  return isScalar(first) && first.range != null ? spanOf(first as ParsedNode) : spanOf(node);
}

function spanOf(node: ParsedNode): Span {
  return { start: node.range[0], end: node.range[1] };
}
