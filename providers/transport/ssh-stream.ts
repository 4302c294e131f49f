import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/**
 * A forwarded channel as a stream that can be destroyed like a socket. ssh2's own channel cannot: its `destroy` only asks
 * the other side to close, and a write after that never calls back.
 */
export function streamOf(channel: ClientChannel): Duplex {
  const stream = new Duplex({
    read: () => {
      channel.resume();
    },
    write: (chunk, _encoding, done) => {
      channel.write(chunk, () => done());
    },
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      channel.close();
      channel.resume();
      done(error);
    },
  });
  channel.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) channel.pause();
  });
  channel.on('end', () => stream.push(null));
  channel.on('close', () => endOrBreak(stream));
  channel.on('error', (error: Error) => stream.destroy(error));
  channel.pause();
  return stream;
}

/** After an orderly end whatever was received may still be read; without one the stream broke. */
function endOrBreak(stream: Duplex): void {
  if (stream.destroyed) return;
  if (stream.readableEnded) stream.destroy();
  else stream.once('end', () => stream.destroy());
  stream.push(null);
}
