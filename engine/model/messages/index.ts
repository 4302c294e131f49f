import { cliMessages } from './cli.ts';
import { deviceMessages } from './device.ts';
import { driverMessages } from './driver.ts';
import { loadMessages } from './load.ts';
import type { Message } from './message.ts';
import { planMessages } from './plan.ts';
import { profileMessages } from './profile.ts';
import { profileCliMessages } from './profile-cli.ts';
import { providerMessages } from './provider.ts';
import { runMessages } from './run.ts';
import { secretsMessages } from './secrets.ts';
import { stateMessages } from './state.ts';
import { synthMessages } from './synth.ts';
import { terraformCliMessages } from './terraform-cli.ts';
import { transportMessages } from './transport.ts';
import { trustMessages } from './trust.ts';

export type { Lang, Message, Text } from './message.ts';

/**
 * Every code of the project with its texts, one file for each part. The code is the stable name that people
 * search for and scripts match; the texts may change.
 */
export const messages = {
  ...cliMessages,
  ...deviceMessages,
  ...driverMessages,
  ...loadMessages,
  ...planMessages,
  ...profileMessages,
  ...profileCliMessages,
  ...providerMessages,
  ...runMessages,
  ...secretsMessages,
  ...stateMessages,
  ...synthMessages,
  ...terraformCliMessages,
  ...transportMessages,
  ...trustMessages,
} as const satisfies Record<string, Message>;

export type Code = keyof typeof messages;
