import type { OptionRow } from '../option-values.ts';

/** What `alta synth` takes beside the usual. */
export const synthOptions = {
  state: {
    flags: '--state <file>',
    help: {
      en: 'What `terraform state pull` printed for the one client named; - reads standard input',
      es: 'Lo que imprimió `terraform state pull` para el único cliente nombrado; - lee la entrada estándar',
    },
  },
} as const satisfies Record<string, OptionRow>;
