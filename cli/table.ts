import type { Lang } from '../engine/model/messages/message.ts';
import type { Format, OptionName } from './options.ts';
import type { Run } from './shell.ts';

/** One command: its words and options, and where its code is. The code is loaded when the command runs. */
export interface CommandRow {
  /** `plan`, or `secrets set` for a command of a group. */
  readonly name: string;
  /** As commander takes them: `[file]`, `<name>`, `[numbers...]`. */
  readonly args?: readonly ArgumentRow[];
  readonly help: Readonly<Record<Lang, string>>;
  readonly options: readonly OptionName[];
  /** `text` and `json` go without saying. */
  readonly formats?: readonly Format[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

export interface ArgumentRow {
  readonly name: string;
  readonly help: Readonly<Record<Lang, string>>;
}

const scope = ['client', 'target', 'exclude', 'since', 'parallelism'] as const;
const consent = ['allowDelete', 'recreate', 'overrideLimits'] as const;

/** The commands, in the order of the help. */
export const commands: readonly CommandRow[] = [
  {
    name: 'init',
    args: [{ name: '[dir]', help: { en: 'Folder; default: here', es: 'Carpeta; si falta, esta' } }],
    help: {
      en: 'Make a workspace: alta.yaml, a key for secrets, editor settings',
      es: 'Crea un espacio de trabajo: alta.yaml, una clave para los secretos, ajustes del editor',
    },
    options: ['client', 'name'],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'validate',
    help: {
      en: 'Check the YAML, without contacting anybody',
      es: 'Comprueba el YAML, sin contactar con nadie',
    },
    options: [],
    formats: ['github', 'gitlab'],
    load: () => import('./commands/validate.ts'),
  },
  {
    name: 'fmt',
    help: { en: 'Write the YAML in its usual form', es: 'Escribe el YAML en su forma habitual' },
    options: ['check'],
    load: () => import('./commands/fmt.ts'),
  },
  {
    name: 'plan',
    help: {
      en: 'Show what apply would change; writes nothing',
      es: 'Muestra lo que cambiaría apply; no escribe nada',
    },
    options: [...scope, 'out', 'detailedExitcode', 'strict', 'noRead', ...consent],
    formats: ['markdown', 'github', 'gitlab'],
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'apply',
    args: [
      {
        name: '[file]',
        help: {
          en: 'An approved plan (`alta plan -o FILE`)',
          es: 'Un plan aprobado (`alta plan -o ARCHIVO`)',
        },
      },
    ],
    help: {
      en: 'Make the targets what the YAML declares; asks first',
      es: 'Deja los equipos como declara el YAML; antes pregunta',
    },
    options: [...scope, 'yes', 'autoApprove', 'rollback', 'lockTimeout', 'report', ...consent],
    formats: ['markdown'],
    load: () => import('./commands/apply.ts'),
  },
  {
    name: 'verify',
    help: {
      en: 'Prove that the phones registered and the calls work',
      es: 'Demuestra que los teléfonos se han registrado y las llamadas funcionan',
    },
    options: [...scope, 'report'],
    formats: ['markdown'],
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'drift',
    help: {
      en: 'Show what somebody changed outside; exit with 2 if anything',
      es: 'Muestra lo que alguien ha cambiado por fuera; termina con 2 si hay algo',
    },
    options: [...scope, 'strict'],
    formats: ['markdown', 'github', 'gitlab'],
    load: () => import('./commands/drift.ts'),
  },
  {
    name: 'accept',
    args: [
      {
        name: '[addresses...]',
        help: { en: 'What to accept; default: everything', es: 'Qué se acepta; si falta, todo' },
      },
    ],
    help: {
      en: 'Write into the YAML what was changed outside',
      es: 'Escribe en el YAML lo que se cambió por fuera',
    },
    options: [...scope, 'dryRun'],
    load: () => import('./commands/accept.ts'),
  },
  {
    name: 'import',
    args: [
      {
        name: '<target>',
        help: { en: 'The PBX, e.g. acme/pbx:sede', es: 'La centralita, p. ej. acme/pbx:sede' },
      },
      {
        name: '[numbers...]',
        help: {
          en: 'Extensions, e.g. 110 12*; default: all',
          es: 'Extensiones, p. ej. 110 12*; si falta, todas',
        },
      },
    ],
    help: {
      en: 'Write into the YAML what a PBX has already',
      es: 'Escribe en el YAML lo que ya tiene una centralita',
    },
    options: ['dryRun'],
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'attest',
    args: [
      {
        name: '[address]',
        help: {
          en: 'The step that was done; default: list them',
          es: 'El paso hecho; si falta, los enumera',
        },
      },
    ],
    help: {
      en: 'Vouch for a step done by hand in a panel',
      es: 'Da fe de un paso hecho a mano en un panel',
    },
    options: ['note', 'lockTimeout'],
    load: () => import('./commands/attest.ts'),
  },
  {
    name: 'secrets init',
    help: { en: 'Make the key and the files for secrets', es: 'Crea la clave y los archivos de secretos' },
    options: [],
    load: () => import('./commands/secrets-init.ts'),
  },
  {
    name: 'secrets set',
    args: [
      {
        name: '<name>',
        help: { en: 'E.g. extensions/main/110/sip', es: 'P. ej. extensions/main/110/sip' },
      },
    ],
    help: {
      en: 'Enter one secret, typed unseen or from standard input',
      es: 'Introduce un secreto, tecleado sin verse o por la entrada estándar',
    },
    options: ['client', 'group'],
    load: () => import('./commands/secrets-set.ts'),
  },
  {
    name: 'secrets generate',
    args: [
      {
        name: '[names...]',
        help: { en: 'Default: all that are missing', es: 'Si faltan, todos los que no existen' },
      },
    ],
    help: {
      en: 'Make passwords that suit every target',
      es: 'Genera contraseñas válidas para todos los equipos',
    },
    options: ['client', 'rotate'],
    load: () => import('./commands/secrets-generate.ts'),
  },
  {
    name: 'secrets check',
    help: {
      en: 'Check that every secret is there and intact',
      es: 'Comprueba que cada secreto está y está íntegro',
    },
    options: [],
    formats: ['github', 'gitlab'],
    load: () => import('./commands/secrets-check.ts'),
  },
  {
    name: 'secrets rekey',
    help: {
      en: 'Encrypt again for the recipients that alta.yaml names now',
      es: 'Cifra de nuevo para los destinatarios que alta.yaml nombra ahora',
    },
    options: ['client'],
    load: () => import('./commands/secrets-rekey.ts'),
  },
  {
    name: 'doctor',
    help: {
      en: 'Say what is missing, here and on each target',
      es: 'Dice qué falta, aquí y en cada equipo',
    },
    options: [...scope],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'drivers',
    help: { en: 'What each kind of target can do', es: 'Qué puede hacer cada tipo de equipo' },
    options: [],
    formats: ['markdown'],
    load: () => import('./commands/drivers.ts'),
  },
  {
    name: 'lab',
    help: {
      en: 'Simulated PBXs on this machine, to try everything without risk',
      es: 'Centralitas simuladas en esta máquina, para probarlo todo sin riesgo',
    },
    options: ['extensions', 'latency', 'boxes', 'fault', 'port'],
    load: () => import('./commands/lab.ts'),
  },
];

/** Commands that stand under a word of their own. */
export const groups: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  secrets: { en: 'Passwords: enter, make, check', es: 'Contraseñas: introducir, generar, comprobar' },
};

/** Options that every command takes. */
export const commonOptions: readonly OptionName[] = [
  'workspace',
  'json',
  'format',
  'lang',
  'noColor',
  'debug',
];
