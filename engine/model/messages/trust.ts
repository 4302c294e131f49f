import type { Message } from './message.ts';

/** What `alta trust` says of certificates and host keys. */
export const trustMessages = {
  'trust-pin-mismatch': {
    en: {
      summary: 'ANOTHER CERTIFICATE THAN THE PINNED ONE',
      detail:
        '{url} shows a certificate whose public key is {found}. The pins declared for {targets} are {declared}. Nothing was sent.',
      hint: 'Ask whoever administers the box whether its certificate was replaced. Only then: `alta trust --replace`. If nobody replaced it, somebody may be listening in.',
    },
    es: {
      summary: 'OTRO CERTIFICADO QUE EL DECLARADO',
      detail:
        '{url} presenta un certificado con la clave pública {found}. Las huellas declaradas para {targets} son {declared}. No se ha enviado nada.',
      hint: 'Pregunte a quien administre el equipo si se ha cambiado el certificado. Solo en ese caso: `alta trust --replace`. Si nadie lo ha cambiado, alguien puede estar interceptando.',
    },
  },
  'trust-two-certificates': {
    en: {
      summary: 'Different certificates for one declaration',
      detail:
        '{targets} share the `tls` block in {filename}, but different certificates were seen for them: {found}. Nothing was written for them.',
      hint: 'Find out which way shows the true one. If these are different boxes, give each its own `url` and `tls`.',
    },
    es: {
      summary: 'Certificados distintos para una misma declaración',
      detail:
        '{targets} comparten el bloque `tls` de {filename}, pero se han visto certificados distintos: {found}. No se ha escrito nada para ellos.',
      hint: 'Averigüe por qué camino se ve el verdadero. Si son equipos distintos, dé a cada uno su `url` y su `tls`.',
    },
  },
  'trust-unasked': {
    en: {
      summary: 'Nobody to ask',
      detail: '`alta trust` asks before it writes, and there is no terminal to ask on. Nothing was written.',
      hint: 'Compare what is shown with the box itself, then repeat with `--yes`. To look only: `--dry-run`.',
    },
    es: {
      summary: 'No hay a quién preguntar',
      detail:
        '`alta trust` pregunta antes de escribir y no hay terminal donde hacerlo. No se ha escrito nada.',
      hint: 'Compare lo que se muestra con el propio equipo y repita con `--yes`. Solo para mirar: `--dry-run`.',
    },
  },
  'trust-host-key-mismatch': {
    en: {
      summary: 'OTHER HOST KEYS THAN THE DECLARED ONES',
      detail: '{server} offers {found}. That does not fit the `hostKeys` of access `{access}`: {declared}.',
      hint: 'Ask whoever administers the server whether its keys were replaced. Only then: `--replace`. If nobody replaced them, somebody may be listening in.',
    },
    es: {
      summary: 'OTRAS CLAVES DE SERVIDOR QUE LAS DECLARADAS',
      detail: '{server} ofrece {found}. No concuerda con `hostKeys` del acceso `{access}`: {declared}.',
      hint: 'Pregunte a quien administre el servidor si se han cambiado sus claves. Solo en ese caso: `--replace`. Si nadie las ha cambiado, alguien puede estar interceptando.',
    },
  },
  'trust-access-unknown': {
    en: {
      summary: 'Access not declared yet',
      detail: '{filename} declares no access `{access}` with host and user.',
      hint: 'To make it, give both: `alta trust --ssh USER@HOST:PORT --access {access}`. With `--client ID` it belongs to that client.',
    },
    es: {
      summary: 'Acceso aún no declarado',
      detail: '{filename} no declara ningún acceso `{access}` con servidor y usuario.',
      hint: 'Para crearlo, indique ambos: `alta trust --ssh USUARIO@SERVIDOR:PUERTO --access {access}`. Con `--client ID` pertenece a ese cliente.',
    },
  },
  'trust-access-differs': {
    en: {
      summary: 'Not the server of this access',
      detail:
        'Access `{access}` is declared as {declared} in {filename}, but the keys of {given} were asked for. Nothing was looked at.',
      hint: 'Leave `--ssh` out to look at the declared server, or correct the declaration first.',
    },
    es: {
      summary: 'No es el servidor de este acceso',
      detail:
        'El acceso `{access}` está declarado como {declared} en {filename}, pero se han pedido las claves de {given}. No se ha mirado nada.',
      hint: 'Omita `--ssh` para mirar el servidor declarado, o corrija antes la declaración.',
    },
  },
} as const satisfies Record<string, Message>;
