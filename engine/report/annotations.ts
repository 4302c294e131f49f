import { type Diagnostic, digestOf, type Lang } from '../model/index.ts';
import { message } from './message.ts';
import { annotationData, annotationProperty, safeText } from './safe.ts';

/** Workflow commands that GitHub shows on the changed lines, one line per diagnostic. */
export function githubAnnotations(diagnostics: readonly Diagnostic[], lang: Lang): string {
  return diagnostics.map((diagnostic) => `${githubAnnotation(diagnostic, lang)}\n`).join('');
}

function githubAnnotation(diagnostic: Diagnostic, lang: Lang): string {
  const { summary, detail, hint } = message(diagnostic, lang);
  const about = diagnostic.address === undefined ? '' : safeText(diagnostic.address);
  const text = [about, detail, hint].filter((part) => part !== '').join('\n');
  const properties = { ...placeProperties(diagnostic), title: `${summary} [${diagnostic.code}]` };
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${annotationProperty(String(value))}`,
  );
  return `::${diagnostic.severity} ${list.join(',')}::${annotationData(text)}`;
}

/** GitHub takes columns only where the range stays on one line. */
function placeProperties({ range }: Diagnostic): Record<string, string | number> {
  if (range === undefined) return {};
  const { filename, start, end } = range;
  const lines = { file: safeText(filename), line: start.line, endLine: end.line };
  if (end.line !== start.line) return lines;
  return { ...lines, col: start.column, endColumn: Math.max(start.column, end.column - 1) };
}

/** One finding of GitLab's Code Quality report (`artifacts:reports:codequality`). */
export interface CodeQualityFinding {
  readonly description: string;
  readonly check_name: string;
  /** Stable for the same finding, so that GitLab can tell new from old. */
  readonly fingerprint: string;
  readonly severity: 'major' | 'minor';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The diagnostics as GitLab's Code Quality report. What has no place in a file points at alta.yaml. */
export function gitlabCodeQuality(
  diagnostics: readonly Diagnostic[],
  lang: Lang,
): readonly CodeQualityFinding[] {
  return diagnostics.map((diagnostic) => {
    const { summary, detail, hint } = message(diagnostic, lang);
    const { code, params, address, range } = diagnostic;
    return {
      description: [`${summary}.`, detail, hint].filter((part) => part !== '').join(' '),
      check_name: code,
      fingerprint: digestOf({ code, params, address, range }).replace('sha256:', ''),
      severity: diagnostic.severity === 'error' ? 'major' : 'minor',
      location: { path: range?.filename ?? 'alta.yaml', lines: { begin: range?.start.line ?? 1 } },
    };
  });
}
