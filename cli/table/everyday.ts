import { type CommandRow, scope } from './row.ts';

const consent = ['allowDelete', 'recreate', 'overrideLimits', 'acceptOutage'] as const;

/** Commands of every change: declare, look, do, prove. */
export const everydayCommands: readonly CommandRow[] = [
  {
    name: 'init',
    args: [{ name: '[dir]', help: { en: 'Folder; default: here', es: 'Carpeta; si falta, esta' } }],
    help: {
      en: 'Make a workspace: alta.yaml, a key for secrets, editor settings',
      es: 'Crea un espacio de trabajo: alta.yaml, una clave para los secretos, ajustes del editor',
    },
    options: ['client', 'name'],
    load: () => import('../commands/init.ts'),
  },
  {
    name: 'validate',
    help: {
      en: 'Check the YAML, without contacting anybody',
      es: 'Comprueba el YAML, sin contactar con nadie',
    },
    options: [],
    formats: ['github', 'gitlab'],
    load: () => import('../commands/validate.ts'),
  },
  {
    name: 'fmt',
    help: { en: 'Write the YAML in its usual form', es: 'Escribe el YAML en su forma habitual' },
    options: ['check'],
    load: () => import('../commands/fmt.ts'),
  },
  {
    name: 'plan',
    help: {
      en: 'Show what apply would change; writes nothing',
      es: 'Muestra lo que cambiaría apply; no escribe nada',
    },
    options: [...scope, 'out', 'detailedExitcode', 'strict', 'noRead', 'republish', ...consent],
    formats: ['markdown', 'github', 'gitlab'],
    load: () => import('../commands/plan.ts'),
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
    options: [...scope, 'yes', 'autoApprove', 'rollback', 'lockTimeout', 'report', 'republish', ...consent],
    formats: ['markdown'],
    load: () => import('../commands/apply.ts'),
  },
  {
    name: 'verify',
    help: {
      en: 'Prove that the phones registered and the calls work',
      es: 'Demuestra que los teléfonos se han registrado y las llamadas funcionan',
    },
    options: [...scope, 'wait', 'fromFile', 'report'],
    formats: ['markdown'],
    load: () => import('../commands/verify.ts'),
  },
  {
    name: 'drift',
    help: {
      en: 'Show what somebody changed outside; exit with 2 if anything',
      es: 'Muestra lo que alguien ha cambiado por fuera; termina con 2 si hay algo',
    },
    options: [...scope, 'strict'],
    formats: ['markdown', 'github', 'gitlab'],
    load: () => import('../commands/drift.ts'),
  },
];
