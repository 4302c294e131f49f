import pLimit, { type LimitFunction } from 'p-limit';
import type { Target } from '../../engine/model/index.ts';
import type { Sessions } from '../../engine/run/targets/sessions.ts';
import type { Workspace } from '../../engine/run/workspace/workspace.ts';

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

/** Ends a session on a host that lets one user in, as soon as it is not needed: others are kept out by it, a verification in the same apply too. */
export type Free = (target: Target, purpose: 'read' | 'write') => Promise<void>;

export function createFree({ drivers }: Pick<Workspace, 'drivers'>, sessions: Sessions): Free {
  return async (target, purpose) => {
    if (drivers.get(target.driver)?.facts.host.sessions === 1) await sessions.leave(target, purpose);
  };
}
