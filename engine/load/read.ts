import { createHash } from 'node:crypto';
import { isScalar } from 'yaml';
import { parseYaml, type YamlDocument } from './parse.ts';
import { type PlainMap, toPlain } from './plain.ts';
import { type Path, type Problem, problemAt, problemIn } from './problem.ts';
import { repair } from './repair.ts';
import { type FileKind, schemaErrors, schemaVersion } from './schema.ts';
import { decode, MAX_FILE_BYTES } from './text.ts';
import { problemsOf } from './translate.ts';
import type { ParseCache, SourceFile } from './types.ts';

/** One file after parsing and validation. */
export interface FileReading {
  readonly filename: string;
  readonly sha256: string;
  /** Plain data; where the schema has errors, with the wrong values taken out. Null where the file cannot be read. */
  readonly data: PlainMap | null;
  readonly problems: readonly Problem[];
}

/** Most problems shown of one file. */
const MAX_PROBLEMS = 100;

/** With more schema errors than this a file is not what it should be, and its data are not looked at any further. */
const MAX_SCHEMA_ERRORS = 1000;

/** Decodes, parses and validates one file. Never throws on its content. */
export function readFile(kind: FileKind, file: SourceFile, cache: ParseCache | undefined): FileReading {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const base = { filename: file.filename, sha256 };
  const size = file.size ?? file.bytes.length;
  if (size > MAX_FILE_BYTES) {
    const params = { size, limit: MAX_FILE_BYTES };
    return { ...base, data: null, problems: [problemIn('file-too-large', params, 0, 0)] };
  }
  const key = `${kind}:${sha256}:${schemaVersion()}`;
  const cached = cache?.get(key);
  if (isMap(cached)) return { ...base, data: cached, problems: [] };
  const { data, problems } = readBytes(kind, file.bytes);
  if (problems.length === 0) cache?.set(key, data);
  return { ...base, data, problems: capped(problems) };
}

function readBytes(kind: FileKind, bytes: Uint8Array): Pick<FileReading, 'data' | 'problems'> {
  const source = decode(bytes);
  if (source.invalid !== null) {
    const at = source.text.indexOf('\uFFFD');
    return { data: null, problems: [problemIn('file-not-utf8', { offset: source.invalid }, at, at + 1)] };
  }
  const bom: Problem[] = source.bom
    ? [{ severity: 'warning', code: 'file-bom', params: {}, where: { start: 0, end: 0 } }]
    : [];
  const parsed = parseYaml(source.text);
  if (parsed.document === null) return { data: null, problems: [...bom, parsed.problem] };
  const { data, problems } = validate(kind, parsed.document);
  return { data, problems: [...bom, ...problems] };
}

function validate(kind: FileKind, document: YamlDocument): Pick<FileReading, 'data' | 'problems'> {
  const { data, problems: structural } = toPlain(document);
  const unusable = structural.filter(({ code }) => code === 'yaml-aliases' || code === 'yaml-depth');
  if (unusable.length > 0) return { data: null, problems: unusable };
  const sourceOf = (path: Path) => scalarSource(document, path);
  const errors = schemaErrors(kind, data);
  const known = new Set(structural.map(placeText));
  const wrong = problemsOf(errors.slice(0, MAX_SCHEMA_ERRORS), data, sourceOf).filter(
    (problem) => !known.has(placeText(problem)),
  );
  const usable = isMap(data) && errors.length <= MAX_SCHEMA_ERRORS;
  return { data: usable ? repair(data, wrong, sourceOf) : null, problems: [...structural, ...wrong] };
}

/** Says whether two problems are about one place. */
function placeText({ where }: Problem): string {
  return JSON.stringify('path' in where ? where.path : [where.start, where.end]);
}

/** A scalar as it is written in the file. */
function scalarSource(document: YamlDocument, path: Path): string | undefined {
  const node = document.getIn(path, true);
  return isScalar(node) ? node.source : undefined;
}

function capped(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const more = problemAt('more-problems', { count: problems.length - MAX_PROBLEMS }, []);
  return [...problems.slice(0, MAX_PROBLEMS), more];
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
