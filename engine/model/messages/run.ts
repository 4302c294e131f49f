import type { Message } from './message.ts';

export const runMessages = {
  internal: {
    en: {
      summary: 'Internal error',
      detail: '{message}',
      hint: 'This is a defect of Alta. Please report it with the command you ran and this text.',
    },
    es: {
      summary: 'Error interno',
      detail: '{message}',
      hint: 'Es un defecto de Alta. Comuníquelo con el comando que ejecutó y este texto.',
    },
  },
  'no-workspace': {
    en: {
      summary: 'No workspace here',
      detail: 'Neither {folder} nor any folder above it holds an alta.yaml.',
      hint: 'Run `alta init` in the folder that shall hold it, or name one with `--workspace DIR`.',
    },
    es: {
      summary: 'Aquí no hay espacio de trabajo',
      detail: 'Ni {folder} ni ninguna carpeta superior contiene un alta.yaml.',
      hint: 'Ejecute `alta init` en la carpeta que deba contenerlo o indique una con `--workspace DIR`.',
    },
  },
  'nested-workspace': {
    en: {
      summary: 'Workspace inside a workspace',
      detail: '{filename} is a second alta.yaml below this workspace. It is not read.',
      hint: 'Remove it: a workspace has exactly one alta.yaml, at its root.',
    },
    es: {
      summary: 'Espacio de trabajo dentro de otro',
      detail: '{filename} es un segundo alta.yaml dentro de este espacio de trabajo. No se lee.',
      hint: 'Quítelo: un espacio de trabajo tiene un solo alta.yaml, en su raíz.',
    },
  },
  'link-refused': {
    en: {
      summary: 'Symbolic link refused',
      detail: '{filename} is a symbolic link. Data under clients/ must be files of the repository.',
      hint: 'Replace the link by the file itself.',
    },
    es: {
      summary: 'Enlace simbólico rechazado',
      detail: '{filename} es un enlace simbólico. Los datos de clients/ deben ser ficheros del repositorio.',
      hint: 'Sustituya el enlace por el propio fichero.',
    },
  },
  'unknown-client': {
    en: {
      summary: 'Unknown client',
      detail: 'There is no client {client} in clients/.',
      hint: 'Known clients: {known}.',
    },
    es: {
      summary: 'Cliente desconocido',
      detail: 'No existe el cliente {client} en clients/.',
      hint: 'Clientes conocidos: {known}.',
    },
  },
  'client-unknown-desires': {
    en: {
      summary: 'Nothing is deleted while another client cannot be read',
      detail:
        '{client} would delete {count}, but the files of {broken} have errors: what is to be deleted may have gone there.',
      hint: 'Correct the files of {broken} (`alta validate` shows where) and repeat. Everything but the deletions goes ahead.',
    },
    es: {
      summary: 'No se borra nada mientras no se pueda leer otro cliente',
      detail:
        '{client} borraría {count}, pero los ficheros de {broken} tienen errores: lo que se iba a borrar puede haber pasado allí.',
      hint: 'Corrija los ficheros de {broken} (`alta validate` indica dónde) y repita. Todo menos los borrados sigue adelante.',
    },
  },
  'client-vanished': {
    en: {
      summary: 'Client folder vanished',
      detail: 'State knows client {client}, but clients/{client} is gone. Nothing of theirs is touched.',
      hint: 'Put the folder back. To take a client out of service write `status: baja` in its client block and apply.',
    },
    es: {
      summary: 'La carpeta del cliente ha desaparecido',
      detail: 'El estado conoce al cliente {client}, pero clients/{client} no existe. No se toca nada suyo.',
      hint: 'Recupere la carpeta. Para dar de baja a un cliente escriba `status: baja` en su bloque client y aplique.',
    },
  },
  'unknown-revision': {
    en: {
      summary: 'Unknown git revision',
      detail: 'git does not know {revision} here, or this is not a git checkout.',
      hint: 'Fetch the full history (in CI: fetch-depth 0) or name another revision.',
    },
    es: {
      summary: 'Revisión de git desconocida',
      detail: 'git no conoce {revision} aquí, o esto no es un repositorio git.',
      hint: 'Traiga la historia completa (en CI: fetch-depth 0) o indique otra revisión.',
    },
  },
  'stale-clients': {
    en: {
      summary: 'Plan no longer true',
      detail:
        'The plan in {file} is about clients that are not part of this run: {addresses}. Nothing was written.',
      hint: 'Make a new plan, have it approved, apply that.',
    },
    es: {
      summary: 'El plan ya no es válido',
      detail:
        'El plan de {file} trata de clientes que no están en esta ejecución: {addresses}. No se ha escrito nada.',
      hint: 'Haga un plan nuevo, que lo aprueben, y aplique ese.',
    },
  },
  'stale-basis': {
    en: {
      summary: 'Plan no longer true',
      detail:
        'Files, addresses, safety limits or versions changed since the plan in {file} was made: {addresses}. Nothing was written.',
      hint: 'Make a new plan from this commit, have it approved, apply that.',
    },
    es: {
      summary: 'El plan ya no es válido',
      detail:
        'Desde que se hizo el plan de {file} han cambiado ficheros, direcciones, límites o versiones: {addresses}. No se ha escrito nada.',
      hint: 'Haga un plan nuevo desde este commit, que lo aprueben, y aplique ese.',
    },
  },
  'stale-changes': {
    en: {
      summary: 'Plan no longer true',
      detail: 'The targets changed since the plan in {file} was made: {addresses}. Nothing was written.',
      hint: 'Make a new plan, have it approved, apply that.',
    },
    es: {
      summary: 'El plan ya no es válido',
      detail:
        'Los equipos han cambiado desde que se hizo el plan de {file}: {addresses}. No se ha escrito nada.',
      hint: 'Haga un plan nuevo, que lo aprueben, y aplique ese.',
    },
  },
  'changed-meanwhile': {
    en: {
      summary: 'The target changed before it was written to',
      detail:
        'Between the plan shown and its turn something changed for client {client}. Nothing was written for it.',
      hint: 'Run apply again and look at the new plan.',
    },
    es: {
      summary: 'El equipo ha cambiado antes de escribir en él',
      detail:
        'Entre el plan mostrado y su turno ha cambiado algo del cliente {client}. No se ha escrito nada suyo.',
      hint: 'Ejecute apply de nuevo y mire el plan nuevo.',
    },
  },
  'old-commit': {
    en: {
      summary: 'Older commit than the one applied last',
      detail:
        'Client {client} was last applied from commit {applied}, which the checked-out {head} does not contain. Applying it would undo newer work.',
      hint: 'Check out a newer commit (in CI fetch the full history), or say `--rollback` if going back is what you want.',
    },
    es: {
      summary: 'Commit más antiguo que el último aplicado',
      detail:
        'El cliente {client} se aplicó por última vez desde el commit {applied}, que {head} no contiene. Aplicarlo desharía trabajo más reciente.',
      hint: 'Use un commit más reciente (en CI traiga la historia completa) o diga `--rollback` si lo que quiere es volver atrás.',
    },
  },
  'deletes-wait': {
    en: {
      summary: 'Deletion put off',
      detail: 'Something else failed on {target}, so nothing is deleted there in this run.',
      hint: 'Mend what failed and apply again.',
    },
    es: {
      summary: 'Borrado aplazado',
      detail: 'Algo ha fallado en {target}, así que en esta ejecución no se borra nada allí.',
      hint: 'Arregle lo que ha fallado y vuelva a aplicar.',
    },
  },
  'depends-on-failed': {
    en: {
      summary: 'Not reached',
      detail: 'It waits for {on}, which is not proven to work yet.',
      hint: 'See what is said there: mend it, or wait until it has happened. Then apply again.',
    },
    es: {
      summary: 'No alcanzado',
      detail: 'Espera a {on}, y aún no está comprobado que funcione.',
      hint: 'Mire lo que se indica allí: arréglelo o espere a que ocurra. Después vuelva a aplicar.',
    },
  },
  interrupted: {
    en: {
      summary: 'Not started',
      detail: 'The run was interrupted before this step.',
      hint: 'Apply again: what is done is recorded, the rest follows.',
    },
    es: {
      summary: 'No empezado',
      detail: 'La ejecución se interrumpió antes de este paso.',
      hint: 'Vuelva a aplicar: lo hecho está registrado y lo demás continuará.',
    },
  },
  'not-converged': {
    en: {
      summary: 'Written, but not seen',
      detail:
        'The write of {address} succeeded, but reading {target} again still shows a difference in: {fields}.',
      hint: 'Plan again in a minute. If the difference stays, the target changes or ignores these values: see docs/drivers.md.',
    },
    es: {
      summary: 'Escrito, pero no se ve',
      detail:
        'La escritura de {address} salió bien, pero al volver a leer {target} siguen siendo distintos: {fields}.',
      hint: 'Vuelva a planificar dentro de un minuto. Si la diferencia sigue, el equipo cambia o ignora esos valores: vea docs/drivers.md.',
    },
  },
  'nothing-to-attest': {
    en: {
      summary: 'Nothing to attest',
      detail: 'No step for a person is pending under {address}.',
      hint: 'Run `alta attest` without an address to see what is pending.',
    },
    es: {
      summary: 'Nada que confirmar',
      detail: 'No hay ningún paso manual pendiente en {address}.',
      hint: 'Ejecute `alta attest` sin dirección para ver lo pendiente.',
    },
  },
  'attest-seen': {
    en: {
      summary: 'Seen by itself',
      detail: 'Reading shows what {address} asks for: no word is needed.',
      hint: 'Run `alta apply`: it takes down what was found.',
    },
    es: {
      summary: 'Ya se ve',
      detail: 'La lectura muestra lo que pide {address}: no hace falta confirmarlo.',
      hint: 'Ejecute `alta apply`: anota lo que ha encontrado.',
    },
  },
  'selection-unknown': {
    en: {
      summary: 'Nothing of that name',
      detail: '`{pattern}` selects nothing that is declared or ours.',
      hint: 'Write an address as the plan shows it: `acme`, `acme/pbx:sede`, `acme/pbx:sede/extension:110`, or with a final `*`.',
    },
    es: {
      summary: 'No hay nada con ese nombre',
      detail: '`{pattern}` no selecciona nada declarado ni propio.',
      hint: 'Escriba una dirección como la muestra el plan: `acme`, `acme/pbx:sede`, `acme/pbx:sede/extension:110`, o terminada en `*`.',
    },
  },
  'import-too-large': {
    en: {
      summary: 'Too much for one file',
      detail:
        'Importing {count} extensions would make {filename} larger than {limit} MiB, which is not read back. Nothing was written.',
      hint: 'Import fewer at a time, e.g. `alta import acme/pbx:sede 1*`, and put them into clients or files of their own.',
    },
    es: {
      summary: 'Demasiado para un fichero',
      detail:
        'Importar {count} extensiones dejaría {filename} por encima de {limit} MiB, que luego no se lee. No se ha escrito nada.',
      hint: 'Importe menos cada vez, p. ej. `alta import acme/pbx:sede 1*`, y repártalas en clientes o ficheros.',
    },
  },
  'attest-disproved': {
    en: {
      summary: 'Reading says otherwise',
      detail: '{target} was read, and the step of {address} has not happened there.',
      hint: 'Do the step in the panel (Save, then Apply) and attest again, or just plan again: it is seen by itself.',
    },
    es: {
      summary: 'La lectura dice lo contrario',
      detail: 'Se ha leído {target} y el paso de {address} no se ha hecho allí.',
      hint: 'Haga el paso en el panel (Save y luego Apply) y confirme de nuevo, o simplemente vuelva a planificar: se verá solo.',
    },
  },
  'attest-blocked': {
    en: {
      summary: 'Step not released',
      detail:
        '{address} is held back by safety ({block}): nobody was asked to do it, so nobody can vouch for it.',
      hint: 'Run `alta plan`: it says what lifts the block. A deletion is first handed out by `alta apply --allow-delete N`.',
    },
    es: {
      summary: 'Paso no autorizado',
      detail:
        '{address} está retenido por seguridad ({block}): no se ha pedido a nadie, así que nadie puede confirmarlo.',
      hint: 'Ejecute `alta plan`: dice cómo levantar el bloqueo. Un borrado se encarga primero con `alta apply --allow-delete N`.',
    },
  },
  'accept-secret': {
    en: {
      summary: 'Secret not accepted',
      detail: 'The secret {field} of {address} was changed outside. It is not taken over into the YAML.',
      hint: 'Apply puts the declared one back; `alta secrets generate --rotate` makes a new one.',
    },
    es: {
      summary: 'Secreto no aceptado',
      detail: 'El secreto {field} de {address} se ha cambiado fuera. No se pasa al YAML.',
      hint: 'Apply restaura el declarado; `alta secrets generate --rotate` genera uno nuevo.',
    },
  },
  'unknown-pbx-label': {
    en: {
      summary: 'Unknown PBX',
      detail: 'Client {client} declares no pbx {pbx}.',
      hint: 'Declared: {known}. Add it to the `pbx:` block with its address and credentials first.',
    },
    es: {
      summary: 'Centralita desconocida',
      detail: 'El cliente {client} no declara ningún pbx {pbx}.',
      hint: 'Declarados: {known}. Añádalo antes al bloque `pbx:` con su dirección y credenciales.',
    },
  },
  'import-skipped': {
    en: {
      summary: 'Not imported',
      detail: '{address} holds values that the YAML cannot say ({reasons}). It stays foreign.',
      hint: 'Correct it in the panel and import again.',
    },
    es: {
      summary: 'No importado',
      detail: '{address} tiene valores que el YAML no puede expresar ({reasons}). Se queda como ajeno.',
      hint: 'Corríjalo en el panel y vuelva a importar.',
    },
  },
  'workspace-exists': {
    en: {
      summary: 'Workspace exists',
      detail: '{folder} holds an alta.yaml already. Nothing was changed.',
      hint: 'Work in it, or choose another folder.',
    },
    es: {
      summary: 'El espacio de trabajo ya existe',
      detail: '{folder} ya contiene un alta.yaml. No se ha cambiado nada.',
      hint: 'Trabaje en él o elija otra carpeta.',
    },
  },
  'client-id-invalid': {
    en: {
      summary: 'Client id not possible',
      detail: '{client} cannot be the id of a client.',
      hint: 'Use lower-case letters, digits and dashes, beginning with a letter or digit: it becomes a folder and a git branch.',
    },
    es: {
      summary: 'Identificador de cliente imposible',
      detail: '{client} no puede ser el identificador de un cliente.',
      hint: 'Use minúsculas, cifras y guiones, empezando por letra o cifra: será una carpeta y una rama de git.',
    },
  },
  'state-backend-unbuilt': {
    en: {
      summary: 'State backend not built yet',
      detail:
        'alta.yaml says `state.backend: {backend}`, which this version cannot read. The file is otherwise valid.',
      hint: 'Use `backend: local` on one machine meanwhile.',
    },
    es: {
      summary: 'Almacén de estado aún no disponible',
      detail:
        'alta.yaml dice `state.backend: {backend}`, que esta versión no sabe leer. Por lo demás el fichero es válido.',
      hint: 'Mientras tanto use `backend: local` en una sola máquina.',
    },
  },
  'refused-before': {
    en: {
      summary: 'Credentials refused before',
      detail:
        '{host} refused these credentials on {at}. They are not tried again: five wrong attempts lock the address out for everybody behind it.',
      hint: 'Correct the credentials, or run `alta doctor`, which tries them once.',
    },
    es: {
      summary: 'Credenciales ya rechazadas',
      detail:
        '{host} rechazó estas credenciales el {at}. No se vuelven a probar: cinco intentos fallidos bloquean la dirección para todos los que están detrás.',
      hint: 'Corrija las credenciales o ejecute `alta doctor`, que las prueba una vez.',
    },
  },
  'doctor-key': {
    en: { summary: 'Key at hand', detail: 'The secrets of group {group} can be opened here.' },
    es: { summary: 'Hay clave', detail: 'Aquí se pueden abrir los secretos del grupo {group}.' },
  },
  'doctor-no-key': {
    en: {
      summary: 'No key',
      detail:
        'The secrets of group {group} cannot be opened here. Plans say what they could not compare; apply needs both groups.',
      hint: 'Ask a holder of the group to add your public key to alta.yaml and run `alta secrets rekey`.',
    },
    es: {
      summary: 'Sin clave',
      detail:
        'Aquí no se pueden abrir los secretos del grupo {group}. Los planes dicen qué no han podido comparar; apply necesita los dos grupos.',
      hint: 'Pida a un titular del grupo que añada su clave pública a alta.yaml y ejecute `alta secrets rekey`.',
    },
  },
  'doctor-git': {
    en: { summary: 'In git', detail: 'The workspace is at commit {commit}.' },
    es: { summary: 'En git', detail: 'El espacio de trabajo está en el commit {commit}.' },
  },
  'doctor-no-git': {
    en: {
      summary: 'Not in git',
      detail: 'The workspace is no git checkout, so nobody can tell which version was applied.',
      hint: 'Run `git init` and commit.',
    },
    es: {
      summary: 'Sin git',
      detail:
        'El espacio de trabajo no es un repositorio git, así que no se puede saber qué versión se aplicó.',
      hint: 'Ejecute `git init` y haga un commit.',
    },
  },
  'doctor-read': {
    en: {
      summary: 'Reachable',
      detail: 'Login and reading work: {edition}. Extensions there: {extensions}.',
    },
    es: {
      summary: 'Accesible',
      detail: 'El acceso y la lectura funcionan: {edition}. Extensiones que tiene: {extensions}.',
    },
  },
  'doctor-read-device': {
    en: {
      summary: 'Reachable',
      detail: 'Login and reading work: {edition}. Accounts there: {accounts}.',
    },
    es: {
      summary: 'Accesible',
      detail: 'El acceso y la lectura funcionan: {edition}. Cuentas que tiene: {accounts}.',
    },
  },
  'doctor-serial': {
    en: {
      summary: 'Serial not declared',
      detail:
        'The box says its serial is {serial}. Declared, it protects from writing to another box behind the same address.',
      hint: 'Add `serial: "{serial}"` to the pbx.',
    },
    es: {
      summary: 'Número de serie sin declarar',
      detail:
        'El equipo dice que su número de serie es {serial}. Si se declara, protege de escribir en otro equipo tras la misma dirección.',
      hint: 'Añada `serial: "{serial}"` al pbx.',
    },
  },
  'doctor-pin': {
    en: {
      summary: 'Fingerprint of the certificate',
      detail: 'The box shows a certificate whose public key is {pin}. Nothing was sent.',
      hint: 'Compare it with the one that the box’s own panel shows, or look from its own network. If it is the same, write `tls: { pins: ["{pin}"] }`.',
    },
    es: {
      summary: 'Huella del certificado',
      detail: 'El equipo muestra un certificado cuya clave pública es {pin}. No se ha enviado nada.',
      hint: 'Compárela con la que muestra el panel del propio equipo o mírela desde su propia red. Si coincide, escriba `tls: { pins: ["{pin}"] }`.',
    },
  },
  'doctor-guided': {
    en: {
      summary: 'Done by a person',
      detail:
        'The target says `mode: guided`: plan prints forms and nothing is written. Verify reads it, where it has an address and a login.',
      hint: 'Where the box has an API, have it switched on, add url and credentials and remove `mode: guided`.',
    },
    es: {
      summary: 'Lo hace una persona',
      detail:
        'El destino dice `mode: guided`: plan imprime formularios y no se escribe nada. Verify lo lee, si tiene dirección y acceso.',
      hint: 'Si el equipo tiene API, pida que la activen, añada url y credenciales y quite `mode: guided`.',
    },
  },
  'doctor-access': {
    en: {
      summary: 'How its API is opened',
      detail: 'To be read and written by Alta it needs an open API and a login.',
    },
    es: {
      summary: 'Cómo se abre su API',
      detail: 'Para que Alta la lea y escriba necesita la API abierta y un acceso.',
    },
  },
  'doctor-api-on': {
    en: {
      summary: 'Its API is open',
      detail: 'The API at {host} answers ({evidence}).',
    },
    es: {
      summary: 'Su API está abierta',
      detail: 'La API de {host} responde ({evidence}).',
    },
  },
  'doctor-api-off': {
    en: { summary: 'Its API is closed', detail: '{host} answers, and its API does not ({evidence}).' },
    es: { summary: 'Su API está cerrada', detail: '{host} responde, pero su API no ({evidence}).' },
  },
  'doctor-api-unknown': {
    en: {
      summary: 'Its API could not be looked at',
      detail: 'Whether the API at {host} is open cannot be told from here ({evidence}).',
    },
    es: {
      summary: 'No se ha podido mirar su API',
      detail: 'Desde aquí no se sabe si la API de {host} está abierta ({evidence}).',
    },
  },
  'doctor-guided-actions': {
    en: {
      summary: 'Some actions need a person',
      detail: 'This box cannot do the following through its API: {actions}.',
      hint: 'A newer firmware may: see docs/drivers.md.',
    },
    es: {
      summary: 'Algunas acciones necesitan a una persona',
      detail: 'Este equipo no puede hacer lo siguiente por su API: {actions}.',
      hint: 'Un firmware más nuevo quizá sí: consulte docs/drivers.md.',
    },
  },
  'doctor-guided-fields': {
    en: {
      summary: 'Some fields need a person',
      detail:
        'This box does not show these fields through its API: {fields}. Plan prints the form; they are never called converged.',
    },
    es: {
      summary: 'Algunos campos necesitan a una persona',
      detail:
        'Este equipo no muestra estos campos por su API: {fields}. Plan imprime el formulario; nunca se dan por comprobados.',
    },
  },
  'engine-terraform': {
    en: {
      summary: 'Client belongs to Terraform',
      detail: 'Client {client} says `engine: terraform`; this command leaves it alone.',
      hint: 'Change `engine:` to `alta` if this command shall own it.',
    },
    es: {
      summary: 'El cliente es de Terraform',
      detail: 'El cliente {client} dice `engine: terraform`; este comando no lo toca.',
      hint: 'Cambie `engine:` a `alta` si debe llevarlo este comando.',
    },
  },
  'engine-all-terraform': {
    en: {
      summary: 'All clients belong to Terraform',
      detail: 'Every client here says `engine: terraform`: there is nothing for this command to look at.',
      hint: 'Use `alta terraform -- plan` and `alta terraform -- apply`.',
    },
    es: {
      summary: 'Todos los clientes son de Terraform',
      detail: 'Todos los clientes dicen `engine: terraform`: esta orden no tiene nada que mirar.',
      hint: 'Use `alta terraform -- plan` y `alta terraform -- apply`.',
    },
  },
  'engine-alta': {
    en: {
      summary: 'Client belongs to Alta itself',
      detail:
        'Client {client} does not say `engine: terraform`: `alta apply` owns it, and Terraform leaves it alone.',
      hint: 'Write `engine: terraform` in its YAML if Terraform shall own it; docs/terraform.md says how what is managed moves over.',
    },
    es: {
      summary: 'El cliente es de Alta',
      detail:
        'El cliente {client} no dice `engine: terraform`: lo lleva `alta apply`, y Terraform no lo toca.',
      hint: 'Escriba `engine: terraform` en su YAML si debe llevarlo Terraform; docs/es/terraform.md explica cómo pasa lo gestionado.',
    },
  },
  'observer-unknown': {
    en: {
      summary: 'Unknown observer',
      detail: 'This version has no observer `{driver}`.',
      hint: 'See the schema for what can stand under `observer`.',
    },
    es: {
      summary: 'Observador desconocido',
      detail: 'Esta versión no tiene ningún observador `{driver}`.',
      hint: 'El esquema dice qué puede ponerse en `observer`.',
    },
  },
  'paste-needs-target': {
    en: {
      summary: 'Which PBX was it copied from?',
      detail: '{filename} holds the words of one PBX, and {count} are in scope: {targets}.',
      hint: 'Name it: `alta verify --from-file FILE --target CLIENT/pbx:LABEL`.',
    },
    es: {
      summary: '¿De qué centralita se ha copiado?',
      detail: '{filename} contiene lo que dice una centralita y aquí hay {count}: {targets}.',
      hint: 'Nómbrela: `alta verify --from-file FICHERO --target CLIENTE/pbx:NOMBRE`.',
    },
  },
} as const satisfies Record<string, Message>;
