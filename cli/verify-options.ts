import { duration, type OptionRow } from './option-values.ts';

/** What `alta verify` can be told beside its scope. */
export const verifyOptions = {
  wait: {
    flags: '--wait <time>',
    parse: duration('--wait'),
    help: {
      en: 'Wait this long for phones to register: 15, 1m (15s)',
      es: 'Espera este tiempo a que se registren los teléfonos: 15, 1m (15s)',
    },
  },
  fromFile: {
    flags: '--from-file <file>',
    help: {
      en: 'Take registrations from pasted output of the PBX, such as `sip show peers`; - reads standard input. Contacts nobody',
      es: 'Toma los registros de una salida copiada de la centralita, como `sip show peers`; - lee la entrada estándar. No contacta con nadie',
    },
  },
} as const satisfies Record<string, OptionRow>;
