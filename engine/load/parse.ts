import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser, type YAMLParseError } from 'yaml';
import { type Problem, problemIn } from './problem.ts';

/** How deeply data may be nested. */
export const MAX_DEPTH = 32;

/**
 * Most lexical tokens in one file, about 2.5 MB of ordinary YAML. Time and memory of the parser follow the tokens, not
 * the bytes, so this bounds both for any input.
 */
const MAX_LEXEMES = 1_500_000;

/** The syntax parser holds at most two open tokens for each level of nesting, and a few of its own. */
const MAX_OPEN_TOKENS = 2 * MAX_DEPTH + 8;

/** Tags that the core schema does not know are only warnings to the parser. */
const TAG_PROBLEMS: ReadonlySet<string> = new Set(['TAG_RESOLVE_FAILED', 'BAD_COLLECTION_TYPE']);

export type YamlDocument = Document.Parsed<ParsedNode>;

export type Parsed =
  | { readonly document: YamlDocument; readonly problem: null }
  | { readonly document: null; readonly problem: Problem };

/** Stops a parser from inside its own error callback. */
class Stop extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super('stop');
    this.problem = problem;
  }
}

/**
 * Parses one YAML document. The first syntax error ends it: those after it are mostly its consequences, and a file of
 * garbage must not cost more than a good one. Duplicate keys and aliases are looked at later, in {@link toPlain}.
 */
export function parseYaml(text: string): Parsed {
  try {
    return compose(tokenise(text), text);
  } catch (error) {
    if (error instanceof Stop) return { document: null, problem: error.problem };
    throw error;
  }
}

function tokenise(text: string): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    lexemes += 1;
    if (parser.stack.length > MAX_OPEN_TOKENS)
      stopAt(text, parser.offset, 'yaml-depth', { limit: MAX_DEPTH });
    if (lexemes > MAX_LEXEMES) stopAt(text, parser.offset, 'yaml-too-long', { limit: MAX_LEXEMES });
    const last = tokens.at(-1)?.type;
    if (last === 'error' || (last === 'document' && documentCount(tokens) > 1)) break;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** Two documents are as many as anybody looks at. */
function documentCount(tokens: readonly CST.Token[]): number {
  return tokens.filter(({ type }) => type === 'document').length;
}

function stopAt(
  text: string,
  offset: number,
  code: 'yaml-depth' | 'yaml-too-long',
  params: { limit: number },
): never {
  const start = Math.min(offset, Math.max(0, text.length - 1));
  throw new Stop(problemIn(code, params, start, start + 1));
}

function compose(tokens: readonly CST.Token[], text: string): Parsed {
  const composer = new Composer<ParsedNode>({
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  stopAtFirstError(composer, text);
  let document: YamlDocument | null = null;
  for (const token of tokens) {
    for (const composed of composer.next(token)) document = only(document, composed);
  }
  for (const composed of composer.end()) document = only(document, composed);
  const error = document?.errors[0] ?? composer.streamInfo().errors[0];
  if (error !== undefined) throw new Stop(syntaxProblem(error, text));
  if (document === null || isBlank(document, text)) {
    return { document: null, problem: problemIn('file-empty', {}, 0, 0) };
  }
  return { document, problem: null };
}

/**
 * The composer makes an error object for every mistake before anybody can look, a million for a file of commas. Its
 * callback is a plain property; where a later version renames it, the result is the same and only slower. What it throws
 * comes back to it once, as an error of the node around: the first stop holds.
 */
function stopAtFirstError(composer: Composer<ParsedNode>, text: string): void {
  let warnings = 0;
  let stop: Stop | null = null;
  const onError = (source: unknown, code: YAMLParseError['code'], message: string, warning?: boolean) => {
    if (warning === true && !TAG_PROBLEMS.has(code)) {
      warnings += 1;
      if (warnings < 100) return;
    }
    stop ??= new Stop(syntaxProblem({ code, message, pos: errorPosition(source) }, text));
    throw stop;
  };
  Reflect.set(composer, 'onError', onError);
}

function errorPosition(source: unknown): [number, number] {
  if (typeof source === 'number') return [source, source + 1];
  if (Array.isArray(source)) return [Number(source[0]), Number(source[1])];
  if (typeof source !== 'object' || source === null) return [0, 1];
  const { offset, source: lexeme } = source as { offset?: number; source?: string };
  return [offset ?? 0, (offset ?? 0) + (lexeme?.length ?? 1)];
}

function only(before: YamlDocument | null, next: YamlDocument): YamlDocument {
  if (before === null) return next;
  throw new Stop(problemIn('yaml-documents', {}, next.range[0], next.range[0] + 3));
}

/** A file of comments parses to one empty scalar. */
function isBlank(document: YamlDocument, text: string): boolean {
  const { contents } = document;
  if (contents === null) return true;
  const [start, end] = contents.range;
  return start === end && text.slice(start).trim() === '' && contents.tag === undefined;
}

function syntaxProblem(error: Pick<YAMLParseError, 'code' | 'message' | 'pos'>, text: string): Problem {
  const start = Math.max(0, Math.min(error.pos[0], text.length));
  const end = Math.max(start + 1, Math.min(error.pos[1], text.length));
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return problemIn('yaml-tab', {}, start, end);
    case 'BAD_INDENT':
      return unclosedAbove(text, start) ?? problemIn('yaml-indent', {}, start, end);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return colonProblem(text, start, end);
    case 'BAD_DQ_ESCAPE':
      return problemIn('yaml-escape', {}, start, end);
    case 'MISSING_CHAR':
      return problemIn('yaml-missing-character', {}, start, end);
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return problemIn('yaml-tag', { tag: text.slice(start, Math.min(end, start + 60)) }, start, end);
    case 'BAD_SCALAR_START':
      return problemIn('yaml-start', { character: text.charAt(start) }, start, start + 1);
    case 'MULTILINE_IMPLICIT_KEY':
      return problemIn('yaml-missing-colon', {}, start, start + 1);
    default:
      return isTabbed(text, start)
        ? problemIn('yaml-tab', {}, start, end)
        : problemIn('yaml-syntax', { rule: error.code }, start, end);
  }
}

/** A bracket left open shows up as the wrong indentation of the next line. */
function unclosedAbove(text: string, offset: number): Problem | null {
  const above = text.slice(0, text.lastIndexOf('\n', offset - 1) + 1).trimEnd();
  const line = above.slice(above.lastIndexOf('\n') + 1);
  const open = (line.match(/[{[]/g)?.length ?? 0) - (line.match(/[}\]]/g)?.length ?? 0);
  return open > 0 ? problemIn('yaml-missing-character', {}, above.length - 1, above.length) : null;
}

/** A key inside a value: a second colon in its line, or the next line indented too far. */
function colonProblem(text: string, start: number, end: number): Problem {
  const lineEnd = text.indexOf('\n', start);
  const rest = lineEnd === -1 ? text.slice(start) : text.slice(start, lineEnd);
  if (lineEnd === -1 || /:(\s|$)/.test(rest)) return problemIn('yaml-colon', {}, start, end);
  const next = lineEnd + 1 + text.slice(lineEnd + 1).search(/\S|$/);
  return problemIn('yaml-indent', {}, next, next + 1);
}

/** Whether the line of an offset is indented with a tab: the usual reason of an unexpected token there. */
function isTabbed(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset + 1);
  return /^ *\t/.test(line);
}
