import pLimit, { type LimitFunction } from 'p-limit';
import type { Target } from '../../engine/model/index.ts';

/** Runs work on a target when all earlier work on it is over. What runs so must not ask for the same target again. */
export type Alone = <T>(target: Target, work: () => Promise<T>) => Promise<T>;

/**
 * Looking at a target and writing to it take turns. A phone lets one administrator in, so that whoever writes ends the session of whoever
 * reads: in the middle of a reading that would be a failure of somebody else's resource.
 */
export function createAlone(): Alone {
  const queues = new Map<string, LimitFunction>();
  return (target, work) => {
    const queue = queues.get(target.key) ?? pLimit(1);
    queues.set(target.key, queue);
    return queue(work);
  };
}
