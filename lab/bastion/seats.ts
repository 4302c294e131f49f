import type { Ledger } from './ledger.ts';

/** The channels of one connection, counted from when they are asked for. */
export interface Seats {
  /** Null where there are as many as may be open at once; else call the result when the channel is gone. */
  take(): (() => void) | null;
  /** The connection is gone, and every channel with it. */
  vacate(): void;
}

/** At most `limit` channels at once. */
export function channelSeats(limit: number, { counters }: Ledger): Seats {
  const taken = new Set<() => void>();
  return {
    take() {
      const { channels } = counters;
      if (taken.size >= limit) {
        channels.refused += 1;
        return null;
      }
      const release = (): void => {
        if (taken.delete(release)) counters.channels.open -= 1;
      };
      taken.add(release);
      channels.open += 1;
      channels.peak = Math.max(channels.peak, channels.open);
      return release;
    },
    vacate() {
      for (const release of taken) release();
    },
  };
}
