import type { CommandRow } from './row.ts';

/** Commands for passwords. */
export const secretsCommands: readonly CommandRow[] = [
  {
    name: 'secrets init',
    help: { en: 'Make the key and the files for secrets', es: 'Crea la clave y los archivos de secretos' },
    options: [],
    load: () => import('../commands/secrets-init.ts'),
  },
  {
    name: 'secrets set',
    args: [
      {
        name: '<name>',
        help: { en: 'E.g. extensions/main/110/sip', es: 'P. ej. extensions/main/110/sip' },
      },
    ],
    help: {
      en: 'Enter one secret, typed unseen or from standard input',
      es: 'Introduce un secreto, tecleado sin verse o por la entrada estándar',
    },
    options: ['client', 'group'],
    load: () => import('../commands/secrets-set.ts'),
  },
  {
    name: 'secrets generate',
    args: [
      {
        name: '[names...]',
        help: { en: 'Default: all that are missing', es: 'Si faltan, todos los que no existen' },
      },
    ],
    help: {
      en: 'Make passwords that suit every target',
      es: 'Genera contraseñas válidas para todos los equipos',
    },
    options: ['client', 'rotate'],
    load: () => import('../commands/secrets-generate.ts'),
  },
  {
    name: 'secrets check',
    help: {
      en: 'Check that every secret is there and intact',
      es: 'Comprueba que cada secreto está y está íntegro',
    },
    options: [],
    formats: ['github', 'gitlab'],
    load: () => import('../commands/secrets-check.ts'),
  },
  {
    name: 'secrets rekey',
    help: {
      en: 'Encrypt again for the recipients that alta.yaml names now',
      es: 'Cifra de nuevo para los destinatarios que alta.yaml nombra ahora',
    },
    options: ['client'],
    load: () => import('../commands/secrets-rekey.ts'),
  },
];
