import type { Code, Diagnostic, Lang, Position, Severity } from '../model/index.ts';
import { message } from './message.ts';

/** A diagnostic with the field names of `terraform validate -json`; `code` and `hint` are ours. */
export interface DiagnosticJson {
  readonly severity: Severity;
  readonly code: Code;
  readonly summary: string;
  readonly detail: string;
  /** What to do next. */
  readonly hint?: string;
  readonly address?: string;
  /** 1-based lines and columns, 0-based bytes, `end` exclusive. */
  readonly range?: { readonly filename: string; readonly start: Position; readonly end: Position };
  readonly snippet?: SnippetJson;
}

export interface SnippetJson {
  /** What encloses the line; we have nothing to say here. */
  readonly context: string | null;
  readonly code: string;
  readonly start_line: number;
  /** 0-based offsets within `code`. */
  readonly highlight_start_offset: number;
  readonly highlight_end_offset: number;
  readonly values: readonly never[];
}

export function diagnosticJson(diagnostic: Diagnostic, lang: Lang): DiagnosticJson {
  const { summary, detail, hint } = message(diagnostic, lang);
  const { address, range, snippet } = diagnostic;
  return {
    severity: diagnostic.severity,
    code: diagnostic.code,
    summary,
    detail,
    ...(hint === '' ? {} : { hint }),
    ...(address === undefined ? {} : { address }),
    ...(range === undefined ? {} : { range }),
    ...(snippet === undefined ? {} : { snippet: snippetJson(snippet) }),
  };
}

export function diagnosticsJson(diagnostics: readonly Diagnostic[], lang: Lang): readonly DiagnosticJson[] {
  return diagnostics.map((diagnostic) => diagnosticJson(diagnostic, lang));
}

function snippetJson(snippet: NonNullable<Diagnostic['snippet']>): SnippetJson {
  return {
    context: null,
    code: snippet.code,
    start_line: snippet.startLine,
    highlight_start_offset: snippet.highlightStart,
    highlight_end_offset: snippet.highlightEnd,
    values: [],
  };
}
