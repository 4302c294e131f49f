import { nonEmpty, type OptionRow } from '../option-values.ts';

/** What `alta trust` takes beside the usual. */
export const trustOptions = {
  replace: {
    flags: '--replace',
    help: {
      en: 'Replace pins or host keys that no longer fit',
      es: 'Sustituye huellas o claves de servidor que ya no concuerdan',
    },
  },
  ssh: {
    flags: '--ssh <server>',
    parse: nonEmpty('--ssh'),
    help: {
      en: 'Show the host keys of an SSH server: [user@]host[:port]',
      es: 'Muestra las claves de un servidor SSH: [usuario@]servidor[:puerto]',
    },
  },
  access: {
    flags: '--access <name>',
    parse: nonEmpty('--access'),
    help: {
      en: 'Write the host keys into this access entry, of --client or of alta.yaml',
      es: 'Escribe las claves en este acceso, de --client o de alta.yaml',
    },
  },
} as const satisfies Record<string, OptionRow>;
