import type { Driver } from '../../../providers/contract.ts';
import type { Target } from '../../model/index.ts';
import { DEFAULT_TTL_MS } from '../../state/index.ts';

/** What a write may take where its driver does not say. */
const usualWriteMs = 30_000;

/** A write must end well within the lease that covers it, renewals included. */
const slack = 1.5;

/**
 * How long the leases of a run must live without a renewal, ms: as usual, or longer where a target's writes take longer. Pure.
 */
export function leaseMs(
  targets: readonly Pick<Target, 'driver' | 'options'>[],
  drivers: ReadonlyMap<string, Driver | null>,
): number {
  const longest = targets.map(({ driver, options }) => {
    const declared = options.timeLimitMs ?? options.writeTimeLimitMs;
    if (typeof declared === 'number') return declared;
    return drivers.get(driver)?.facts.host.longestWriteMs ?? usualWriteMs;
  });
  return Math.max(DEFAULT_TTL_MS, ...longest.map((ms) => ms * slack));
}
