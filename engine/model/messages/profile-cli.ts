import type { Message } from './message.ts';

/** The commands that make a profile true: recordings, tools for a visit on site, proofs. */
export const profileCliMessages = {
  'har-too-large': {
    en: {
      summary: 'Recording too large',
      detail: '{filename} has {size} bytes; at most {limit} are read.',
      hint: 'Clear the list in the browser’s developer tools, record the few steps again, and export only those.',
    },
    es: {
      summary: 'Grabación demasiado grande',
      detail: '{filename} ocupa {size} bytes; se leen como máximo {limit}.',
      hint: 'Vacíe la lista en las herramientas de desarrollo del navegador, grabe de nuevo los pocos pasos y exporte solo esos.',
    },
  },
  'har-not-json': {
    en: {
      summary: 'Recording is not JSON',
      detail: '{filename} cannot be read as JSON from the place shown on.',
      hint: 'Export it again: developer tools, Network, “Export HAR”. It may have been cut off.',
    },
    es: {
      summary: 'La grabación no es JSON',
      detail: '{filename} no se puede leer como JSON desde el lugar indicado.',
      hint: 'Expórtela de nuevo: herramientas de desarrollo, Red, «Exportar HAR». Puede estar cortada.',
    },
  },
  'har-not-har': {
    en: {
      summary: 'Not a recording',
      detail: '{filename} is JSON, but holds no `log.entries` as a HAR file does.',
      hint: 'Export the list of requests as a HAR file: developer tools, Network, “Export HAR”.',
    },
    es: {
      summary: 'No es una grabación',
      detail: '{filename} es JSON, pero no contiene `log.entries` como un archivo HAR.',
      hint: 'Exporte la lista de peticiones como archivo HAR: herramientas de desarrollo, Red, «Exportar HAR».',
    },
  },
  'har-nothing-usable': {
    en: {
      summary: 'Nothing to learn from this recording',
      detail:
        'Of {count} requests in {filename} none is JSON that a page asked of its own server: {otherKind} are pages, pictures and the like, {otherOrigin} go to other servers, {noJson} are not JSON, {noAnswer} have no answer.',
      hint: 'Open the developer tools before logging in to the panel, do the steps, and export with contents.',
    },
    es: {
      summary: 'Nada que aprender de esta grabación',
      detail:
        'De {count} peticiones de {filename} ninguna es JSON que una página pida a su propio servidor: {otherKind} son páginas, imágenes y similares, {otherOrigin} van a otros servidores, {noJson} no son JSON, {noAnswer} no tienen respuesta.',
      hint: 'Abra las herramientas de desarrollo antes de entrar en el panel, haga los pasos y exporte con el contenido.',
    },
  },
  'har-values-missing': {
    en: {
      summary: 'None of the typed values is in the recording',
      detail: 'No request of {filename} holds a value that was typed for {fields}: nothing can be aligned.',
      hint: 'Type exactly the values that are given with `--sentinels` into the form, or give those that were typed: --sentinels name=…,number=….',
    },
    es: {
      summary: 'Ninguno de los valores tecleados está en la grabación',
      detail:
        'Ninguna petición de {filename} contiene un valor tecleado para {fields}: no hay nada que alinear.',
      hint: 'Teclee en el formulario exactamente los valores dados con `--sentinels`, o indique los que se teclearon: --sentinels name=…,number=….',
    },
  },
  'profile-exists': {
    en: {
      summary: 'Profile exists',
      detail: '{filename} is there already. It was not touched.',
      hint: 'Choose another name, or give `--replace` to write it anew.',
    },
    es: {
      summary: 'El perfil ya existe',
      detail: '{filename} ya está. No se ha tocado.',
      hint: 'Elija otro nombre, o use `--replace` para escribirlo de nuevo.',
    },
  },
  'site-tools-missing': {
    en: {
      summary: 'Nothing to try here',
      detail: '{target} is driven by `{driver}`, which knows its API by itself: it has no profile to prove.',
      hint: 'Name a PBX whose platform has a `profile:`.',
    },
    es: {
      summary: 'Aquí no hay nada que probar',
      detail:
        '{target} se maneja con `{driver}`, que ya conoce su API: no tiene ningún perfil que comprobar.',
      hint: 'Indique una centralita cuya plataforma tenga un `profile:`.',
    },
  },
  'selftest-unasked': {
    en: {
      summary: 'Nobody to ask',
      detail:
        '`alta profile selftest` creates, changes and deletes an extension, and there is no terminal to ask on. Nothing was done.',
      hint: 'Give `--yes` to do it without asking.',
    },
    es: {
      summary: 'No hay a quién preguntar',
      detail:
        '`alta profile selftest` crea, cambia y borra una extensión, y no hay terminal en el que preguntar. No se ha hecho nada.',
      hint: 'Use `--yes` para hacerlo sin preguntar.',
    },
  },
  'selftest-left-behind': {
    en: {
      summary: 'The trial left something behind',
      detail: 'Extension {number} of company {company} may still be on {host}: it could not be taken away.',
      hint: 'Look for it in the panel and delete it there.',
    },
    es: {
      summary: 'La prueba ha dejado algo',
      detail: 'La extensión {number} de la empresa {company} puede seguir en {host}: no se ha podido quitar.',
      hint: 'Búsquela en el panel y bórrela allí.',
    },
  },
  'profile-proof-missing': {
    en: {
      summary: 'Nothing proven yet',
      detail: 'There is no proof of the profile `{profile}` on this machine.',
      hint: 'Make one with `alta profile selftest <target> --canary <number>`.',
    },
    es: {
      summary: 'Aún no hay nada comprobado',
      detail: 'En este equipo no hay ninguna prueba del perfil `{profile}`.',
      hint: 'Haga una con `alta profile selftest <equipo> --canary <número>`.',
    },
  },
  'profile-proof-none': {
    en: {
      summary: 'Nothing proven yet',
      detail: 'No profile has been proven on this machine.',
      hint: 'Prove one with `alta profile selftest <target> --canary <number>`.',
    },
    es: {
      summary: 'Aún no hay nada comprobado',
      detail: 'En este equipo no se ha comprobado ningún perfil.',
      hint: 'Compruebe uno con `alta profile selftest <equipo> --canary <número>`.',
    },
  },
  'profile-proof-several': {
    en: {
      summary: 'Several profiles were proven',
      detail: 'Which one is meant? Proven on this machine: {known}.',
      hint: 'Name it: `alta profile lock <profile>`.',
    },
    es: {
      summary: 'Hay varios perfiles comprobados',
      detail: '¿Cuál de ellos? Comprobados en este equipo: {known}.',
      hint: 'Indíquelo: `alta profile lock <perfil>`.',
    },
  },
  'profile-proof-stale': {
    en: {
      summary: 'The proof is of another profile',
      detail: '{filename} is not what was proven on {target} at {at}: it was changed or locked since.',
      hint: 'Prove it as it is now with `alta profile selftest {target} --canary <number>`.',
    },
    es: {
      summary: 'La prueba es de otro perfil',
      detail:
        '{filename} no es lo que se comprobó en {target} el {at}: se ha cambiado o fijado desde entonces.',
      hint: 'Compruébelo tal como está con `alta profile selftest {target} --canary <número>`.',
    },
  },
} as const satisfies Record<string, Message>;
