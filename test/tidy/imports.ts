import { posix } from 'node:path';
import ts from 'typescript';
import { lineAt, nodesOf, type SourceFile, treeOf } from './source.ts';

/** One module that a file imports, statically, dynamically or for its types. */
export interface Import {
  /** A path of the repository (`engine/model/index.ts`), or the name of a package (`node:fs`, `ajv`). */
  readonly module: string;
  readonly inside: boolean;
  readonly line: number;
}

const read = new WeakMap<SourceFile, readonly Import[]>();

/** The imports of a code file, as TypeScript's own scanner finds them. */
export function importsOf(file: SourceFile): readonly Import[] {
  const known = read.get(file);
  if (known !== undefined) return known;
  const { importedFiles } = ts.preProcessFile(file.text, true, true);
  const found = importedFiles.map(({ fileName, pos }) => ({
    ...moduleOf(file, fileName),
    line: lineAt(file.text, pos),
  }));
  read.set(file, found);
  return found;
}

function moduleOf(file: SourceFile, specifier: string): Pick<Import, 'module' | 'inside'> {
  if (specifier.startsWith('.')) {
    return { module: posix.join(posix.dirname(file.path), specifier), inside: true };
  }
  return { module: packageOf(specifier), inside: false };
}

/** `@cdktf/provider-null/lib/x.js` → `@cdktf/provider-null`; `node:fs/promises` stays. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** What a file loads as soon as it is loaded itself: imports that are neither dynamic nor types only. */
export function eagerImportsOf(file: SourceFile): readonly string[] {
  return treeOf(file).statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      if (statement.importClause?.isTypeOnly === true) return [];
      return moduleText(file, statement.moduleSpecifier);
    }
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) {
      return moduleText(file, statement.moduleSpecifier);
    }
    return [];
  });
}

function moduleText(file: SourceFile, specifier: ts.Expression | undefined): readonly string[] {
  if (specifier === undefined || !ts.isStringLiteral(specifier)) return [];
  return [moduleOf(file, specifier.text).module];
}

/** The names that a file imports or re-exports from anywhere, with where they stand. */
export function importedNames(file: SourceFile): readonly { name: string; index: number }[] {
  return nodesOf(treeOf(file)).flatMap((node) => {
    if (!ts.isImportSpecifier(node) && !ts.isExportSpecifier(node)) return [];
    return [{ name: (node.propertyName ?? node.name).text, index: node.getStart() }];
  });
}
