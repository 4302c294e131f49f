import type { Code, Params, Severity } from '../model/index.ts';

export type Path = readonly (string | number)[];

/** Where a problem stands in its file: a place of the data (looked up only when it is shown), or offsets in the text. */
export type Where =
  | { readonly path: Path; readonly at: 'key' | 'value' }
  | { readonly start: number; readonly end: number };

/** A diagnostic whose range is not looked up yet. */
export interface Problem {
  readonly severity: Severity;
  readonly code: Code;
  readonly params: Params;
  readonly where: Where;
  /** The place holds a secret in clear: it is shown masked. */
  readonly masked?: boolean;
}

export function problemAt(
  code: Code,
  params: Params,
  path: Path,
  at: 'key' | 'value' = 'value',
  masked = false,
): Problem {
  return { severity: 'error', code, params, where: { path, at }, masked };
}

export function problemIn(code: Code, params: Params, start: number, end: number): Problem {
  return { severity: 'error', code, params, where: { start, end } };
}

/** `extensions[3].number`, for people. */
export function pathText(path: Path): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return text.replace(/^\./, '');
}
