import type { Clock } from '../../../providers/contract.ts';

/** A clock that stands still until it is told to move on. */
export interface FakeClock extends Clock {
  /** Moves on, ending sleeps in order, and lets everything that follows from it happen. */
  advance(ms: number): Promise<void>;
  /** Sleeps not ended yet. */
  sleeping(): number;
}

export function fakeClock(): FakeClock {
  const sleeps = new Set<{ readonly until: number; readonly wake: () => void }>();
  let time = 1_000;
  return {
    now: () => time,
    elapsed: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleep = { until: time + ms, wake: resolve };
        sleeps.add(sleep);
        signal?.addEventListener('abort', () => {
          sleeps.delete(sleep);
          reject(signal.reason);
        });
      }),
    advance: async (ms) => {
      await settled();
      const end = time + ms;
      const due = () => [...sleeps].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
      for (let next = due(); next; next = due()) {
        time = Math.max(time, next.until);
        sleeps.delete(next);
        next.wake();
        await settled();
      }
      time = end;
      await settled();
    },
    sleeping: () => sleeps.size,
  };
}

/** Lets all promises that can settle do so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
