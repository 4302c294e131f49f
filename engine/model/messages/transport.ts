import type { Message } from './message.ts';

export const transportMessages = {} as const satisfies Record<string, Message>;
