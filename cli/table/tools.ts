import { type CommandRow, scope } from './row.ts';

/** Commands about this installation. */
export const toolCommands: readonly CommandRow[] = [
  {
    name: 'doctor',
    help: {
      en: 'Say what is missing, here and on each target',
      es: 'Dice qué falta, aquí y en cada equipo',
    },
    options: [...scope],
    load: () => import('../commands/doctor.ts'),
  },
  {
    name: 'trust',
    help: {
      en: 'Look at certificates and SSH host keys, and pin them',
      es: 'Muestra certificados y claves de servidores SSH y los declara de confianza',
    },
    options: [...scope, 'ssh', 'access', 'replace', 'dryRun', 'yes', 'autoApprove'],
    load: () => import('../commands/trust.ts'),
  },
  {
    name: 'drivers',
    help: { en: 'What each kind of target can do', es: 'Qué puede hacer cada tipo de equipo' },
    options: [],
    formats: ['markdown'],
    load: () => import('../commands/drivers.ts'),
  },
  {
    name: 'lab',
    help: {
      en: 'Simulated PBXs and phones on this machine, to try everything without risk',
      es: 'Centralitas y teléfonos simulados en esta máquina, para probarlo todo sin riesgo',
    },
    options: ['extensions', 'latency', 'boxes', 'phones', 'fault', 'port'],
    load: () => import('../commands/lab.ts'),
  },
];
