import type { Message } from './message.ts';

/** What the Terraform provider says. */
export const providerMessages = {
  'provider-no-workspace': {
    en: {
      summary: 'No workspace',
      detail: 'The provider does not know which workspace to serve.',
      hint: 'Run `alta terraform -- …` inside it, set ALTA_WORKSPACE, or give the provider `workspace`: the absolute path of the folder that holds alta.yaml.',
    },
    es: {
      summary: 'Falta el espacio de trabajo',
      detail: 'El proveedor no sabe qué espacio de trabajo debe servir.',
      hint: 'Ejecute `alta terraform -- …` dentro de él, defina ALTA_WORKSPACE o dé al proveedor `workspace`: la ruta absoluta de la carpeta que contiene alta.yaml.',
    },
  },
  'provider-relative-workspace': {
    en: {
      summary: 'Workspace path is not absolute',
      detail:
        'The provider was given `{workspace}`. A relative path would mean another folder for each way in which Terraform starts the provider.',
      hint: 'Give an absolute path, or leave `workspace` out and set ALTA_WORKSPACE.',
    },
    es: {
      summary: 'La ruta del espacio de trabajo no es absoluta',
      detail:
        'El proveedor ha recibido `{workspace}`. Una ruta relativa sería otra carpeta según cómo arranque Terraform el proveedor.',
      hint: 'Dé una ruta absoluta, o quite `workspace` y defina ALTA_WORKSPACE.',
    },
  },
  'terraform-too-old': {
    en: {
      summary: 'Terraform too old',
      detail: 'This is version {found}. Before {needed}, write-only values end up in the state in clear.',
      hint: 'Use Terraform or OpenTofu {needed} or later.',
    },
    es: {
      summary: 'Terraform demasiado antiguo',
      detail:
        'Esta es la versión {found}. Antes de la {needed}, los valores de solo escritura acaban legibles en el estado.',
      hint: 'Use Terraform u OpenTofu {needed} o posterior.',
    },
  },
  'provider-target-undeclared': {
    en: {
      summary: 'Target not declared',
      detail: 'Client {client} has no target {target} in its YAML.',
      hint: 'It has: {known}. After a change of the YAML, run `alta synth` again; to give something up without deleting it, list it under `released`.',
    },
    es: {
      summary: 'Equipo no declarado',
      detail: 'El cliente {client} no tiene ningún equipo {target} en su YAML.',
      hint: 'Tiene: {known}. Tras cambiar el YAML ejecute otra vez `alta synth`; para dejar algo sin borrarlo, póngalo en `released`.',
    },
  },
  'target-of-other-client': {
    en: {
      summary: 'Target of another client',
      detail:
        '{target} does not belong to {client}, the client of this provider configuration. Nothing was sent.',
      hint: 'Use the provider configuration (alias) of its own client.',
    },
    es: {
      summary: 'Equipo de otro cliente',
      detail:
        '{target} no es de {client}, el cliente de esta configuración del proveedor. No se ha enviado nada.',
      hint: 'Use la configuración (alias) del proveedor de su propio cliente.',
    },
  },
  'target-is-guided': {
    en: {
      summary: 'Only people write there',
      detail: '{target} is `mode: guided`: no program can create or change {address}.',
      hint: 'Run `alta synth` again: it makes a hand-off of it. What Terraform still holds goes with `terraform state rm` or a `removed` block.',
    },
    es: {
      summary: 'Ahí solo escriben personas',
      detail: '{target} es `mode: guided`: ningún programa puede crear ni cambiar {address}.',
      hint: 'Ejecute otra vez `alta synth`: lo convierte en un paso manual. Lo que Terraform aún tenga se quita con `terraform state rm` o un bloque `removed`.',
    },
  },
  'secret-source-unclear': {
    en: {
      summary: 'Unclear source of a secret',
      detail: '`{attribute}` names no source. What it says is not repeated here: it may be a secret.',
      hint: 'Write `secret:NAME`, `env:NAME`, `file:NAME`, `pbx` or `unmanaged`; a secret itself goes into `{attribute}_wo`.',
    },
    es: {
      summary: 'Origen de un secreto poco claro',
      detail: '`{attribute}` no nombra ningún origen. Lo que dice no se repite aquí: podría ser un secreto.',
      hint: 'Escriba `secret:NOMBRE`, `env:NOMBRE`, `file:NOMBRE`, `pbx` o `unmanaged`; el secreto mismo va en `{attribute}_wo`.',
    },
  },
  'secret-given-twice': {
    en: {
      summary: 'Two sources of one secret',
      detail: 'Both `{attribute}` and `{other}` are given.',
      hint: 'Keep one of them.',
    },
    es: {
      summary: 'Dos orígenes de un secreto',
      detail: 'Están `{attribute}` y `{other}` a la vez.',
      hint: 'Deje solo uno.',
    },
  },
  'secret-version-stale': {
    en: {
      summary: 'Stack and secrets do not agree',
      detail:
        'The configuration names version {version} of `{name}`; the workspace has {found}. Nothing was sent.',
      hint: 'Run `alta synth` again, or check out the commit that the configuration was made from.',
    },
    es: {
      summary: 'La configuración y los secretos no concuerdan',
      detail:
        'La configuración nombra la versión {version} de `{name}`; el espacio de trabajo tiene la {found}. No se ha enviado nada.',
      hint: 'Ejecute otra vez `alta synth`, o vuelva al commit del que salió la configuración.',
    },
  },
  'provider-blocked': {
    en: { summary: 'Blocked', detail: '{address}: {reason}.', hint: '{wayOut}' },
    es: { summary: 'Bloqueado', detail: '{address}: {reason}.', hint: '{wayOut}' },
  },
  'provider-all-gone': {
    en: {
      summary: 'Everything is gone from the target',
      detail: '{target} shows none of the extensions that are declared there, and {address} was there.',
      hint: 'Check that it is the right box and tenant and that it was not reset. If what is gone must be created again, set ALTA_RECREATE=true for this run.',
    },
    es: {
      summary: 'En el equipo ya no queda nada',
      detail: '{target} no muestra ninguna de las extensiones declaradas ahí, y {address} estaba.',
      hint: 'Compruebe que es el equipo y el tenant correctos y que no se ha restablecido. Si lo que falta debe crearse otra vez, defina ALTA_RECREATE=true en esta ejecución.',
    },
  },
  'provider-person-needed': {
    en: {
      summary: 'A person is needed',
      detail: '{address}: {fields} can only be set in the panel ({form}).',
      hint: 'Do it there, then run `alta attest {address}`.',
    },
    es: {
      summary: 'Hace falta una persona',
      detail: '{address}: {fields} solo se puede poner en el panel ({form}).',
      hint: 'Hágalo ahí y ejecute después `alta attest {address}`.',
    },
  },
  'provider-person-first': {
    en: {
      summary: 'A person must do this',
      detail: '{address} cannot be carried out through the API ({form}). Nothing was sent.',
      hint: 'Do it in the panel and run Terraform again: it sees the result by itself.',
    },
    es: {
      summary: 'Esto lo debe hacer una persona',
      detail: '{address} no se puede hacer por la API ({form}). No se ha enviado nada.',
      hint: 'Hágalo en el panel y ejecute Terraform otra vez: verá el resultado por sí mismo.',
    },
  },
  'provider-field-fixed': {
    en: {
      summary: 'Fixed at creation',
      detail: '{field} of {address} cannot change any more.',
      hint: 'Take it out of the YAML and apply, then declare it anew: it is deleted and created. Or give the new one another number.',
    },
    es: {
      summary: 'Fijado al crear',
      detail: '{field} de {address} ya no puede cambiar.',
      hint: 'Quítelo del YAML y aplique, y después declárelo de nuevo: se borra y se crea. O dé otro número al nuevo.',
    },
  },
  'provider-import-absent': {
    en: {
      summary: 'Nothing there to import',
      detail: '{address} is declared and is not on its target: it is created instead.',
    },
    es: {
      summary: 'No hay nada que importar',
      detail: '{address} está declarado y no está en su equipo: se crea en su lugar.',
    },
  },
  'provider-orphan': {
    en: {
      summary: 'Its target is no longer declared',
      detail:
        '{address} was on {was}; the YAML declares no such target any more. Terraform forgets it, and it stays there as it is.',
      hint: 'If it is the same box, give its `serial` in the YAML. A phone that is gone for good: rotate the secrets it knew.',
    },
    es: {
      summary: 'Su equipo ya no está declarado',
      detail:
        '{address} estaba en {was}; el YAML ya no declara ese equipo. Terraform lo olvida y allí queda como está.',
      hint: 'Si es el mismo equipo, ponga su `serial` en el YAML. Si un teléfono se ha ido para siempre, renueve los secretos que conocía.',
    },
  },
  'provider-both-ways': {
    en: {
      summary: 'Deleted and created at once',
      detail:
        '{address} is destroyed under one name of the configuration and created under another. Both are the same thing.',
      hint: 'Write a `moved` block from the old name to the new one; `alta synth` writes it by itself.',
    },
    es: {
      summary: 'Se borra y se crea a la vez',
      detail:
        '{address} se destruye con un nombre de la configuración y se crea con otro. Los dos son lo mismo.',
      hint: 'Escriba un bloque `moved` del nombre antiguo al nuevo; `alta synth` lo escribe solo.',
    },
  },
  'provider-insecure': {
    en: {
      summary: 'Plain http',
      detail: '{target} is spoken to without encryption: {reason}.',
    },
    es: {
      summary: 'http sin cifrar',
      detail: 'Con {target} se habla sin cifrar: {reason}.',
    },
  },
  'provider-argument-unknown': {
    en: {
      summary: 'Must be known',
      detail: '`{field}` of the provider depends on something that is known only after apply.',
      hint: 'Give it as text: what the provider is about must be known when the plan is made.',
    },
    es: {
      summary: 'Debe conocerse',
      detail: '`{field}` del provider depende de algo que solo se sabe después de aplicar.',
      hint: 'Póngalo como texto: de qué trata el provider debe saberse al hacer el plan.',
    },
  },
  'provider-leave-unknown': {
    en: {
      summary: 'Unknown name under `leave`',
      detail: '`{name}` is no argument of this resource.',
      hint: 'Write it as the argument is called: `caller_id`.',
    },
    es: {
      summary: 'Nombre desconocido en `leave`',
      detail: '`{name}` no es un argumento de este recurso.',
      hint: 'Escríbalo como se llama el argumento: `caller_id`.',
    },
  },
  'provider-adopt-unclear': {
    en: {
      summary: 'Unclear consent',
      detail: '`adopt` says `{adopt}`.',
      hint: 'Write `values` or `secrets`, or leave it out.',
    },
    es: {
      summary: 'Consentimiento poco claro',
      detail: '`adopt` dice `{adopt}`.',
      hint: 'Escriba `values` o `secrets`, o quítelo.',
    },
  },
  'provider-strands': {
    en: {
      summary: 'Phones stop working',
      detail: 'The SIP secret of {address} changes, and nobody can write the new one into {accounts} now.',
      hint: 'Give it to them right after the apply: by hand, or when they fetch their settings.',
    },
    es: {
      summary: 'Hay teléfonos que dejan de funcionar',
      detail: 'Cambia el secreto SIP de {address}, y ahora nadie puede escribir el nuevo en {accounts}.',
      hint: 'Déselo justo después de aplicar: a mano, o cuando descarguen su configuración.',
    },
  },
  'provider-adopts': {
    en: {
      summary: 'Exists there already',
      detail: '{address} is on the target with the declared values, and becomes managed. Nothing is written.',
    },
    es: {
      summary: 'Ya existe ahí',
      detail:
        '{address} está en el equipo con los valores declarados y pasa a gestionarse. No se escribe nada.',
    },
  },
  'provider-never-applied': {
    en: {
      summary: 'Secret not replaced',
      detail:
        '{address} was taken over with the secret it has; the declared one was never written ({fields}).',
      hint: 'To replace it, write `adopt: { secrets: true }` on its line: phones that are registered with the old one drop.',
    },
    es: {
      summary: 'Secreto sin sustituir',
      detail: '{address} se adoptó con el secreto que tiene; el declarado nunca se escribió ({fields}).',
      hint: 'Para sustituirlo escriba `adopt: { secrets: true }` en su línea: los teléfonos registrados con el antiguo se caen.',
    },
  },
  'provider-not-compared': {
    en: {
      summary: 'Not compared',
      detail: '{address}: nothing tells whether {fields} is still as it was last written.',
    },
    es: {
      summary: 'Sin comparar',
      detail: '{address}: nada dice si {fields} sigue como se escribió la última vez.',
    },
  },
  'provider-stale': {
    en: {
      summary: 'Plan no longer true',
      detail: '{address} was changed on the target after the plan was made. Nothing was written.',
      hint: 'Make a new plan (not with `-refresh=false`), have it approved, apply that.',
    },
    es: {
      summary: 'El plan ya no es válido',
      detail: '{address} cambió en el equipo después de hacerse el plan. No se ha escrito nada.',
      hint: 'Haga un plan nuevo (sin `-refresh=false`), que lo aprueben, y aplíquelo.',
    },
  },
  'provider-unconfirmed': {
    en: {
      summary: 'Not confirmed',
      detail: '{address} was written, and reading it again shows something else: {fields}.',
      hint: 'Run a plan: it says what differs now.',
    },
    es: {
      summary: 'Sin confirmar',
      detail: '{address} se escribió, y al leerlo otra vez muestra otra cosa: {fields}.',
      hint: 'Haga un plan: dirá qué es distinto ahora.',
    },
  },
  'provider-answer-lost': {
    en: {
      summary: 'Done, though the answer was lost',
      detail:
        '{address} was created, and no proper answer came ({reason}). Reading it again shows it as declared.',
    },
    es: {
      summary: 'Hecho, aunque se perdió la respuesta',
      detail:
        '{address} se creó y no llegó una respuesta correcta ({reason}). Al leerlo otra vez está como se declaró.',
    },
  },
  'provider-commit-open': {
    en: {
      summary: 'Saved, not in effect',
      detail: '{address} was written to {target}, whose own Apply then failed.',
      hint: 'Run Terraform again: the plan holds it until it is done.',
    },
    es: {
      summary: 'Guardado, sin efecto',
      detail: '{address} se escribió en {target}, cuyo propio «Aplicar» falló después.',
      hint: 'Ejecute Terraform otra vez: el plan lo mantiene hasta que se haga.',
    },
  },
  'provider-deferred': {
    en: {
      summary: 'Waits for its device',
      detail:
        '{address} is not written now: {target} is away or busy. What Terraform holds of it is what it shall be.',
      hint: 'Run Terraform again when the device is back: the plan holds it then.',
    },
    es: {
      summary: 'Espera a su equipo',
      detail:
        '{address} no se escribe ahora: {target} no está o está ocupado. Lo que Terraform tiene es lo que debe llegar a ser.',
      hint: 'Ejecute Terraform otra vez cuando el equipo vuelva: entonces estará en el plan.',
    },
  },
  'provider-protected': {
    en: {
      summary: 'Protected',
      detail: '{address} carries `protect: true`. Nothing was deleted.',
      hint: 'Take that away in a change of its own, apply it, and delete then.',
    },
    es: {
      summary: 'Protegido',
      detail: '{address} lleva `protect: true`. No se ha borrado nada.',
      hint: 'Quítelo en un cambio propio, aplíquelo, y borre después.',
    },
  },
  'import-id-unclear': {
    en: {
      summary: 'Nothing to import by that id',
      detail: '`{id}` names no resource of {client}.',
      hint: 'Give an address (`{client}/pbx:main/extension:10`) or a natural key as `id` shows it, of a target that the YAML declares.',
    },
    es: {
      summary: 'Nada que importar con ese identificador',
      detail: '`{id}` no nombra ningún recurso de {client}.',
      hint: 'Dé una dirección (`{client}/pbx:main/extension:10`) o una clave natural como la muestra `id`, de un equipo declarado en el YAML.',
    },
  },
  'hand-back-state-elsewhere': {
    en: {
      summary: "Terraform's state is kept elsewhere",
      detail: 'The backend of {client} is `{backend}`: its state is not in the workspace.',
      hint: 'Run `terraform state pull > FILE` in the folder of its stack, then this command with `--state FILE`.',
    },
    es: {
      summary: 'El estado de Terraform se guarda en otro sitio',
      detail: 'El backend de {client} es `{backend}`: su estado no está en el espacio de trabajo.',
      hint: 'Ejecute `terraform state pull > FICHERO` en la carpeta de su stack y después esta orden con `--state FICHERO`.',
    },
  },
  'hand-back-other-client': {
    en: {
      summary: 'State of another client',
      detail:
        '{filename} holds resources of {others}, and {client} is to be handed back. What {client} has in the state of Alta would be lost. Nothing was changed.',
      hint: 'Give the state of {client}: `terraform state pull > FILE` in the folder of its own stack, then `--state FILE`.',
    },
    es: {
      summary: 'Estado de otro cliente',
      detail:
        '{filename} contiene recursos de {others}, y el que se devuelve es {client}. Se perdería lo que {client} tiene en el estado de Alta. No se ha cambiado nada.',
      hint: 'Dé el estado de {client}: `terraform state pull > FICHERO` en la carpeta de su propio stack y después `--state FICHERO`.',
    },
  },
  'hand-back-no-state': {
    en: {
      summary: 'No Terraform state',
      detail: 'There is no {filename}: Terraform manages nothing of {client} here.',
      hint: 'Where its state is kept elsewhere, give it with `--state FILE`; else there is nothing to hand back.',
    },
    es: {
      summary: 'No hay estado de Terraform',
      detail: 'No existe {filename}: Terraform no gestiona aquí nada de {client}.',
      hint: 'Si su estado se guarda en otro sitio, indíquelo con `--state FICHERO`; si no, no hay nada que devolver.',
    },
  },
} as const satisfies Record<string, Message>;
