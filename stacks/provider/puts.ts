import type { Clock } from '../../providers/contract.ts';

/**
 * Planned: Terraform asks to apply it within a moment, or never. Under way: it is being applied. Failed: what was to be there may not be.
 */
export type Put = 'planned' | 'under-way' | 'done' | 'failed';

/** What one run creates and updates, for the deletions on the same target: they come last, and only where all else went well. */
export interface Puts {
  /** @param address of the resource, which stands on the target */
  note(target: string, address: string, put: Put): void;
  /**
   * Resolves when nothing is under way on a target any more: whether all went well there. What Terraform has not even begun to ask for is not
   * known here, so that with few parallel operations a deletion may still come first. False once the signal is aborted.
   */
  over(target: string, signal: AbortSignal): Promise<boolean>;
}

/** How often to look, and how long Terraform takes at most from the plan of a resource to its apply, ms. */
const [pauseMs, patienceMs] = [20, 2_000];

export function createPuts(clock: Pick<Clock, 'now' | 'sleep'>): Puts {
  const all = new Map<string, { readonly target: string; readonly put: Put }>();
  const on = (target: string): readonly Put[] =>
    [...all.values()].flatMap((one) => (one.target === target ? [one.put] : []));
  return {
    note: (target, address, put) => {
      all.set(address, { target, put });
    },
    over: async (target, signal) => {
      const patient = clock.now() + patienceMs;
      const open = (): boolean =>
        on(target).includes('under-way') || (on(target).includes('planned') && clock.now() < patient);
      do await clock.sleep(pauseMs);
      while (!signal.aborted && open());
      return !signal.aborted && !on(target).includes('failed');
    },
  };
}
