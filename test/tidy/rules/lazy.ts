import { eagerImportsOf } from '../imports.ts';
import { type Rule, sample } from '../rule.ts';
import { isProduct } from '../source.ts';

/**
 * Modules that take a tenth of a second or more to load, and the files that may load them at once.
 * `stacks/constructs.ts` stands for cdktf.
 */
const slow: Readonly<Record<string, RegExp>> = {
  'stacks/constructs.ts': /^$/,
  'age-encryption': /^$/,
  'lab/index.ts': /^(lab\/|cli\/lab\/training\.ts)/,
  'lab/bastion/index.ts': /^(lab\/|cli\/lab\/surroundings\.ts)/,
};

/** Slow modules are loaded by the command that needs them: `alta --version` waits for none. */
export const lazyLoading: Rule = {
  name: 'cdktf, age and the lab are loaded only when needed',
  check: (files) =>
    files.filter(isProduct).flatMap((file) =>
      eagerImportsOf(file)
        .filter((module) => slow[module] !== undefined && slow[module]?.test(file.path) === false)
        .map((module) => ({ path: file.path, line: 1, what: `loads ${module} at once; use import()` })),
    ),
  caught: [
    sample('cli/a.ts', "import { writeStacks } from '../stacks/constructs.ts';"),
    sample('engine/secrets/a.ts', "import { Encrypter } from 'age-encryption';"),
    sample('cli/main.ts', "export { startLab } from '../lab/index.ts';"),
  ],
  fine: [
    sample('stacks/a.ts', "const constructs = () => import('./constructs.ts');"),
    sample('engine/secrets/a.ts', "import type { Encrypter } from 'age-encryption';"),
  ],
};
