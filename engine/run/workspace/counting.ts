import type { ProgressEvent, RunContext } from '../contract.ts';

/** Counts something up for the progress line. */
export interface Tally {
  step(detail: string): void;
}

/** Counts targets read, with the one that was begun last. */
export interface ReadingTally {
  expect(total: number): void;
  started(detail: string): void;
  finished(detail: string): void;
}

export function readingTally(context: RunContext): ReadingTally {
  let total = 0;
  let done = 0;
  return {
    expect: (count) => {
      total = count;
      done = 0;
    },
    started: (detail) => context.progress({ phase: 'read', done, total, detail }),
    finished: (detail) => {
      done += 1;
      context.progress({ phase: 'read', done, total, detail });
    },
  };
}

export function tally(context: RunContext, phase: ProgressEvent['phase'], total: number): Tally {
  let done = 0;
  return {
    step: (detail) => {
      done += 1;
      context.progress({ phase, done, total, detail });
    },
  };
}
