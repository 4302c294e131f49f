import { AltaError } from '../../../../engine/model/index.ts';
import type { Errand } from '../../../transport/deadline.ts';
import type { reach } from '../../../transport/way.ts';

/** A byte stream to the manager interface. */
export type Stream = Awaited<ReturnType<typeof reach>>;

/** What comes over a stream, cut into pieces. */
export interface Wire {
  /** The line that it is greeted with: `Asterisk Call Manager/5.0.4`. */
  greeting(): Promise<string>;
  /** The next packet, without the empty line at its end. Rejects when the stream is over. Of several who wait the last one gets it. */
  next(): Promise<string>;
  send(text: string): void;
  end(): void;
}

/** One packet at most, characters. They have a few hundred; what a command prints about one peer has two thousand. */
const PACKET_CHARACTERS = 1024 * 1024;

/** `errand` is named where the stream ends before its time (`connection-reset`) or a packet has no end (`answer-too-large`). */
export function wireOf(stream: Stream, errand: Errand): Wire {
  const decoder = new TextDecoder();
  const arrived: string[] = [];
  let greeting: string | null = null;
  let rest = '';
  let over: AltaError | null = null;
  let wake = (): void => {};

  const stop = (error: AltaError): void => {
    over ??= error;
    wake();
    stream.destroy();
  };
  stream.on('data', (chunk: Buffer) => {
    rest += decoder.decode(chunk, { stream: true });
    greeting ??= takeGreeting();
    if (greeting !== null) takePackets();
    if (rest.length > PACKET_CHARACTERS) {
      stop(new AltaError('answer-too-large', { ...errand, limit: PACKET_CHARACTERS }));
    }
    wake();
  });
  stream.on('error', () => {});
  const closed = (): void => stop(new AltaError('connection-reset', { ...errand, kind: 'closed' }));
  stream.once('end', closed);
  stream.once('close', closed);

  function takeGreeting(): string | null {
    const at = rest.indexOf('\n');
    if (at < 0) return null;
    const line = rest.slice(0, at).trim();
    rest = rest.slice(at + 1);
    return line;
  }

  function takePackets(): void {
    const pieces = rest.split('\r\n\r\n');
    rest = pieces.pop() ?? '';
    // An error of SIPshowpeer is followed by one empty line more than it should. [wire: 16.28]
    arrived.push(...pieces.map((piece) => piece.replace(/^(\r\n)+/, '')).filter((piece) => piece !== ''));
  }

  async function arrival<T>(find: () => T | null | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined) return found;
      if (over !== null) throw over;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    greeting: () => arrival(() => greeting),
    next: () => arrival(() => arrived.shift()),
    send: (text) => {
      stream.write(text);
    },
    end: () => {
      stream.destroy();
    },
  };
}
