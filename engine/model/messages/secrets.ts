import type { Message } from './message.ts';

export const secretsMessages = {} as const satisfies Record<string, Message>;
