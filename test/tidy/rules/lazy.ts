import { eagerImportsOf } from '../imports.ts';
import { type Rule, sample } from '../rule.ts';
import { isProduct } from '../source.ts';

/**
 * Modules that take a tenth of a second or more to load, and the files that may load them at once.
 * `stacks/synth/write.ts` and `stacks/constructs/` stand for cdktf.
 */
const slow: Readonly<Record<string, RegExp>> = {
  'stacks/synth/write.ts': /^$/,
  'stacks/constructs/index.ts': /^$/,
  'stacks/constructs/provider.ts': /^stacks\/(constructs\/|synth\/write\.ts)/,
  'stacks/constructs/resource.ts': /^stacks\/(constructs\/|synth\/write\.ts)/,
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
    sample('cli/a.ts', "import { writeStacks } from '../stacks/synth/write.ts';"),
    sample('engine/secrets/a.ts', "import { Encrypter } from 'age-encryption';"),
    sample('cli/main.ts', "export { startLab } from '../lab/index.ts';"),
  ],
  fine: [
    sample('stacks/synth/a.ts', "const write = () => import('./write.ts');"),
    sample('engine/secrets/a.ts', "import type { Encrypter } from 'age-encryption';"),
  ],
};
