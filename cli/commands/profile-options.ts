import { list, nonEmpty, type OptionRow } from '../option-values.ts';

/** What the commands of `alta profile` take beside the usual. */
export const profileOptions = {
  profile: {
    flags: '--profile <name>',
    parse: nonEmpty('--profile'),
    help: {
      en: 'Name of the profile to write: profiles/<name>.yaml',
      es: 'Nombre del perfil que se escribe: profiles/<nombre>.yaml',
    },
  },
  from: {
    flags: '--from <name>',
    parse: nonEmpty('--from'),
    help: {
      en: 'Profile to start from: what the recording does not tell stays as it is there (pekepbx-v36)',
      es: 'Perfil de partida: lo que la grabación no dice queda como está en él (pekepbx-v36)',
    },
  },
  sentinels: {
    flags: '--sentinels <text>',
    parse: list,
    help: {
      en: 'What was typed into the form where it is not number=987, name=ZZ-NAME-1, email=zz-email-1@example.com, role=user, mobile=600987001, mobileExtension=98765, sip=ZZSIPaaaa1111bbb, portal=ZZ-PASS-1, flipped=internalOnly: field=value,field=value. `flipped` are the switches that were set, saved, set back and saved, joined by +',
      es: 'Lo tecleado en el formulario si no es number=987, name=ZZ-NAME-1, email=zz-email-1@example.com, role=user, mobile=600987001, mobileExtension=98765, sip=ZZSIPaaaa1111bbb, portal=ZZ-PASS-1, flipped=internalOnly: campo=valor,campo=valor. `flipped` son los interruptores que se activaron, guardaron, desactivaron y guardaron, unidos con +',
    },
  },
  replaceProfile: {
    flags: '--replace',
    help: { en: 'Write it anew where it exists', es: 'Lo escribe de nuevo si ya existe' },
  },
  canary: {
    flags: '--canary <number>',
    parse: nonEmpty('--canary'),
    help: {
      en: 'Number to try with, of the range that the profile keeps for it; nobody may use it',
      es: 'Número con el que probar, del intervalo que el perfil reserva para ello; nadie debe usarlo',
    },
  },
  vouch: {
    flags: '--vouch <name>',
    parse: list,
    help: {
      en: 'Answer for a mark that no program can prove, e.g. `fields.sip`, which no server shows; also after the lock (repeatable)',
      es: 'Responder de una marca que ningún programa puede demostrar, p. ej. `fields.sip`, que ningún servidor muestra; también después de fijar (repetible)',
    },
  },
} as const satisfies Record<string, OptionRow>;
