import type { Message } from './message.ts';

/** What phones say, or do not take. `{host}` is the phone's address, `{address}` the place in the YAML's terms. */
export const deviceMessages = {
  'device-in-call': {
    en: {
      summary: 'Phone in a call',
      detail: '{host} has a call under way, so {address} was left alone. Nothing was sent.',
      hint: 'Run the apply again when the call is over.',
    },
    es: {
      summary: 'Teléfono en llamada',
      detail: '{host} tiene una llamada en curso, así que no se ha tocado {address}. No se ha enviado nada.',
      hint: 'Repita el apply cuando termine la llamada.',
    },
  },
  'device-busy': {
    en: {
      summary: 'Somebody else is in the phone’s web page',
      detail:
        '{host} allows one administrator at a time, and another session is open ({kind}). Nothing was sent.',
      hint: 'Ask the colleague to log out of the phone’s web page, or wait some minutes and try again.',
    },
    es: {
      summary: 'Otra persona está en la web del teléfono',
      detail:
        '{host} admite un solo administrador a la vez y hay otra sesión abierta ({kind}). No se ha enviado nada.',
      hint: 'Pida al compañero que cierre la web del teléfono, o espere unos minutos y repita.',
    },
  },
} as const satisfies Record<string, Message>;
