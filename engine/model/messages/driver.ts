import type { Message } from './message.ts';

/** What a target answers, in words every driver shares. Drivers map their vendor's codes onto these. */
export const driverMessages = {
  'wrong-credentials': {
    en: {
      summary: 'Credentials refused',
      detail: '{host} refused the credentials given for {target} ({evidence}). They are not tried again.',
      hint: 'Check user and password with whoever administers the box. After five wrong attempts many boxes lock the address out.',
    },
    es: {
      summary: 'Credenciales rechazadas',
      detail: '{host} ha rechazado las credenciales de {target} ({evidence}). No se vuelven a probar.',
      hint: 'Revise usuario y contraseña con quien administre el equipo. Tras cinco intentos fallidos muchos equipos bloquean la dirección.',
    },
  },
  'locked-out': {
    en: {
      summary: 'Address locked out',
      detail: '{host} has locked our address after too many wrong logins ({evidence}).',
      hint: 'Wait for the lock to end (usually 10 minutes) or delete it in the panel, then correct the credentials.',
    },
    es: {
      summary: 'Dirección bloqueada',
      detail: '{host} ha bloqueado nuestra dirección tras demasiados accesos fallidos ({evidence}).',
      hint: 'Espere a que termine el bloqueo (suelen ser 10 minutos) o bórrelo en el panel, y corrija las credenciales.',
    },
  },
  forbidden: {
    en: {
      summary: 'Not allowed',
      detail: '{host} does not allow {operation} with these credentials ({evidence}).',
      hint: 'Ask whoever administers the box to grant this right to the API user.',
    },
    es: {
      summary: 'No permitido',
      detail: '{host} no permite {operation} con estas credenciales ({evidence}).',
      hint: 'Pida a quien administre el equipo que dé este permiso al usuario de la API.',
    },
  },
  'not-found': {
    en: {
      summary: 'Not found on the target',
      detail: '{host} says that {object} does not exist ({evidence}).',
    },
    es: { summary: 'No existe en el equipo', detail: '{host} dice que {object} no existe ({evidence}).' },
  },
  'already-exists': {
    en: {
      summary: 'Already exists on the target',
      detail: '{host} says that {object} already exists ({evidence}).',
      hint: 'Plan again: somebody created it meanwhile, or another object uses the number.',
    },
    es: {
      summary: 'Ya existe en el equipo',
      detail: '{host} dice que {object} ya existe ({evidence}).',
      hint: 'Vuelva a planificar: alguien lo ha creado entretanto u otro objeto usa ese número.',
    },
  },
  'limit-reached': {
    en: { summary: 'Limit of the target reached', detail: '{host} accepts no more: {evidence}.' },
    es: { summary: 'Límite del equipo alcanzado', detail: '{host} no admite más: {evidence}.' },
  },
  'value-refused': {
    en: {
      summary: 'Value refused by the target',
      detail: '{host} refused {operation} of {object} ({evidence}). The box does not say which value.',
      hint: 'Compare the values with the limits in docs/drivers.md.',
    },
    es: {
      summary: 'Valor rechazado por el equipo',
      detail: '{host} ha rechazado {operation} de {object} ({evidence}). El equipo no dice qué valor.',
      hint: 'Compare los valores con los límites de docs/drivers.md.',
    },
  },
  'target-busy': {
    en: {
      summary: 'Target busy',
      detail: '{host} is busy: {evidence}.',
      hint: 'Try again in a few minutes.',
    },
    es: {
      summary: 'Equipo ocupado',
      detail: '{host} está ocupado: {evidence}.',
      hint: 'Pruebe de nuevo en unos minutos.',
    },
  },
  'not-in-effect': {
    en: {
      summary: 'Saved but not in effect',
      detail: '{host} saved the changes of {target} but has not put them into effect ({evidence}).',
      hint: 'Run apply again in a few minutes, or press Apply in the panel.',
    },
    es: {
      summary: 'Guardado pero sin efecto',
      detail: '{host} ha guardado los cambios de {target} pero no los ha aplicado ({evidence}).',
      hint: 'Ejecute apply de nuevo en unos minutos o pulse Apply en el panel.',
    },
  },
  'strange-answer': {
    en: {
      summary: 'Answer not understood',
      detail: '{host} answered {operation} with something else than expected: {evidence}.',
      hint: 'Check that the address is the API of this kind of box and that its API is switched on.',
    },
    es: {
      summary: 'Respuesta no entendida',
      detail: '{host} ha respondido a {operation} con algo inesperado: {evidence}.',
      hint: 'Compruebe que la dirección es la API de este tipo de equipo y que está activada.',
    },
  },
  'wrong-identity': {
    en: {
      summary: 'Not the expected box',
      detail: '{host} says it is {found}, but {target} declares {expected}. Nothing was written.',
      hint: 'Correct the address or the declared identity.',
    },
    es: {
      summary: 'No es el equipo esperado',
      detail: '{host} dice ser {found}, pero {target} declara {expected}. No se ha escrito nada.',
      hint: 'Corrija la dirección o la identidad declarada.',
    },
  },
  'unsupported-operation': {
    en: {
      summary: 'Not possible on this box',
      detail: '{host} ({edition}) cannot {operation} through its API.',
      hint: 'Do it in the panel; plan prints the form.',
    },
    es: {
      summary: 'No es posible en este equipo',
      detail: '{host} ({edition}) no puede {operation} por su API.',
      hint: 'Hágalo en el panel; plan imprime el formulario.',
    },
  },
  'field-unsupported': {
    en: {
      summary: 'Field not supported by the target',
      detail: '{driver} has no `{field}`, which {address} declares.',
      hint: 'Remove the line, or see docs/drivers.md for what this kind of target can do.',
    },
    es: {
      summary: 'Campo que el equipo no admite',
      detail: '{driver} no tiene `{field}`, declarado en {address}.',
      hint: 'Quite la línea o consulte docs/drivers.md para ver qué admite este tipo de equipo.',
    },
  },
  'field-switched-off': {
    en: {
      summary: 'Switched off on this box',
      detail:
        '{address} declares `{field}`, but {target} has {feature} switched off, or its firmware does not have it.',
      hint: 'Switch {feature} on in the panel of this box and plan again, or remove the line.',
    },
    es: {
      summary: 'Función desactivada en este equipo',
      detail:
        '{address} declara `{field}`, pero {target} tiene {feature} sin activar, o su firmware no lo incluye.',
      hint: 'Active {feature} en el panel de este equipo y vuelva a planificar, o quite la línea.',
    },
  },
  'field-required': {
    en: {
      summary: 'Field required by the target',
      detail: '{driver} requires `{field}` on {address}.',
      hint: 'Add `{field}` to the extension.',
    },
    es: {
      summary: 'Campo obligatorio en el equipo',
      detail: '{driver} exige `{field}` en {address}.',
      hint: 'Añada `{field}` a la extensión.',
    },
  },
  'field-read-only': {
    en: {
      summary: 'Field that the target only shows',
      detail: '{driver} shows `{field}` but cannot set it; {address} declares it.',
      hint: 'Remove the line and set it in the panel if it matters.',
    },
    es: {
      summary: 'Campo que el equipo solo muestra',
      detail: '{driver} muestra `{field}` pero no puede cambiarlo; está declarado en {address}.',
      hint: 'Quite la línea y cámbielo en el panel si hace falta.',
    },
  },
  'value-unsupported': {
    en: {
      summary: 'Value that the target cannot express',
      detail: '{driver} has no way to set `{field}` of {address} to {value}.',
      hint: 'Choose another value, or see docs/drivers.md for what this kind of target can do.',
    },
    es: {
      summary: 'Valor que el equipo no puede expresar',
      detail: '{driver} no tiene forma de poner {value} en `{field}` de {address}.',
      hint: 'Elija otro valor o consulte docs/drivers.md para ver qué admite este tipo de equipo.',
    },
  },
  'value-too-long': {
    en: {
      summary: 'Value too long for the target',
      detail: '{driver} holds at most {max} characters in `{field}`; {address} declares {length}.',
      hint: 'Shorten the value.',
    },
    es: {
      summary: 'Valor demasiado largo para el equipo',
      detail: '{driver} guarda como máximo {max} caracteres en `{field}`; {address} declara {length}.',
      hint: 'Acorte el valor.',
    },
  },
  'value-too-short': {
    en: {
      summary: 'Value too short for the target',
      detail: '{driver} wants at least {min} characters in `{field}`; {address} declares {length}.',
      hint: 'Lengthen the value, or remove the line.',
    },
    es: {
      summary: 'Valor demasiado corto para el equipo',
      detail: '{driver} exige al menos {min} caracteres en `{field}`; {address} declara {length}.',
      hint: 'Alargue el valor o quite la línea.',
    },
  },
  'value-characters': {
    en: {
      summary: 'Characters that the target may not hold',
      detail:
        '`{field}` of {address} is {value}. {driver} is documented to hold only these there: {allowed}.',
      hint: 'Use only those characters.',
    },
    es: {
      summary: 'Caracteres que el equipo puede no admitir',
      detail:
        '`{field}` de {address} es {value}. Según su documentación, {driver} solo admite ahí: {allowed}.',
      hint: 'Use solo esos caracteres.',
    },
  },
  'value-forbidden-characters': {
    en: {
      summary: 'Characters forbidden on the target',
      detail: '`{field}` of {address} is {value}. {driver} does not accept any of these there: {forbidden}',
      hint: 'Leave those characters out.',
    },
    es: {
      summary: 'Caracteres prohibidos en el equipo',
      detail: '`{field}` de {address} es {value}. {driver} no acepta ahí ninguno de estos: {forbidden}',
      hint: 'Quite esos caracteres.',
    },
  },
  'value-out-of-range': {
    en: {
      summary: 'Number out of range on the target',
      detail: '{driver} takes {min} to {max} in `{field}`; {address} declares {value}.',
      hint: 'Choose a whole number within the range.',
    },
    es: {
      summary: 'Número fuera del intervalo del equipo',
      detail: '{driver} admite de {min} a {max} en `{field}`; {address} declara {value}.',
      hint: 'Elija un número entero dentro del intervalo.',
    },
  },
  'value-one-of': {
    en: {
      summary: 'Not one of the values of the target',
      detail: '{driver} takes one of these in `{field}`: {allowed}; {address} declares {value}.',
      hint: 'Choose one of them.',
    },
    es: {
      summary: 'No es uno de los valores del equipo',
      detail: '{driver} admite en `{field}` uno de estos: {allowed}; {address} declara {value}.',
      hint: 'Elija uno de ellos.',
    },
  },
  'secret-required': {
    en: {
      summary: 'Secret required by the target',
      detail: '{driver} cannot create {address} without the secret `{field}`.',
      hint: 'Make one with `alta secrets generate` or enter one with `alta secrets set`.',
    },
    es: {
      summary: 'Secreto obligatorio en el equipo',
      detail: '{driver} no puede crear {address} sin el secreto `{field}`.',
      hint: 'Genérelo con `alta secrets generate` o introdúzcalo con `alta secrets set`.',
    },
  },
  'secret-too-short': {
    en: {
      summary: 'Secret too short for the target',
      detail:
        '{driver} wants at least {min} characters in the secret `{field}` of {address}. It was not sent.',
      hint: 'Make a new one with `alta secrets generate`: it suits every target.',
    },
    es: {
      summary: 'Secreto demasiado corto para el equipo',
      detail:
        '{driver} exige al menos {min} caracteres en el secreto `{field}` de {address}. No se ha enviado.',
      hint: 'Genere otro con `alta secrets generate`: vale para todos los equipos.',
    },
  },
  'secret-too-long': {
    en: {
      summary: 'Secret too long for the target',
      detail:
        '{driver} holds at most {max} characters in the secret `{field}` of {address}. It was not sent.',
      hint: 'Make a new one with `alta secrets generate`: it suits every target.',
    },
    es: {
      summary: 'Secreto demasiado largo para el equipo',
      detail:
        '{driver} guarda como máximo {max} caracteres en el secreto `{field}` de {address}. No se ha enviado.',
      hint: 'Genere otro con `alta secrets generate`: vale para todos los equipos.',
    },
  },
  'secret-characters': {
    en: {
      summary: 'Secret with characters that the target does not take',
      detail: '{driver} takes only these in the secret `{field}` of {address}: {allowed}. It was not sent.',
      hint: 'Make a new one with `alta secrets generate`: it suits every target.',
    },
    es: {
      summary: 'Secreto con caracteres que el equipo no admite',
      detail: '{driver} solo admite en el secreto `{field}` de {address}: {allowed}. No se ha enviado.',
      hint: 'Genere otro con `alta secrets generate`: vale para todos los equipos.',
    },
  },
  'secret-forbidden-characters': {
    en: {
      summary: 'Secret with forbidden characters',
      detail:
        'The secret `{field}` of {address} was not sent. {driver} does not accept any of these in it: {forbidden}',
      hint: 'Make a new one with `alta secrets generate`: it suits every target.',
    },
    es: {
      summary: 'Secreto con caracteres prohibidos',
      detail:
        'No se ha enviado el secreto `{field}` de {address}. {driver} no acepta en él ninguno de estos: {forbidden}',
      hint: 'Genere otro con `alta secrets generate`: vale para todos los equipos.',
    },
  },
  'secret-weak': {
    en: {
      summary: 'Secret refused, probably too weak',
      detail:
        '{host} refused {operation} of {object} ({evidence}), and its secret `{field}` is weaker than the default rule of this kind of box.',
      hint: 'Make a new one with `alta secrets generate`: it suits every target.',
    },
    es: {
      summary: 'Secreto rechazado, probablemente por débil',
      detail:
        '{host} ha rechazado {operation} de {object} ({evidence}), y su secreto `{field}` es más débil que la regla habitual de este tipo de equipo.',
      hint: 'Genere otro con `alta secrets generate`: vale para todos los equipos.',
    },
  },
  'credential-missing': {
    en: {
      summary: 'Credential missing',
      detail: '{target} needs `{part}` to log in to {host}, and none was given. Nothing was sent.',
      hint: 'Add `{part}` under `credentials:` of the target or of its platform.',
    },
    es: {
      summary: 'Falta una credencial',
      detail: '{target} necesita `{part}` para entrar en {host} y no se ha dado. No se ha enviado nada.',
      hint: 'Añada `{part}` en `credentials:` del equipo o de su plataforma.',
    },
  },
  'field-ignored': {
    en: {
      summary: 'Value ignored by the target',
      detail:
        '{host} accepted {operation} of {object}, but `{field}` still reads {found} instead of {value}.',
      hint: 'Set it in the panel; plan will then see it.',
    },
    es: {
      summary: 'Valor que el equipo ha pasado por alto',
      detail:
        '{host} ha aceptado {operation} de {object}, pero `{field}` sigue siendo {found} en lugar de {value}.',
      hint: 'Cámbielo en el panel; plan lo verá después.',
    },
  },
  'read-only-session': {
    en: {
      summary: 'Session opened for reading only',
      detail:
        '{operation} of {object} was asked of a session on {host} that was opened for reading. Nothing was written.',
      hint: 'This is a defect of Alta: only apply opens sessions for writing. Please report it with the command you ran.',
    },
    es: {
      summary: 'Sesión abierta solo para leer',
      detail:
        'Se ha pedido {operation} de {object} a una sesión en {host} abierta solo para leer. No se ha escrito nada.',
      hint: 'Es un defecto de Alta: solo apply abre sesiones para escribir. Comuníquelo con el comando que ejecutó.',
    },
  },
  'tenant-unsupported': {
    en: {
      summary: 'This kind of PBX has no tenants',
      detail:
        '{target} declares `{field}: {value}`, but `{driver}` has no tenants: nothing could be written to it.',
      hint: 'Take `{field}` out. To know the box again, give its `serial`.',
    },
    es: {
      summary: 'Este tipo de centralita no tiene tenants',
      detail:
        '{target} declara `{field}: {value}`, pero `{driver}` no tiene tenants: no se podría escribir nada en ella.',
      hint: 'Quite `{field}`. Para reconocer el equipo, indique su `serial`.',
    },
  },
  'paste-unreadable': {
    en: {
      summary: 'Pasted output not understood',
      detail: '{filename} holds nothing that tells who is registered.',
      hint: 'Paste the output of `sip show peers`, `sip show peer NAME load`, `pjsip show endpoints`, `pjsip show aors` or `pjsip show contacts`, or what the manager interface answers to SIPpeers, SIPshowpeer, PJSIPShowEndpoints and PJSIPShowContacts.',
    },
    es: {
      summary: 'Salida pegada no entendida',
      detail: '{filename} no contiene nada que diga quién está registrado.',
      hint: 'Pegue la salida de `sip show peers`, `sip show peer NOMBRE load`, `pjsip show endpoints`, `pjsip show aors` o `pjsip show contacts`, o lo que la interfaz de gestión responde a SIPpeers, SIPshowpeer, PJSIPShowEndpoints y PJSIPShowContacts.',
    },
  },
  'driver-unbuilt': {
    en: {
      summary: 'Driver not built yet',
      detail:
        'This version of Alta has no driver `{driver}`, which {address} needs. The file is otherwise valid.',
      hint: 'Use `mode: guided` meanwhile: plan prints the steps for a person.',
    },
    es: {
      summary: 'Controlador aún no disponible',
      detail:
        'Esta versión de Alta no tiene el controlador `{driver}` que necesita {address}. Por lo demás el fichero es válido.',
      hint: 'Use `mode: guided` mientras tanto: plan imprime los pasos para una persona.',
    },
  },
} as const satisfies Record<string, Message>;
