import type { Message } from './message.ts';

export const stateMessages = {} as const satisfies Record<string, Message>;
