#!/usr/bin/env node
// Runs the built command line. In a git checkout it builds first where there is no build, or none since the last commit,
// checkout or pull: one stamp file against git's own log of HEAD, two stats. Edits not yet committed are built by
// `npm run build`. An installed package has no .git and is never built.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The compiler writes it with every build. */
const stamp = join(root, 'dist', '.tsbuildinfo');
const main = join(root, 'dist', 'cli', 'main.js');

const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** When HEAD last moved, ms; undefined outside a checkout. In a worktree `.git` is a file that names the real folder. */
function headMoved() {
  const git = join(root, '.git');
  const found = statSync(git, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  const folder = found.isFile()
    ? resolve(
        root,
        readFileSync(git, 'utf8')
          .replace(/^gitdir: /, '')
          .trim(),
      )
    : git;
  return changed(join(folder, 'logs', 'HEAD')) ?? changed(join(folder, 'HEAD'));
}

function build() {
  process.stderr.write('alta: building dist, once…\n');
  const started = new Date();
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(root, 'tsconfig.build.json');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project], { cwd: root });
  if (status !== 0) {
    process.stderr.write(stdout ?? '');
    process.stderr.write('alta: the build failed; run `npm ci`, then `npm run build`\n');
    process.exit(1);
  }
  utimesSync(stamp, started, started);
}

const moved = headMoved();
const built = changed(stamp);
if (moved !== undefined && (built === undefined || built < moved)) build();
await import(pathToFileURL(main).href);
