import type { Message } from './message.ts';

export const planMessages = {} as const satisfies Record<string, Message>;
