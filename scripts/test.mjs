// Builds the product once, for the tests that start it, and runs vitest with the arguments given:
//
//   npm test                          everything
//   npm test -- test/unit/plan        one folder
//   npm test -- --coverage            with the thresholds of vitest.config.ts
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(program, args) {
  const script = fileURLToPath(new URL(`../node_modules/${program}`, import.meta.url));
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const built = run('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
process.exitCode = built === 0 ? run('vitest/vitest.mjs', ['run', ...process.argv.slice(2)]) : built;
