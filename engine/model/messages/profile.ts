import type { Message } from './message.ts';

/** Profiles: files that say how an API looks, and what comes of one that is missing, wrong, unproven or out of date. */
export const profileMessages = {
  'profile-name-other': {
    en: {
      summary: 'Profile named otherwise than its file',
      detail: 'The profile calls itself `{name}`, but its file is called {file}.',
      hint: 'Give both the same name: platforms find a profile by its file.',
    },
    es: {
      summary: 'Perfil con otro nombre que su fichero',
      detail: 'El perfil se llama `{name}`, pero su fichero se llama {file}.',
      hint: 'Ponga el mismo nombre a los dos: las plataformas buscan el perfil por su fichero.',
    },
  },
  'profile-variable': {
    en: {
      summary: 'Nothing of that name to fill in',
      detail: '`{field}` asks for {variable}, which is not known there.',
      hint: 'Known there: {allowed}.',
    },
    es: {
      summary: 'No hay nada con ese nombre que rellenar',
      detail: '`{field}` pide {variable}, que ahí no se conoce.',
      hint: 'Ahí se conocen: {allowed}.',
    },
  },
  'profile-variable-missing': {
    en: {
      summary: 'Nothing says which one is meant',
      detail:
        '`{field}` must hold {variable}: without it the call would be about another thing, or about all.',
      hint: 'Put {variable} where the API expects it.',
    },
    es: {
      summary: 'Nada dice a cuál se refiere',
      detail: '`{field}` debe contener {variable}: sin ello la llamada trataría de otra cosa, o de todas.',
      hint: 'Ponga {variable} donde lo espera la API.',
    },
  },
  'profile-pattern-invalid': {
    en: {
      summary: 'Not a regular expression',
      detail: '`{field}` is not a regular expression.',
      hint: 'Look for brackets that are not closed; put a backslash before a sign that is meant as itself.',
    },
    es: {
      summary: 'No es una expresión regular',
      detail: '`{field}` no es una expresión regular.',
      hint: 'Busque paréntesis sin cerrar; ponga una barra invertida ante un signo que se entienda como tal.',
    },
  },
  'profile-pattern-slow': {
    en: {
      summary: 'Regular expression that may take for ever',
      detail:
        '`{field}` repeats something that repeats itself, refers back, repeats without limit more than twice, or can be tried in too many ways.',
      hint: 'Write a plain word of the message; alternatives go in entries of their own.',
    },
    es: {
      summary: 'Expresión regular que puede no acabar nunca',
      detail:
        '`{field}` repite algo que ya se repite, hace referencia atrás, repite sin límite más de dos veces o se puede probar de demasiadas maneras.',
      hint: 'Escriba una palabra del mensaje; las alternativas van cada una en su entrada.',
    },
  },
  'profile-resource-unknown': {
    en: {
      summary: 'Resource that the profile does not declare',
      detail: '`{field}` names `{resource}`, which is not among `resources`.',
      hint: 'Declared are: {known}.',
    },
    es: {
      summary: 'Recurso que el perfil no declara',
      detail: '`{field}` nombra `{resource}`, que no está en `resources`.',
      hint: 'Declarados: {known}.',
    },
  },
  'profile-range': {
    en: {
      summary: 'No range of numbers',
      detail: '{from} to {to} is no range: both ends need the same length, the smaller first.',
      hint: 'Choose numbers that nobody will ever use, such as 9900 to 9999.',
    },
    es: {
      summary: 'No es un intervalo de números',
      detail:
        'De {from} a {to} no es un intervalo: los dos extremos deben tener la misma longitud, primero el menor.',
      hint: 'Elija números que nadie vaya a usar, como de 9900 a 9999.',
    },
  },
  'profile-path-twice': {
    en: {
      summary: 'Two fields in one place',
      detail: '`{field}` and `{other}` are both written to {path}: one would undo the other.',
      hint: 'Correct one of the paths, or make one of them `readOnly`.',
    },
    es: {
      summary: 'Dos campos en un mismo sitio',
      detail: '`{field}` y `{other}` se escriben los dos en {path}: uno desharía el otro.',
      hint: 'Corrija una de las rutas, o marque uno como `readOnly`.',
    },
  },
  'profile-path-unwritable': {
    en: {
      summary: 'A place that cannot be written',
      detail:
        '`{field}` is written to {path}: an entry of a list, or the whole object. What stands beside it would be lost.',
      hint: 'Make the field `readOnly`, or leave it out: it is set in the panel then.',
    },
    es: {
      summary: 'Un sitio donde no se puede escribir',
      detail:
        '`{field}` se escribe en {path}: un elemento de una lista, o el objeto entero. Se perdería lo que hay al lado.',
      hint: 'Marque el campo como `readOnly`, o quítelo: entonces se pone en el panel.',
    },
  },
  'profile-contradiction': {
    en: {
      summary: 'Settings that exclude each other',
      detail: '`{field}` cannot be `{one}` and `{other}` at once.',
      hint: 'Remove one of them.',
    },
    es: {
      summary: 'Ajustes que se excluyen',
      detail: '`{field}` no puede ser `{one}` y `{other}` a la vez.',
      hint: 'Quite uno de los dos.',
    },
  },
  'profile-value-twice': {
    en: {
      summary: 'One value for two things',
      detail: 'Two entries of `{field}` stand for {value}: reading it, nobody could tell which is meant.',
      hint: 'Give each its own value.',
    },
    es: {
      summary: 'Un valor para dos cosas',
      detail: 'Dos entradas de `{field}` equivalen a {value}: al leerlo no se sabría cuál es.',
      hint: 'Dé a cada una su propio valor.',
    },
  },
  'profile-required': {
    en: {
      summary: 'No profile',
      detail: '{target} is driven by its API, and `{driver}` needs a profile that says how that API looks.',
      hint: 'Add `profile: <name>` to the platform or PBX, or use `mode: guided` meanwhile.',
    },
    es: {
      summary: 'Falta el perfil',
      detail: '{target} se maneja por su API, y `{driver}` necesita un perfil que diga cómo es esa API.',
      hint: 'Añada `profile: <nombre>` a la plataforma o centralita, o use `mode: guided` mientras tanto.',
    },
  },
  'profile-unverified': {
    en: {
      summary: 'Guesses that nobody has confirmed',
      detail:
        'To {operation} {address}, the profile `{profile}` relies on names that are still marked `verify: true`: {marks}. Nothing was sent.',
      hint: 'Prove them with `alta profile selftest --target {target}`, then clear them with `alta profile lock {profile}`. What no program can prove, because it is never shown or only one value could be tried, a person answers for: `alta profile lock {profile} --vouch <name>`. Or do this step in the panel with `mode: guided`.',
    },
    es: {
      summary: 'Suposiciones sin confirmar',
      detail:
        'Para {operation} de {address}, el perfil `{profile}` se apoya en nombres aún marcados con `verify: true`: {marks}. No se ha enviado nada.',
      hint: 'Compruébelos con `alta profile selftest --target {target}` y quite las marcas con `alta profile lock {profile}`. De lo que ningún programa puede demostrar, porque nunca se muestra o solo se pudo probar un valor, responde una persona: `alta profile lock {profile} --vouch <nombre>`. O haga este paso en el panel con `mode: guided`.',
    },
  },
  'profile-changed': {
    en: {
      summary: 'The API looks otherwise than when the profile was locked',
      detail:
        '{host} no longer looks like the profile `{profile}` says: {changes}. Nothing is written until somebody has looked at it.',
      hint: 'Compare with `alta profile diff --target {target}`, then prove and lock the profile again.',
    },
    es: {
      summary: 'La API no es como cuando se fijó el perfil',
      detail:
        '{host} ya no es como dice el perfil `{profile}`: {changes}. No se escribe nada hasta que alguien lo revise.',
      hint: 'Compare con `alta profile diff --target {target}` y vuelva a comprobar y fijar el perfil.',
    },
  },
  'profile-guess-wrong': {
    en: {
      summary: 'A guess of the profile is wrong',
      detail:
        '{operation} on {host} failed at `{mark}` of the profile `{profile}`, which is marked `verify: true`: {evidence}.',
      hint: 'See what resolves with `alta profile probe --target {target}`, correct `{mark}` in profiles/{profile}.yaml, and clear the mark with `alta profile lock`.',
    },
    es: {
      summary: 'Una suposición del perfil es errónea',
      detail:
        '{operation} en {host} ha fallado en `{mark}` del perfil `{profile}`, marcado con `verify: true`: {evidence}.',
      hint: 'Vea qué se encuentra con `alta profile probe --target {target}`, corrija `{mark}` en profiles/{profile}.yaml y quite la marca con `alta profile lock`.',
    },
  },
  'profile-outdated': {
    en: {
      summary: 'The API does not look as the profile says',
      detail: '{operation} on {host} failed at `{mark}` of the profile `{profile}`: {evidence}.',
      hint: 'The server may have been updated. See what differs with `alta profile probe --target {target}` and correct profiles/{profile}.yaml.',
    },
    es: {
      summary: 'La API no es como dice el perfil',
      detail: '{operation} en {host} ha fallado en `{mark}` del perfil `{profile}`: {evidence}.',
      hint: 'Puede que el servidor se haya actualizado. Vea qué difiere con `alta profile probe --target {target}` y corrija profiles/{profile}.yaml.',
    },
  },
  'profile-unproven': {
    en: {
      summary: 'Read with guesses',
      detail:
        '{count} names of the profile `{profile}` are marked `verify: true`. What {target} shows was read with them; apply will not write what needs them.',
      hint: 'Prove them with `alta profile probe` and `alta profile selftest`, then `alta profile lock`.',
    },
    es: {
      summary: 'Leído con suposiciones',
      detail:
        '{count} nombres del perfil `{profile}` están marcados con `verify: true`. Lo que muestra {target} se ha leído con ellos; apply no escribirá lo que los necesite.',
      hint: 'Compruébelos con `alta profile probe` y `alta profile selftest`, y después `alta profile lock`.',
    },
  },
  'profile-unseen': {
    en: {
      summary: 'Guesses that nothing read has',
      detail:
        'In nothing that was read on {target} stands what the profile `{profile}` guesses for: {missing}.',
      hint: 'See what is there with `alta profile diff {target}`, and correct profiles/{profile}.yaml.',
    },
    es: {
      summary: 'Suposiciones que no están en nada de lo leído',
      detail: 'En nada de lo leído en {target} está lo que el perfil `{profile}` supone para: {missing}.',
      hint: 'Vea qué hay con `alta profile diff {target}` y corrija profiles/{profile}.yaml.',
    },
  },
  'profile-identity-guess': {
    en: {
      summary: 'A guess of the profile hides the declared company',
      detail:
        'By {marks} of the profile `{profile}`, still marked `verify: true`, no company on {host} is the one that {target} declares: {expected}. Nothing was written.',
      hint: 'Suspect the guess before the declaration: see what is there with `alta profile probe {target}`, and correct {marks} in profiles/{profile}.yaml.',
    },
    es: {
      summary: 'Una suposición del perfil oculta la empresa declarada',
      detail:
        'Según {marks} del perfil `{profile}`, aún con la marca `verify: true`, ninguna empresa de {host} es la que declara {target}: {expected}. No se ha escrito nada.',
      hint: 'Sospeche de la suposición antes que de lo declarado: vea qué hay con `alta profile probe {target}` y corrija {marks} en profiles/{profile}.yaml.',
    },
  },
  'second-factor-wanted': {
    en: {
      summary: 'The login wants a second factor',
      detail: '{host} asks for a second factor to log in for {target}, which nobody can type here.',
      hint: 'Use a user of its own for the API, without a second factor; whoever administers the server can make one.',
    },
    es: {
      summary: 'El acceso pide un segundo factor',
      detail: '{host} pide un segundo factor para entrar por {target}, y aquí nadie puede escribirlo.',
      hint: 'Use un usuario propio para la API, sin segundo factor; lo puede crear quien administre el servidor.',
    },
  },
  'field-refused': {
    en: {
      summary: 'Value refused by the target',
      detail: '{host} refused {operation} of {object} because of: {fields} ({evidence}).',
      hint: 'Correct these values; docs/drivers.md lists the limits that are known.',
    },
    es: {
      summary: 'Valor rechazado por el equipo',
      detail: '{host} ha rechazado {operation} de {object} por: {fields} ({evidence}).',
      hint: 'Corrija esos valores; docs/drivers.md recoge los límites conocidos.',
    },
  },
  'tenant-required': {
    en: {
      summary: 'No tenant declared',
      detail:
        '{target} says neither `tenant` nor `tenantName`: `{driver}` would not know whose extensions are meant.',
      hint: 'Add `tenant: "…"`, the id of the company, to the PBX.',
    },
    es: {
      summary: 'No se ha indicado el tenant',
      detail:
        '{target} no indica ni `tenant` ni `tenantName`: `{driver}` no sabría de quién son las extensiones.',
      hint: 'Añada `tenant: "…"`, el identificador de la empresa, a la centralita.',
    },
  },
  'tenant-ambiguous': {
    en: {
      summary: 'Several tenants of that name',
      detail: '{host} has {count} companies called {name}, and {target} does not say which.',
      hint: 'Add `tenant: "…"`, the id of the company.',
    },
    es: {
      summary: 'Varios tenants con ese nombre',
      detail: '{host} tiene {count} empresas llamadas {name}, y {target} no dice cuál es.',
      hint: 'Añada `tenant: "…"`, el identificador de la empresa.',
    },
  },
  'serial-unsupported': {
    en: {
      summary: 'This kind of PBX tells no serial number',
      detail:
        '{target} declares `serial: {value}`, which `{driver}` can never find: nothing could be written to it.',
      hint: 'Take `serial` out; the tenant is the identity here.',
    },
    es: {
      summary: 'Este tipo de centralita no da número de serie',
      detail:
        '{target} indica `serial: {value}`, que `{driver}` nunca encontrará: no se podría escribir nada en ella.',
      hint: 'Quite `serial`; aquí la identidad es el tenant.',
    },
  },
  'canary-undeclared': {
    en: {
      summary: 'No numbers to try with',
      detail: 'The profile `{profile}` declares no `canary`: nothing says which numbers nobody uses.',
      hint: 'Add `canary: { from: "9900", to: "9999" }` with numbers that are free in every company.',
    },
    es: {
      summary: 'Sin números con los que probar',
      detail: 'El perfil `{profile}` no declara `canary`: nada dice qué números no usa nadie.',
      hint: 'Añada `canary: { from: "9900", to: "9999" }` con números libres en todas las empresas.',
    },
  },
  'canary-out-of-range': {
    en: {
      summary: 'Not a number to try with',
      detail:
        '{number} is not among the numbers that the profile `{profile}` keeps for trying: {from} to {to}.',
      hint: 'Choose one of those. Writes are never tried on a number that somebody may use.',
    },
    es: {
      summary: 'No es un número de prueba',
      detail:
        '{number} no está entre los números que el perfil `{profile}` reserva para probar: de {from} a {to}.',
      hint: 'Elija uno de esos. Nunca se prueba a escribir en un número que alguien pueda usar.',
    },
  },
  'canary-taken': {
    en: {
      summary: 'The number is in use',
      detail: '{number} exists on {host} already. It was not touched.',
      hint: 'Choose another number of the range, or see who made it: an earlier trial may have left it there.',
    },
    es: {
      summary: 'El número está en uso',
      detail: '{number} ya existe en {host}. No se ha tocado.',
      hint: 'Elija otro número del intervalo, o averigüe quién lo creó: puede haberlo dejado una prueba anterior.',
    },
  },
} as const satisfies Record<string, Message>;
