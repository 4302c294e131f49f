import { lineAt, type SourceFile } from './source.ts';

/** One place where a rule is broken. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** A rule of the project as a pure function over its files, with samples that prove that it sees. */
export interface Rule {
  /** A sentence. */
  readonly name: string;
  readonly check: (files: readonly SourceFile[]) => readonly Violation[];
  /** Each of them, alone, breaks the rule. */
  readonly caught: readonly SourceFile[];
  /** Each of them, alone, keeps it. */
  readonly fine: readonly SourceFile[];
}

export function sample(path: string, text: string): SourceFile {
  return { path, text };
}

export function violation(file: SourceFile, index: number, what: string): Violation {
  return { path: file.path, line: lineAt(file.text, index), what };
}

/** A violation for each match; `judge` says what is wrong with it, or null. */
export function matches(
  file: SourceFile,
  pattern: RegExp,
  judge: (match: RegExpExecArray) => string | null,
): readonly Violation[] {
  return [...file.text.matchAll(pattern)].flatMap((match) => {
    const what = judge(match);
    return what === null ? [] : [violation(file, match.index, what)];
  });
}

/** `engine/run/plan.ts:12 imports undici` */
export function shown({ path, line, what }: Violation): string {
  return `${path}:${line} ${what}`;
}
