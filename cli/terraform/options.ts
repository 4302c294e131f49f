import { nonEmpty, type OptionRow, wholeNumber } from '../option-values.ts';

/** What `alta terraform` takes beside the usual, before `--`. */
export const terraformOptions = {
  program: {
    flags: '--program <program>',
    parse: nonEmpty('--program'),
    help: {
      en: 'terraform, tofu, or a path (else ALTA_TERRAFORM, else terraform)',
      es: 'terraform, tofu o una ruta (si no, ALTA_TERRAFORM; si no, terraform)',
    },
  },
  stacksFolder: {
    flags: '--out <dir>',
    parse: nonEmpty('--out'),
    help: {
      en: 'Folder of the stacks (`cdktf.out` in the workspace)',
      es: 'Carpeta de los stacks (`cdktf.out` en el espacio de trabajo)',
    },
  },
  stacksAtOnce: {
    flags: '--parallelism <n>',
    parse: wholeNumber('--parallelism', 1),
    help: { en: 'Stacks worked on at once (4)', es: 'Stacks con los que se trabaja a la vez (4)' },
  },
} as const satisfies Record<string, OptionRow>;
