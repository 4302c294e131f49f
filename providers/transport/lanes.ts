import { setMaxListeners } from 'node:events';
import { createLane, type Lane } from './lane.ts';
import type { Way } from './way.ts';

/** The lanes of one client. How many there are at once is the gate's affair. */
export interface Lanes {
  /** The lane used last, or a new one. */
  take(): Lane;
  /** A lane that surely has no connection yet. */
  fresh(): Lane;
  /** Keeps a lane whose answer was read to the end for the next request, unless others wait for its channel. */
  giveBack(lane: Lane): void;
  /** Ends a lane whose state is not known. */
  discard(lane: Lane): void;
  /** Ends all lanes; what is under way ends through `closing`. */
  close(): Promise<void>;
  readonly closing: AbortSignal;
}

export function createLanes(origin: string, way: Way): Lanes {
  const all = new Set<Lane>();
  const idle: Lane[] = [];
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const fresh = () => {
    const lane = createLane(origin, way.connect, way.idleMs);
    all.add(lane);
    return lane;
  };
  const discard = (lane: Lane) => {
    all.delete(lane);
    lane.destroy().catch(() => {});
  };
  way.whenCrowded(() => idle.splice(0).forEach(discard));
  return {
    take: () => idle.pop() ?? fresh(),
    fresh,
    giveBack: (lane) => {
      if (way.isCrowded()) discard(lane);
      else idle.push(lane);
    },
    discard,
    close: async () => {
      closing.abort();
      const open = [...all];
      all.clear();
      await Promise.allSettled(open.map((lane) => lane.destroy()));
    },
    closing: closing.signal,
  };
}
