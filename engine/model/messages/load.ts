import type { Message } from './message.ts';

export const loadMessages = {} as const satisfies Record<string, Message>;
