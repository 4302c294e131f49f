import ts from 'typescript';
import { type Rule, sample, type Violation, violation } from '../rule.ts';
import { isCode, isUnder, nodesOf, type SourceFile, treeOf } from '../source.ts';

const vague = /^(utils?|utilities|helpers?|managers?|misc)$/i;

/** `HostGateManager` → host, gate, manager; `test-helpers` → test, helpers. */
function wordsOf(name: string): readonly string[] {
  return name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter((word) => word !== '');
}

function vaguePaths(file: SourceFile): readonly Violation[] {
  const words = file.path.split('/').flatMap((part) => wordsOf(part));
  return words.filter((word) => vague.test(word)).map((word) => violation(file, 0, `is named ${word}`));
}

function vagueExports(file: SourceFile): readonly Violation[] {
  if (!isCode(file)) return [];
  return exportedNames(file)
    .filter(({ name }) => wordsOf(name).some((word) => vague.test(word)))
    .map(({ name, index }) => violation(file, index, `exports ${name}`));
}

function exportedNames(file: SourceFile): readonly { name: string; index: number }[] {
  return treeOf(file).statements.flatMap((statement) => {
    const exported = ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    if (exported !== true) return [];
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : 'name' in statement && statement.name !== undefined
        ? [(statement.name as ts.Identifier).text]
        : [];
    return names.map((name) => ({ name, index: statement.getStart() }));
  });
}

export const tellingNames: Rule = {
  name: 'no file and no export is named utils, helpers, manager or misc',
  check: (files) => files.flatMap((file) => [...vaguePaths(file), ...vagueExports(file)]),
  caught: [
    sample('engine/utils.ts', ''),
    sample('test/unit/state/test-helpers.ts', ''),
    sample('engine/misc/a.ts', ''),
    sample('engine/a.ts', 'export class SessionManager {}'),
    sample('engine/a.ts', 'export const dateUtils = {};'),
  ],
  fine: [
    sample('engine/a.ts', "import { inspect } from 'node:util';\nexport function managed() {}"),
    sample('engine/utility-meter.ts', ''),
  ],
};

const vendors =
  /yeastar|meetip|pbxware|pekepbx|yealink|microsip|linphone|zoiper|groundwire|asterisk|grandstream|fanvil|\bbicom\b/gi;

/** `driver:` is an enumeration of the YAML, so its generated types list the names. */
const generatedTypes = ['engine/model/input.ts', 'engine/model/output.ts'];

export const vendorFree: Rule = {
  name: 'the engine never names a vendor',
  check: (files) =>
    files
      .filter((file) => isUnder(file, 'engine/') && !generatedTypes.includes(file.path))
      .flatMap((file) =>
        [...file.text.matchAll(vendors)].map(({ 0: word, index }) => violation(file, index, `names ${word}`)),
      ),
  caught: [
    sample('engine/plan/a.ts', "if (driver === 'yeastar') return;"),
    sample('engine/model/messages/a.ts', "hint: 'Open the Yealink page.'"),
  ],
  fine: [
    sample('engine/model/input.ts', 'driver: "yealink"'),
    sample('providers/pbx/yeastar/a.ts', "const title = 'Yeastar';"),
  ],
};

export const noAny: Rule = {
  name: 'types are not switched off',
  check: (files) =>
    files
      .filter((file) => file.path.endsWith('.ts'))
      .flatMap((file) => [
        ...nodesOf(treeOf(file)).flatMap((node) => {
          if (node.kind === ts.SyntaxKind.AnyKeyword) return [violation(file, node.getStart(), 'says any')];
          if (!ts.isAsExpression(node) || !ts.isAsExpression(node.expression)) return [];
          const inner = node.expression.type.kind;
          return inner === ts.SyntaxKind.UnknownKeyword
            ? [violation(file, node.getStart(), 'says as unknown as')]
            : [];
        }),
        ...[...file.text.matchAll(/\/[/*]\s*@ts-(ignore|nocheck|expect-error)/g)].map(({ 0: text, index }) =>
          violation(file, index, `says ${text}`),
        ),
      ]),
  caught: [
    sample('engine/a.ts', 'const value = input as any;'),
    sample('test/a.ts', 'function f(x: any[]) {}'),
    sample('engine/a.ts', 'const value = input as unknown as Target;'),
    sample('engine/a.ts', `${'//'} @ts-ignore\nf();`),
  ],
  fine: [sample('engine/a.ts', "// any word\nconst any = 'any'; const x = y as Target;")],
};
