import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A file of the repository; a sample has a path and a text of its own. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What git does not track, and git itself. */
const untracked = /^(node_modules|dist|coverage|cdktf\.out|state|\.git|\.alta)$/;

/** Every file of the repository, in alphabetical order. */
export function readRepository(root: string): readonly SourceFile[] {
  return pathsUnder(root, '').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function pathsUnder(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const kept = entries.filter(({ name }) => folder !== '' || !untracked.test(name));
  return kept
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return pathsUnder(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

export function isCode({ path }: SourceFile): boolean {
  return /\.(ts|mts|js|mjs)$/.test(path);
}

/** Code that is shipped or runs the project, as opposed to tests of it. */
export function isProduct(file: SourceFile): boolean {
  return isCode(file) && !isUnder(file, 'test/', 'bench/');
}

export function isUnder({ path }: SourceFile, ...folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder));
}

const trees = new WeakMap<SourceFile, ts.SourceFile>();

/** The syntax tree of a code file, parsed once. */
export function treeOf(file: SourceFile): ts.SourceFile {
  const known = trees.get(file);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  trees.set(file, tree);
  return tree;
}

const lists = new WeakMap<ts.Node, readonly ts.Node[]>();

/** Every node of a tree, outer ones first, collected once. */
export function nodesOf(tree: ts.SourceFile): readonly ts.Node[] {
  const known = lists.get(tree);
  if (known !== undefined) return known;
  const nodes: ts.Node[] = [];
  const collect = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, collect);
  };
  collect(tree);
  lists.set(tree, nodes);
  return nodes;
}

/** 1-based line of a place in a file. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
