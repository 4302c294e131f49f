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
  'field-invalid': {
    en: {
      summary: 'Value not possible on the target',
      detail: '{driver} cannot hold {value} in `{field}` of {address}: {rule}.',
      hint: 'Change the value.',
    },
    es: {
      summary: 'Valor imposible en el equipo',
      detail: '{driver} no puede guardar {value} en `{field}` de {address}: {rule}.',
      hint: 'Cambie el valor.',
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
