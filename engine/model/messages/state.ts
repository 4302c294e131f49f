import type { Message } from './message.ts';

/** State, journal and leases. */
export const stateMessages = {
  'lease-held': {
    en: {
      summary: 'Somebody else is at work',
      detail:
        '{lease} is held by {user} on {host} (alta {command}, process {pid}), since {since} ({age} seconds ago).',
      hint: 'Wait for it to end, or try again with --lock-timeout to wait for it. If that process is gone, the lease frees itself {ttl} seconds after its last sign of life.',
    },
    es: {
      summary: 'Otra persona está trabajando',
      detail:
        '{lease} está en manos de {user} en {host} (alta {command}, proceso {pid}) desde {since} (hace {age} segundos).',
      hint: 'Espere a que termine, o repita la orden con --lock-timeout para esperar. Si ese proceso ya no existe, la reserva se libera sola {ttl} segundos después de su última señal de vida.',
    },
  },
  'lease-lost': {
    en: {
      summary: 'The lease was lost',
      detail:
        '{lease} (epoch {epoch}) can no longer be relied on: {ttl} seconds passed without a renewal, or somebody else took it. Nothing more was written.',
      hint: 'Run plan again: the next run reads the targets and resolves what was under way. This happens when the machine sleeps or stalls during an apply.',
    },
    es: {
      summary: 'Se ha perdido la reserva',
      detail:
        'Ya no se puede confiar en {lease} (época {epoch}): pasaron {ttl} segundos sin renovarla, u otra persona la tomó. No se ha escrito nada más.',
      hint: 'Vuelva a ejecutar plan: la próxima ejecución lee los equipos y resuelve lo que quedó a medias. Ocurre cuando el ordenador se suspende o se atasca durante un apply.',
    },
  },
  'state-folder-unusable': {
    en: {
      summary: 'State folder cannot be used',
      detail: 'The system refused to work in {path} ({reason}).',
      hint: 'Give yourself the right to read and write there, and keep the folder on a disk that has hard links (not FAT or exFAT).',
    },
    es: {
      summary: 'No se puede usar la carpeta del estado',
      detail: 'El sistema no ha permitido trabajar en {path} ({reason}).',
      hint: 'Dese permiso de lectura y escritura en ella y téngala en un disco que admita enlaces duros (no FAT ni exFAT).',
    },
  },
  'state-network-filesystem': {
    en: {
      summary: 'State on a network or shared file system',
      detail:
        '{path} is on a file system of type {type}. Leases are not safe there: two people could write at once.',
      hint: 'Keep the workspace on a local disk, or choose the git backend for state in alta.yaml.',
    },
    es: {
      summary: 'Estado en un sistema de ficheros de red o compartido',
      detail:
        '{path} está en un sistema de ficheros de tipo {type}. Allí las reservas no son seguras: dos personas podrían escribir a la vez.',
      hint: 'Tenga el espacio de trabajo en un disco local o elija el backend git para el estado en alta.yaml.',
    },
  },
  'state-local-in-ci': {
    en: {
      summary: 'Local state in CI',
      detail:
        'State is kept in {path} on this machine, and CI throws its machines away: the state would be lost.',
      hint: 'Choose the git or http backend under `state:` in alta.yaml.',
    },
    es: {
      summary: 'Estado local en CI',
      detail:
        'El estado se guarda en {path}, en esta máquina, y CI desecha sus máquinas: el estado se perdería.',
      hint: 'Elija el backend git o http en `state:` de alta.yaml.',
    },
  },
  'state-outside-workspace': {
    en: {
      summary: 'State outside the workspace',
      detail: '`state.path` is {path}, which leads outside the workspace.',
      hint: 'Give a folder inside the workspace, without symbolic links that lead out of it.',
    },
    es: {
      summary: 'Estado fuera del espacio de trabajo',
      detail: '`state.path` es {path}, que lleva fuera del espacio de trabajo.',
      hint: 'Indique una carpeta dentro del espacio de trabajo, sin enlaces simbólicos que salgan de él.',
    },
  },
  'state-unreadable': {
    en: {
      summary: 'State file unreadable',
      detail: '{file} cannot be read as state ({problem}). It was left as it is.',
      hint: 'Bring back its last good version, for example with `git checkout -- {file}`, and plan again.',
    },
    es: {
      summary: 'Fichero de estado ilegible',
      detail: '{file} no se puede leer como estado ({problem}). Se ha dejado como está.',
      hint: 'Recupere su última versión buena, por ejemplo con `git checkout -- {file}`, y vuelva a planificar.',
    },
  },
  'state-version-unknown': {
    en: {
      summary: 'State of another version of Alta',
      detail: '{file} has format version {found}; this Alta knows {known}. It was left as it is.',
      hint: 'Use the version of Alta that wrote it, or a newer one.',
    },
    es: {
      summary: 'Estado de otra versión de Alta',
      detail:
        '{file} tiene la versión de formato {found}; esta Alta conoce la {known}. Se ha dejado como está.',
      hint: 'Use la versión de Alta que lo escribió, o una más nueva.',
    },
  },
  'state-wrong-client': {
    en: {
      summary: 'State of another client',
      detail: '{file} should be the state of {client} but says it is that of {found}. It was left as it is.',
      hint: 'Bring back the right file from git. Never copy a state from one client to another.',
    },
    es: {
      summary: 'Estado de otro cliente',
      detail: '{file} debería ser el estado de {client} pero dice ser el de {found}. Se ha dejado como está.',
      hint: 'Recupere el fichero correcto de git. Nunca copie el estado de un cliente a otro.',
    },
  },
  'state-changed': {
    en: {
      summary: 'State changed by something else',
      detail:
        '{file} was changed by something else during this run (a git checkout or pull?). It was left as it is; what this run did is in {saved}.',
      hint: 'Compare the two files, keep the one that holds this run’s work as {file}, and plan again.',
    },
    es: {
      summary: 'Otro proceso ha cambiado el estado',
      detail:
        'Algo ha cambiado {file} durante esta ejecución (¿un git checkout o pull?). Se ha dejado como está; lo hecho en esta ejecución está en {saved}.',
      hint: 'Compare los dos ficheros, deje como {file} el que contiene el trabajo de esta ejecución y vuelva a planificar.',
    },
  },
  'state-write-failed': {
    en: {
      summary: 'State could not be written',
      detail: '{file} could not be written ({reason}). What this run did is in {saved}.',
      hint: 'Make room on the disk or give the right to write, then copy {saved} over {file} and plan again.',
    },
    es: {
      summary: 'No se ha podido escribir el estado',
      detail: 'No se ha podido escribir {file} ({reason}). Lo hecho en esta ejecución está en {saved}.',
      hint: 'Libere espacio en el disco o dé permiso de escritura; después copie {saved} sobre {file} y vuelva a planificar.',
    },
  },
  'state-write-lost': {
    en: {
      summary: 'State could not be written anywhere',
      detail:
        '{file} could not be written ({reason}), nor a copy beside it, nor one in the temporary folder.',
      hint: 'Make room on the disk and plan again: the journal beside the state still holds what was done.',
    },
    es: {
      summary: 'No se ha podido escribir el estado en ningún sitio',
      detail:
        'No se ha podido escribir {file} ({reason}), ni una copia al lado, ni otra en la carpeta temporal.',
      hint: 'Libere espacio en el disco y vuelva a planificar: el diario junto al estado aún contiene lo hecho.',
    },
  },
  'journal-write-failed': {
    en: {
      summary: 'Journal could not be written',
      detail: 'The journal of {client} could not be written ({reason}). No further change is sent.',
      hint: 'Make room on the disk or give the right to write, and run apply again: it resolves what was under way.',
    },
    es: {
      summary: 'No se ha podido escribir el diario',
      detail: 'No se ha podido escribir el diario de {client} ({reason}). No se envía ningún cambio más.',
      hint: 'Libere espacio en el disco o dé permiso de escritura y repita apply: resuelve lo que quedó a medias.',
    },
  },
  'journal-orphaned': {
    en: {
      summary: 'Journal of another state',
      detail:
        '{journal} holds work that was done after {file} was written or belongs to another state: {file} has gone back or was replaced.',
      hint: 'Bring back the newer {file}. Only if you are sure that it is lost, delete {journal} and plan again.',
    },
    es: {
      summary: 'Diario de otro estado',
      detail:
        '{journal} contiene trabajo posterior a {file} o pertenece a otro estado: {file} ha vuelto atrás o ha sido sustituido.',
      hint: 'Recupere el {file} más nuevo. Solo si está seguro de que se ha perdido, borre {journal} y vuelva a planificar.',
    },
  },
} as const satisfies Record<string, Message>;
