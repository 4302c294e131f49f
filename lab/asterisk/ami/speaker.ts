import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Desk } from './desk.ts';

/** The way out of one connection. */
export interface Speaker {
  say(text: string): void;
  /** Closes it once all is said. */
  end(): void;
}

/** Says at once, or in pieces, or not to the end: as the desk has it at that moment. */
export function speaker(socket: Socket, desk: Desk): Speaker {
  let waiting = Buffer.alloc(0);
  let isPumping = false;
  let isEnding = false;
  let isCut = false;

  const put = (bytes: Buffer): void => {
    if (bytes.length < desk.untilCut) {
      desk.untilCut -= bytes.length;
      socket.write(bytes);
      return;
    }
    const last = bytes.subarray(0, desk.untilCut);
    desk.untilCut = Number.POSITIVE_INFINITY;
    isCut = true;
    socket.write(last, () => socket.destroy());
  };
  const pump = async (): Promise<void> => {
    isPumping = true;
    while (waiting.length > 0 && socket.writable && !isCut) {
      const { bytes, ms } = desk.pace ?? { bytes: waiting.length, ms: 0 };
      const piece = waiting.subarray(0, bytes);
      waiting = waiting.subarray(bytes);
      put(piece);
      if (ms > 0) await pause(ms, undefined, { ref: false });
    }
    isPumping = false;
    if (isEnding) socket.end();
  };
  return {
    say(text) {
      waiting = Buffer.concat([waiting, Buffer.from(text)]);
      if (!isPumping && !isCut) void pump();
    },
    end() {
      isEnding = true;
      if (!isPumping) socket.end();
    },
  };
}
