import type { Words } from './words.ts';

export const es: Words = {
  severity: { error: 'error', warning: 'aviso' },
  sections: {
    requested: 'Pedido en el YAML',
    drift: 'Cambiado por fuera: se repone lo declarado',
    unapplied: 'Declarado antes y nunca aplicado',
    vanished: 'Desaparecido del equipo sin que nadie lo pidiera',
    moved: 'Trasladado',
    adopted: 'Ya existía: pasa a gestionarse aquí',
    released: 'Liberado: se queda en el equipo y deja de gestionarse aquí',
  },
  kinds: { extension: 'extensión', account: 'cuenta' },
  kindCounts: {
    extension: { one: '{n} extensión', other: '{n} extensiones' },
    account: { one: '{n} cuenta', other: '{n} cuentas' },
  },
  blocks: {
    'needs-delete-consent': {
      reason: 'borrado sin consentimiento',
      wayOut:
        'Si quiere de verdad todos los borrados de esta ejecución ({count}), repita con `--allow-delete {count}`.',
    },
    'delete-limit': {
      reason: 'demasiados borrados a la vez',
      wayOut:
        'Se borrarían o han desaparecido {count} de {managed} objetos de {scope}; el límite es el {limit} %. Si es lo que quiere, repita con `--override-limits "motivo"`.',
    },
    'change-limit': {
      reason: 'demasiados cambios a la vez',
      wayOut:
        'Cambiarían {count} de {managed} objetos de {scope}; el límite es el {limit} %. Si es lo que quiere, repita con `--override-limits "motivo"`.',
    },
    'all-gone': {
      reason: 'se borraría todo lo del equipo',
      wayOut:
        'Se borrarían todos los objetos ({count}) de {target}. Si el cliente se da de baja, declare `status: baja` en su client.yaml.',
    },
    'all-gone-vanished': {
      reason: 'no queda nada en el equipo',
      wayOut:
        'De nuestros {count} objetos no queda ninguno en {target}. Compruebe que es el equipo y el cliente correctos y que no se ha restablecido de fábrica. Si hay que crearlos otra vez, repita con `--recreate {recreate}`.',
    },
    protected: {
      reason: 'el YAML lo protege',
      wayOut: 'Lleva `protect: true`. Quite esa línea en un cambio aparte antes de borrarlo.',
    },
    referenced: {
      reason: 'todavía se usa',
      wayOut: 'Todavía lo usa {by}. Cambie eso primero.',
    },
    'needs-adopt': {
      reason: 'ya existe allí con otros valores',
      wayOut:
        'Ya está en el equipo y se diferencia en {fields}. Para tomarlo con los valores declarados, escriba `adopt: true` en su línea; para conservar lo que hay, cambie el YAML.',
    },
    'needs-secret-consent': {
      reason: 'habría que cambiar también su contraseña',
      wayOut:
        'Lo que hay es de otra cuenta, y su contraseña también: con los nombres nuevos fallaría el registro y se bloquearía su dirección. Para cambiar ambas cosas, ponga `adopt: { secrets: true }` en su línea.',
    },
    'target-unreadable': {
      reason: 'no se ha podido leer el equipo',
      wayOut:
        'No se escribe nada en un equipo que antes no se ha podido leer. Resuelva el problema que se indica para él y repita.',
    },
    'target-objects': {
      reason: 'el equipo no lo admite',
      wayOut:
        '{target} ha dicho lo que admite y esto no lo es: vea el error que se muestra para esta dirección.',
    },
    'depends-on-blocked': {
      reason: 'espera a otro cambio',
      wayOut: 'Va después de {on}, que ahora no se hace. Seguirá en cuanto aquel esté hecho.',
    },
    'strands-devices': {
      reason: 'dejaría teléfonos sin servicio',
      wayOut:
        'A estas cuentas no se les puede dar ahora la contraseña nueva y dejarían de funcionar hasta que actúe una persona: {devices}. Espere a que estén accesibles o repita con `--accept-outage "motivo"`.',
    },
    'still-desired': {
      reason: 'puede que lo declare otro cliente',
      wayOut:
        'Los ficheros de otro cliente tienen errores y puede que declare este objeto: no se borra. Corrija esos ficheros y repita.',
    },
    'not-approved': {
      reason: 'no está en el plan aprobado',
      wayOut:
        'El plan aprobado no contiene este cambio en esta forma. Haga un plan nuevo y pida que se apruebe.',
    },
  },
  unverifiable: {
    'not-shown': 'el equipo nunca lo muestra',
    'no-fingerprint-key': 'falta la clave para comparar secretos',
    'never-applied': 'se adoptó sin sustituirlo',
    attested: 'una persona ha dado fe de ello',
    published: 'publicado; nada indica si el teléfono lo ha descargado',
    'no-marker': 'falta su valor o la clave para compararlo',
  },
  status: {
    unreachable: 'no accesible ahora',
    failed: 'no se ha podido leer',
    guided: 'se trabaja a mano: no tiene API que usemos',
    skipped: 'no se ha mirado en esta ejecución',
  },
  plan: {
    title: 'Plan',
    none: 'Sin cambios. Los equipos tienen lo que declara el YAML.',
    noneUnread: 'No se han encontrado cambios, pero no se han podido leer todos los equipos.',
    unchangedClients: { one: '{n} cliente sin cambios', other: '{n} clientes sin cambios' },
    partial: 'Plan parcial: `--client`, `--target`, `--exclude` o `--since` dejan algo fuera.',
    create: { one: '{n} por crear', other: '{n} por crear' },
    update: { one: '{n} por cambiar', other: '{n} por cambiar' },
    delete: { one: '{n} por borrar', other: '{n} por borrar' },
    blockedCount: { one: '{n} bloqueado', other: '{n} bloqueados' },
    stateOnly: { one: '{n} solo en el estado de Alta', other: '{n} solo en el estado de Alta' },
    changes: { one: '{n} cambio', other: '{n} cambios' },
    deferred: { one: '{n} aplazado', other: '{n} aplazados' },
    pending: { one: '{n} a la espera de una persona', other: '{n} a la espera de una persona' },
    unverifiable: { one: '{n} no comprobable', other: '{n} no comprobables' },
    actions: {
      create: 'crear',
      update: 'cambiar',
      delete: 'borrar',
      record: 'solo en el estado de Alta: no se escribe nada en el equipo',
      forget: 'solo en el estado de Alta: se queda en el equipo',
    },
    blocked: 'bloqueado',
    blockedTitle: { one: 'Bloqueado: {n} cambio no se hará', other: 'Bloqueados: {n} cambios no se harán' },
    guided: 'a mano',
    guidedField: 'a mano',
    later: 'aplazado',
    publishedChange: 'publicado: espera a que el teléfono lo descargue',
    deferredChange: 'aplazado: el equipo no está accesible ahora',
    since: 'pendiente desde {since}',
    sinceDays: {
      one: 'pendiente desde hace {n} día (desde {since})',
      other: 'pendiente desde hace {n} días (desde {since})',
    },
    strands: 'dejan de funcionar hasta que actúe una persona: {accounts}',
    previously: 'antes: {address}',
    secret: '(secreto)',
    unknown: '(se sabrá al aplicar)',
    absent: '(sin valor)',
    republished: 'se vuelve a escribir el archivo',
    goesBack: 'vuelve a una versión anterior',
    unconfirmed: 'una ejecución anterior no pudo confirmarlo',
    driftField: 'cambiado por fuera',
    wholeObject: 'todo',
    foreign: { one: '{n} objeto ajeno, no se toca', other: '{n} objetos ajenos, no se tocan' },
    more: { one: 'y {n} más', other: 'y {n} más' },
    notCompared: {
      one: '{field} sin comparar en {n} objeto: {why}',
      other: '{field} sin comparar en {n} objetos: {why}',
    },
    commitAfterWrites:
      'Al terminar se pulsa el Apply del propio equipo. Eso activa también lo que un compañero haya guardado allí sin aplicar.',
    commitPending:
      'Una ejecución anterior guardó aquí cambios sin el Apply del propio equipo. Esta termina con él; eso activa también lo que un compañero haya guardado allí.',
    insecure: 'Se habla con él por http, sin cifrar. Motivo declarado: {reason}',
    details: 'detalles',
    target: 'Equipo',
    what: 'Objeto',
    change: 'Cambio',
    note: 'Nota',
    warnings: 'Tenga en cuenta',
    problems: 'Problemas encontrados',
    leftOut: {
      one: 'Falta {n} línea por espacio. El plan completo está en la salida del trabajo.',
      other: 'Faltan {n} líneas por espacio. El plan completo está en la salida del trabajo.',
    },
    digest: 'Huella del plan',
  },
  forms: {
    title: { one: 'A mano en el panel: {n} paso', other: 'A mano en el panel: {n} pasos' },
    actions: { create: 'crear', update: 'cambiar', delete: 'borrar' },
    open: 'Abra',
    set: 'Ponga',
    press: 'Pulse',
    secret: 'el secreto {name} de secrets.yaml',
    attest: 'Cuando esté hecho: `alta attest {address}`',
  },
  apply: {
    title: 'Aplicación',
    results: {
      done: 'hecho',
      failed: 'fallido',
      blocked: 'bloqueado',
      deferred: 'aplazado',
      pending: 'a mano',
      skipped: 'sin hacer',
      recorded: 'anotado',
      unconfirmed: 'sin confirmar',
    },
    resultCounts: {
      done: { one: '{n} hecho', other: '{n} hechos' },
      failed: { one: '{n} fallido', other: '{n} fallidos' },
      blocked: { one: '{n} bloqueado', other: '{n} bloqueados' },
      deferred: { one: '{n} aplazado', other: '{n} aplazados' },
      pending: { one: '{n} a la espera de una persona', other: '{n} a la espera de una persona' },
      skipped: { one: '{n} sin hacer', other: '{n} sin hacer' },
      recorded: { one: '{n} anotado', other: '{n} anotados' },
      unconfirmed: { one: '{n} escrito sin confirmar', other: '{n} escritos sin confirmar' },
    },
    done: { create: 'creada', update: 'cambiada', delete: 'borrada', record: 'anotada', forget: 'liberada' },
    todo: { create: 'crear', update: 'cambiar', delete: 'borrar', record: 'anotar', forget: 'liberar' },
    written: {
      nothing: 'No se ha escrito nada en el equipo.',
      something: 'Se ha escrito una parte en el equipo.',
      unknown: 'No se sabe si se ha escrito algo; la próxima ejecución lo averigua leyendo.',
    },
    commit: {
      done: 'Apply del propio equipo: hecho.',
      failed:
        'El Apply del propio equipo ha fallado: los cambios están guardados allí pero sin efecto. La próxima ejecución lo repite.',
      'not-needed': '',
      skipped:
        'No se ha llegado al Apply del propio equipo: los cambios están guardados allí pero sin efecto.',
    },
    converged: 'Leído otra vez: lo escrito está.',
    remaining: {
      one: 'Leído otra vez: {n} objeto sigue distinto.',
      other: 'Leído otra vez: {n} objetos siguen distintos.',
    },
    notReread: 'No se ha vuelto a leer después de aplicar.',
    state: {
      saved: 'Estado guardado.',
      unchanged: 'Estado sin cambios.',
      errored: 'No se ha podido guardar el estado; queda en errored.state.json. No borre ese archivo.',
      'not-written': 'Estado no escrito.',
    },
    interrupted:
      'Interrumpido: se terminó el paso en curso y el resto no se empezó. Repita el comando para continuar.',
    override: 'Se levantaron los límites de seguridad. Motivo indicado: {reason}',
    nothing: 'No hay nada que aplicar.',
    result: 'Resultado',
  },
  verify: {
    title: 'Verificación',
    checks: {
      configuration: 'Configuración',
      registration: '1. Registro',
      call: '2. Pruebas de llamadas',
      'call-flow': '3. Flujo de llamadas',
      'outbound-caller-id': '4. CallerID saliente',
      'internal-name': '5. Nombre en llamadas internas',
    },
    results: {
      passed: 'correcto',
      failed: 'FALLA',
      unknown: 'no se sabe',
      manual: 'debe comprobarlo una persona',
      'not-expected': 'sin registrar (no se esperaba)',
    },
    resultCounts: {
      passed: { one: '{n} correcta', other: '{n} correctas' },
      failed: { one: '{n} fallida', other: '{n} fallidas' },
      unknown: { one: '{n} sin saber', other: '{n} sin saber' },
      manual: { one: '{n} por comprobar una persona', other: '{n} por comprobar una persona' },
      'not-expected': {
        one: '{n} sin registrar que no se esperaba',
        other: '{n} sin registrar que no se esperaban',
      },
    },
    manualNote: 'Lo que debe comprobar una persona no cuenta como correcto.',
    nothing: 'No hay nada que verificar.',
    evidence: 'Prueba',
    expects: 'se espera: {accounts}',
    seen: { 'pbx-only': 'solo se ve desde la centralita' },
  },
};
