// Builds the product once, for the tests that start it, and runs vitest with the arguments given:
//
//   npm test                          everything, and the coverage that vitest.config.ts demands
//   npm test -- test/unit/plan        one folder
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(program, args) {
  const script = fileURLToPath(new URL(`../node_modules/${program}`, import.meta.url));
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const given = process.argv.slice(2);
// A part of the tests covers a part of the branches: only the whole can be held to them.
const args = given.length === 0 ? ['--coverage'] : given;
const built = run('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
process.exitCode = built === 0 ? run('vitest/vitest.mjs', ['run', ...args]) : built;
