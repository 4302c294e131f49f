import { Transform } from 'node:stream';

/** What goes in comes out `ms` later, in the same order and at full width. */
export function delayed(ms: number): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      setTimeout(() => this.push(chunk), ms);
      done();
    },
    flush(done) {
      setTimeout(done, ms);
    },
  });
}
