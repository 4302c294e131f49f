import type { Diagnostic } from '../model/index.ts';
import { type OpenFile, opener, placeOf } from './place.ts';
import type { Problem } from './problem.ts';
import type { Finding, SourceFile } from './types.ts';

/** The problems of one file, found while reading it. */
export interface Located {
  readonly file: SourceFile;
  readonly problems: readonly Problem[];
}

/** Looks up the places of all problems, opening each file once, and sorts them by file and line. */
export function toDiagnostics(
  readings: readonly Located[],
  findings: readonly Finding[],
  sources: ReadonlyMap<string, SourceFile>,
): readonly Diagnostic[] {
  const open = opener(sources);
  const own = readings.flatMap(({ file, problems }) =>
    problems.map((problem) => problemDiagnostic(problem, open(file.filename))),
  );
  const cross = findings.map((finding) => findingDiagnostic(finding, open));
  return [...own, ...cross].sort(byPlace);
}

function problemDiagnostic(problem: Problem, file: OpenFile | null): Diagnostic {
  const { severity, code, params, where, masked } = problem;
  const place = file === null ? {} : placeOf(file, where, masked);
  return { severity, code, params, ...place };
}

function findingDiagnostic(finding: Finding, open: (filename: string) => OpenFile | null): Diagnostic {
  const { severity, code, origin, at, address, masked } = finding;
  const file = open(origin.filename);
  const place = file === null ? {} : placeOf(file, { path: origin.path, at }, masked);
  const params =
    finding.first === undefined ? finding.params : { ...finding.params, first: firstText(finding, open) };
  return { severity, code, params, ...place, ...(address === undefined ? {} : { address }) };
}

/** `clients/acme/ventas.yaml:12` */
function firstText(finding: Finding, open: (filename: string) => OpenFile | null): string {
  const first = finding.first;
  if (first === undefined) return '';
  const file = open(first.filename);
  if (file === null) return first.filename;
  const { range } = placeOf(file, { path: first.path, at: finding.at });
  return `${first.filename}:${range.start.line}`;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const fileA = a.range?.filename ?? '';
  const fileB = b.range?.filename ?? '';
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return (a.range?.start.byte ?? 0) - (b.range?.start.byte ?? 0);
}
