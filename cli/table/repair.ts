import { type CommandRow, scope } from './row.ts';

/** Commands that bring the YAML and the targets back together. */
export const repairCommands: readonly CommandRow[] = [
  {
    name: 'accept',
    args: [
      {
        name: '[addresses...]',
        help: { en: 'What to accept; default: everything', es: 'Qué se acepta; si falta, todo' },
      },
    ],
    help: {
      en: 'Write into the YAML what was changed outside',
      es: 'Escribe en el YAML lo que se cambió por fuera',
    },
    options: [...scope, 'dryRun'],
    load: () => import('../commands/accept.ts'),
  },
  {
    name: 'import',
    args: [
      {
        name: '<target>',
        help: { en: 'The PBX, e.g. acme/pbx:sede', es: 'La centralita, p. ej. acme/pbx:sede' },
      },
      {
        name: '[numbers...]',
        help: {
          en: 'Extensions, e.g. 110 12*; default: all',
          es: 'Extensiones, p. ej. 110 12*; si falta, todas',
        },
      },
    ],
    help: {
      en: 'Write into the YAML what a PBX has already',
      es: 'Escribe en el YAML lo que ya tiene una centralita',
    },
    options: ['dryRun'],
    load: () => import('../commands/import.ts'),
  },
  {
    name: 'attest',
    args: [
      {
        name: '[address]',
        help: {
          en: 'The step that was done; default: list them',
          es: 'El paso hecho; si falta, los enumera',
        },
      },
    ],
    help: {
      en: 'Vouch for a step done by hand in a panel',
      es: 'Da fe de un paso hecho a mano en un panel',
    },
    options: ['note', 'lockTimeout'],
    load: () => import('../commands/attest.ts'),
  },
];
