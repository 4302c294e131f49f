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
} as const satisfies Record<string, Message>;
