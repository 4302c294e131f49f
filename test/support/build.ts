import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What is built: the product's folders, the schemas and profiles it reads, and the programs that end-to-end tests start. */
const roots = [
  'engine',
  'providers',
  'lab',
  'cli',
  'stacks',
  'schemas',
  'profiles',
  'test/e2e',
  'test/support',
];

let building: Promise<string> | undefined;

/**
 * The product as JavaScript that Node can run, in a folder laid out like the repository
 * (`<folder>/engine/state/index.js`). Built at most once for each content of the sources, also by test files that
 * run at the same time; inside the repository, so that packages resolve. Types are not checked here.
 */
export function builtProduct(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const files = await sources();
  const folder = join(repository, 'node_modules/.cache/alta/build', await fingerprint(files));
  if (await exists(folder)) return folder;
  const temporary = `${folder}.${randomBytes(6).toString('hex')}`;
  for (const file of files) await emit(file, temporary);
  await fs.writeFile(join(temporary, 'package.json'), '{ "type": "module" }\n');
  await fs.rename(temporary, folder).catch(async (error) => {
    await fs.rm(temporary, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  });
  await removeOld(dirname(folder));
  return folder;
}

async function sources(): Promise<string[]> {
  const lists = await Promise.all(
    roots.map(async (root) => {
      const names = await fs.readdir(join(repository, root), { recursive: true }).catch(() => []);
      return names.map((name) => join(root, name));
    }),
  );
  return lists
    .flat()
    .filter((name) => /\.(ts|json)$|^profiles\/.*\.yaml$/.test(name) && !name.endsWith('.test.ts'))
    .sort();
}

async function fingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = await fs.stat(join(repository, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function emit(file: string, folder: string): Promise<void> {
  const source = await fs.readFile(join(repository, file), 'utf8');
  const isScript = file.endsWith('.ts');
  const target = join(folder, isScript ? file.replace(/\.ts$/, '.js') : file);
  await fs.mkdir(dirname(target), { recursive: true });
  await fs.writeFile(target, isScript ? transpile(source, file) : source);
}

function transpile(source: string, fileName: string): string {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(source, { fileName, compilerOptions }).outputText;
}

const DAY_MS = 86_400_000;

async function removeOld(folder: string): Promise<void> {
  for (const name of await fs.readdir(folder)) {
    const path = join(folder, name);
    const stat = await fs.stat(path).catch(() => undefined);
    const old = stat !== undefined && Date.now() - stat.mtimeMs > DAY_MS;
    if (old) await fs.rm(path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}
