import { profileOptions } from './commands/profile-options.ts';
import { formats } from './flags.ts';
import { labOptions } from './lab/options.ts';
import { duration, list, nonEmpty, type OptionRow, oneOf, wholeNumber } from './option-values.ts';
import { synthOptions } from './synth/options.ts';
import { terraformOptions } from './terraform/options.ts';
import { trustOptions } from './trust/options.ts';
import { verifyOptions } from './verify-options.ts';

/** The options, by the name that commands refer to them with. */
export const options = {
  client: {
    flags: '--client <id>',
    parse: list,
    help: { en: 'Only this client (repeatable)', es: 'Solo este cliente (repetible)' },
  },
  target: {
    flags: '--target <address>',
    parse: list,
    help: {
      en: 'Only this address and what is under it; a final * matches anything (repeatable)',
      es: 'Solo esta dirección y lo que cuelga de ella; un * final vale por cualquier cosa (repetible)',
    },
  },
  exclude: {
    flags: '--exclude <address>',
    parse: list,
    help: { en: 'Everything but this address (repeatable)', es: 'Todo menos esta dirección (repetible)' },
  },
  since: {
    flags: '--since <revision>',
    help: {
      en: 'Only clients whose folder changed since this git revision',
      es: 'Solo clientes cuya carpeta haya cambiado desde esta revisión de git',
    },
  },
  json: {
    flags: '--json',
    help: { en: 'One JSON document on standard output', es: 'Un documento JSON en la salida estándar' },
  },
  format: {
    flags: '--format <format>',
    parse: oneOf('--format', formats),
    help: { en: 'text, markdown, json, github or gitlab', es: 'text, markdown, json, github o gitlab' },
  },
  lang: {
    flags: '--lang <language>',
    parse: oneOf('--lang', ['es', 'en']),
    help: { en: 'Language: en or es', es: 'Idioma: es o en' },
  },
  noColor: { flags: '--no-color', help: { en: 'Without colours', es: 'Sin colores' } },
  parallelism: {
    flags: '--parallelism <n>',
    parse: wholeNumber('--parallelism', 1),
    help: { en: 'Targets worked on at once (10)', es: 'Equipos con los que se trabaja a la vez (10)' },
  },
  workspace: {
    flags: '--workspace <dir>',
    help: {
      en: 'Folder of the workspace (else the nearest one upwards with alta.yaml)',
      es: 'Carpeta del espacio de trabajo (si no, la más cercana hacia arriba con alta.yaml)',
    },
  },
  debug: {
    flags: '--debug',
    help: { en: 'Details for finding defects', es: 'Detalles para buscar defectos' },
  },
  out: {
    flags: '-o, --out <file>',
    help: {
      en: 'Write the plan to a file, for `alta apply FILE`',
      es: 'Guarda el plan en un archivo, para `alta apply ARCHIVO`',
    },
  },
  detailedExitcode: {
    flags: '--detailed-exitcode',
    help: {
      en: 'Exit with 2 where there are changes, 3 where some are blocked',
      es: 'Termina con 2 si hay cambios y con 3 si alguno está bloqueado',
    },
  },
  strict: {
    flags: '--strict',
    help: {
      en: 'Deferred, pending and unverifiable count as changes too',
      es: 'Lo aplazado, pendiente y no comprobable también cuenta como cambio',
    },
  },
  noRead: {
    flags: '--no-read',
    help: {
      en: 'Contact nobody: compare with what was applied last',
      es: 'No contacta con nadie: compara con lo último aplicado',
    },
  },
  allowDelete: {
    flags: '--allow-delete <n>',
    parse: wholeNumber('--allow-delete', 0),
    help: { en: 'Consent to exactly n deletions', es: 'Consiente exactamente n borrados' },
  },
  recreate: {
    flags: '--recreate <n>',
    parse: wholeNumber('--recreate', 0),
    help: {
      en: 'Create again exactly n objects that vanished from a target',
      es: 'Vuelve a crear exactamente n objetos desaparecidos de un equipo',
    },
  },
  overrideLimits: {
    flags: '--override-limits <reason>',
    parse: nonEmpty('--override-limits'),
    help: {
      en: 'Lift the percent limits, for this reason',
      es: 'Levanta los límites de porcentaje, por este motivo',
    },
  },
  republish: {
    flags: '--republish',
    help: {
      en: 'Write the files that phones fetch again, so that they undo what was changed by hand',
      es: 'Volver a escribir los archivos que descargan los teléfonos, para deshacer cambios a mano',
    },
  },
  acceptOutage: {
    flags: '--accept-outage <reason>',
    parse: nonEmpty('--accept-outage'),
    help: {
      en: 'Change a secret although phones that use it cannot be reached now',
      es: 'Cambiar una contraseña aunque ahora no se llegue a teléfonos que la usan',
    },
  },
  yes: { flags: '-y, --yes', help: { en: 'Do not ask', es: 'No pregunta' } },
  autoApprove: { flags: '--auto-approve', help: { en: 'The same as --yes', es: 'Lo mismo que --yes' } },
  rollback: {
    flags: '--rollback',
    help: {
      en: 'Apply a commit older than the one applied last',
      es: 'Aplica un commit anterior al último aplicado',
    },
  },
  lockTimeout: {
    flags: '--lock-timeout <time>',
    parse: duration('--lock-timeout'),
    help: {
      en: 'Wait this long for somebody else to end: 30s, 5m (0s)',
      es: 'Espera este tiempo a que termine otra persona: 30s, 5m (0s)',
    },
  },
  report: {
    flags: '--report <file>',
    help: {
      en: 'Write the report to a file: Markdown where it ends in .md, else JSON',
      es: 'Guarda el informe en un archivo: Markdown si acaba en .md, si no JSON',
    },
  },
  check: {
    flags: '--check',
    help: {
      en: 'Change nothing; exit with 2 where something would change',
      es: 'No cambia nada; termina con 2 si algo cambiaría',
    },
  },
  dryRun: {
    flags: '--dry-run',
    help: { en: 'Show what would be written', es: 'Muestra lo que se escribiría' },
  },
  note: {
    flags: '--note <text>',
    help: {
      en: 'What the person wants to add, e.g. a ticket',
      es: 'Lo que la persona quiera añadir, p. ej. un tique',
    },
  },
  name: { flags: '--name <text>', help: { en: 'Name of the client', es: 'Nombre del cliente' } },
  group: {
    flags: '--group <group>',
    parse: oneOf('--group', ['connect', 'values']),
    help: {
      en: 'connect (logins) or values (SIP, portal, PIN)',
      es: 'connect (accesos) o values (SIP, portal, PIN)',
    },
  },
  rotate: {
    flags: '--rotate',
    help: { en: 'Replace existing ones too', es: 'Sustituye también los que ya existen' },
  },
  ...profileOptions,
  ...labOptions,
  ...synthOptions,
  ...terraformOptions,
  ...trustOptions,
  ...verifyOptions,
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof options;
