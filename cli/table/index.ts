import type { Lang } from '../../engine/model/messages/message.ts';
import type { OptionName } from '../options.ts';
import { everydayCommands } from './everyday.ts';
import { profileCommands } from './profile.ts';
import { repairCommands } from './repair.ts';
import type { CommandRow } from './row.ts';
import { secretsCommands } from './secrets.ts';
import { terraformCommands } from './terraform.ts';
import { toolCommands } from './tools.ts';

export type { CommandRow } from './row.ts';

/** The commands, in the order of the help. */
export const commands: readonly CommandRow[] = [
  ...everydayCommands,
  ...repairCommands,
  ...secretsCommands,
  ...profileCommands,
  ...terraformCommands,
  ...toolCommands,
];

/** Commands that stand under a word of their own. */
export const groups: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  secrets: { en: 'Passwords: enter, make, check', es: 'Contraseñas: introducir, generar, comprobar' },
  profile: {
    en: 'Profiles: how an API looks, found out and proven on site',
    es: 'Perfiles: cómo es una API, averiguado y comprobado in situ',
  },
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
