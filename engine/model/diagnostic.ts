import type { Code } from './messages/index.ts';

export type { Code } from './messages/index.ts';

/** 1-based line and column (in UTF-16 code units), 0-based byte offset. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
}

/** A place in a file; `end` is exclusive. `filename` is relative to the workspace. */
export interface Range {
  readonly filename: string;
  readonly start: Position;
  readonly end: Position;
}

/** The source line of a range, for the caret under it. Offsets are 0-based within `code`. */
export interface Snippet {
  readonly code: string;
  readonly startLine: number;
  readonly highlightStart: number;
  readonly highlightEnd: number;
}

export type Severity = 'error' | 'warning';

/** Values that fill a message's `{placeholders}`. Never secret: a Secret prints as `[secret]`. */
export type Params = Readonly<Record<string, string | number | readonly string[]>>;

/**
 * What happened, where, and what to do next: data, rendered in English or Spanish at the rim. The texts
 * belong to the code (`engine/model/messages`).
 */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: Code;
  readonly params: Params;
  /** Resource or target it is about, e.g. `acme/pbx:main/extension:10`. */
  readonly address?: string;
  readonly range?: Range;
  readonly snippet?: Snippet;
}

/** How much of a failed write reached the target. */
export type Written = 'nothing' | 'something' | 'unknown';

/** What an error may carry beside its code and parameters. */
export interface ErrorFacts {
  readonly address?: string;
  readonly range?: Range;
  readonly snippet?: Snippet;
  /** For a failed write: what reached the target. */
  readonly written?: Written;
  /** Seconds the other side asked us to wait. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** The one error type. `code` is closed; the message is for logs, people get the rendered diagnostic. */
export class AltaError extends Error {
  readonly code: Code;
  readonly params: Params;
  readonly facts: ErrorFacts;

  constructor(code: Code, params: Params = {}, facts: ErrorFacts = {}) {
    super(code, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'AltaError';
    this.code = code;
    this.params = params;
    this.facts = facts;
  }

  get written(): Written | undefined {
    return this.facts.written;
  }
}

export function errorDiagnostic(
  code: Code,
  params: Params = {},
  where: Partial<Diagnostic> = {},
): Diagnostic {
  return { ...where, severity: 'error', code, params };
}

export function warningDiagnostic(
  code: Code,
  params: Params = {},
  where: Partial<Diagnostic> = {},
): Diagnostic {
  return { ...where, severity: 'warning', code, params };
}

/** The diagnostic of anything thrown. What is not ours becomes `internal`, with its name and message only. */
export function toDiagnostic(error: unknown, where: Partial<Diagnostic> = {}): Diagnostic {
  if (error instanceof AltaError) {
    const { address, range, snippet } = error.facts;
    return {
      ...where,
      ...(address === undefined ? {} : { address }),
      ...(range === undefined ? {} : { range }),
      ...(snippet === undefined ? {} : { snippet }),
      severity: 'error',
      code: error.code,
      params: error.params,
    };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { ...where, severity: 'error', code: 'internal', params: { message } };
}
