import ts from 'typescript';
import { type Rule, sample, type Violation, violation } from '../rule.ts';
import { isCode, isProduct, isUnder, lineAt, nodesOf, type SourceFile, treeOf } from '../source.ts';

const maxLines = 200;
const maxTestLines = 450;
const maxFunctionLines = 60;

/** Files that may be longer. Lower a ceiling when its file shrinks; do not raise one. */
export interface Exception {
  readonly path: RegExp;
  readonly ceiling: number;
  readonly reason: string;
}

export const longFiles: readonly Exception[] = [
  {
    path: /^engine\/model\/(input|output|profile)\.ts$/,
    ceiling: 1500,
    reason: 'generated from the schemas: it grows with them, and nobody reads it from top to bottom',
  },
  {
    path: /^stacks\/plugin\/generated\//,
    ceiling: 1700,
    reason: 'generated from the protocol files',
  },
  {
    path: /^engine\/model\/messages\//,
    ceiling: 900,
    reason: 'a catalogue of texts, one entry after another',
  },
  { path: /^providers\/contract\.ts$/, ceiling: 270, reason: 'the contract and its promises, read as one' },
  { path: /^engine\/report\/words\.(en|es)\.ts$/, ceiling: 300, reason: 'a catalogue of texts' },
];

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function ceilingOf(file: SourceFile, exceptions: readonly Exception[]): number {
  const exception = exceptions.find(({ path }) => path.test(file.path));
  if (exception !== undefined) return exception.ceiling;
  return isUnder(file, 'test/', 'bench/') ? maxTestLines : maxLines;
}

export const shortFiles: Rule = {
  name: `no file is longer than ${maxLines} lines, no test than ${maxTestLines}`,
  check: (files) => files.filter(isCode).flatMap((file) => tooLong(file, longFiles)),
  caught: [
    sample('engine/a.ts', 'x;\n'.repeat(maxLines + 1)),
    sample('test/unit/a.test.ts', 'x;\n'.repeat(maxTestLines + 1)),
  ],
  fine: [sample('engine/a.ts', 'x;\n'.repeat(maxLines))],
};

function tooLong(file: SourceFile, exceptions: readonly Exception[]): readonly Violation[] {
  const [lines, ceiling] = [linesOf(file.text), ceilingOf(file, exceptions)];
  return lines <= ceiling ? [] : [violation(file, 0, `has ${lines} lines; at most ${ceiling}`)];
}

/** Exceptions that no file needs any more. */
export function staleExceptions(
  files: readonly SourceFile[],
  exceptions: readonly Exception[],
): readonly string[] {
  const needed = (exception: Exception) =>
    files.some((file) => exception.path.test(file.path) && tooLong(file, []).length > 0);
  return exceptions.filter((exception) => !needed(exception)).map(({ path }) => String(path));
}

/** A function's lines without those of the functions inside it, which count for themselves. */
function ownLines(file: SourceFile, node: ts.Node): number {
  const span = (n: ts.Node): number => lineAt(file.text, n.getEnd()) - lineAt(file.text, n.getStart());
  let nested = 0;
  const visit = (child: ts.Node): void => {
    if (ts.isFunctionLike(child)) nested += span(child);
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return span(node) + 1 - nested;
}

export const shortFunctions: Rule = {
  name: `no function is longer than ${maxFunctionLines} lines`,
  check: (files) =>
    files.filter(isProduct).flatMap((file) =>
      nodesOf(treeOf(file)).flatMap((node) => {
        if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return [];
        const lines = ownLines(file, node);
        return lines <= maxFunctionLines
          ? []
          : [violation(file, node.getStart(), `has a function of ${lines} lines`)];
      }),
    ),
  caught: [
    sample('engine/a.ts', `function f() {\n${'x;\n'.repeat(maxFunctionLines)}}`),
    sample('engine/a.ts', `const f = () => {\n${'x;\n'.repeat(maxFunctionLines)}};`),
    sample('engine/a.ts', `class A {\n  f() {\n${'x;\n'.repeat(maxFunctionLines)}}\n}`),
  ],
  fine: [
    sample(
      'engine/a.ts',
      `function f() {\n  return () => {\n${'x;\n'.repeat(maxFunctionLines - 10)}};\n${'y;\n'.repeat(20)}}`,
    ),
    sample('engine/a.ts', `function f() {\n${'x;\n'.repeat(maxFunctionLines - 2)}}`),
    sample('test/a.ts', `function f() {\n${'x;\n'.repeat(maxFunctionLines)}}`),
  ],
};
