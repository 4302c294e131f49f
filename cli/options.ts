import { AltaError } from '../engine/model/diagnostic.ts';
import type { Lang } from '../engine/model/messages/message.ts';

export type Format = 'text' | 'markdown' | 'json' | 'github' | 'gitlab';

/** Every option of every command, after parsing. What was not given is undefined, except lists, which are empty. */
export interface Flags {
  readonly client: readonly string[];
  readonly target: readonly string[];
  readonly exclude: readonly string[];
  readonly since?: string;
  readonly json?: true;
  readonly format?: Format;
  readonly parallelism?: number;
  readonly workspace?: string;
  readonly out?: string;
  readonly detailedExitcode?: true;
  readonly strict?: true;
  /** False with `--no-read`. */
  readonly read?: boolean;
  readonly allowDelete?: number;
  readonly recreate?: number;
  readonly overrideLimits?: string;
  readonly yes?: true;
  readonly autoApprove?: true;
  readonly rollback?: true;
  /** Milliseconds. */
  readonly lockTimeout?: number;
  readonly report?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly note?: string;
  readonly name?: string;
  readonly group?: 'connect' | 'values';
  readonly rotate?: true;
  readonly extensions?: number;
  /** Milliseconds. */
  readonly latency?: number;
  readonly boxes: readonly string[];
  readonly fault: readonly string[];
  readonly port?: number;
}

/** How one option is written, read and explained. */
export interface OptionRow {
  /** As commander takes it: `-o, --out <file>`. */
  readonly flags: string;
  readonly help: Readonly<Record<Lang, string>>;
  /** Turns the text into its value; throws `option-value`. Lists receive what was given before. */
  readonly parse?: (text: string, before: unknown) => unknown;
}

const wholeNumber = (flag: string, least: number) => (text: string) => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least) return value;
  throw new AltaError('option-value', { option: flag, value: text, expected: `${least}, ${least + 1}, …` });
};

const oneOf = (flag: string, choices: readonly string[]) => (text: string) => {
  if (choices.includes(text)) return text;
  throw new AltaError('option-value', { option: flag, value: text, expected: choices });
};

const nonEmpty = (flag: string) => (text: string) => {
  if (text.trim() !== '') return text;
  throw new AltaError('option-value', { option: flag, value: text, expected: '…' });
};

const list = (text: string, before: unknown): readonly string[] => [
  ...(Array.isArray(before) ? before : []),
  ...text.split(',').filter((item) => item !== ''),
];

const repeated = (text: string, before: unknown): readonly string[] => [
  ...(Array.isArray(before) ? before : []),
  text,
];

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, '': 1000 };

/** `30s`, `5m`, `500ms`; a bare number is seconds. */
const duration = (flag: string) => (text: string) => {
  const [, digits = '', unit = ''] = /^(\d{1,6})(ms|s|m)?$/.exec(text) ?? [];
  if (digits !== '') return Number(digits) * (milliseconds[unit] ?? 0);
  throw new AltaError('option-value', { option: flag, value: text, expected: ['30s', '5m', '500ms'] });
};

export const formats: readonly Format[] = ['text', 'markdown', 'json', 'github', 'gitlab'];

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
  extensions: {
    flags: '--extensions <n>',
    parse: wholeNumber('--extensions', 0),
    help: { en: 'Extensions already on each box (3)', es: 'Extensiones ya existentes en cada equipo (3)' },
  },
  latency: {
    flags: '--latency <ms>',
    parse: wholeNumber('--latency', 0),
    help: { en: 'Milliseconds added to every answer', es: 'Milisegundos que se añaden a cada respuesta' },
  },
  boxes: {
    flags: '--boxes <name:edition>',
    parse: list,
    help: {
      en: 'Boxes to simulate, e.g. sede:v2.0.0,almacen:v1.1.0',
      es: 'Equipos que se simulan, p. ej. sede:v2.0.0,almacen:v1.1.0',
    },
  },
  fault: {
    flags: '--fault <kind[:path][:times]>',
    parse: repeated,
    help: {
      en: 'A mishap on demand on every box, e.g. lostAnswer:extension/add:1 (repeatable)',
      es: 'Un percance a petición en cada equipo, p. ej. lostAnswer:extension/add:1 (repetible)',
    },
  },
  port: {
    flags: '--port <n>',
    parse: wholeNumber('--port', 1),
    help: {
      en: 'Port of the control endpoint; the boxes take the next ones',
      es: 'Puerto del control; los equipos toman los siguientes',
    },
  },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof options;
