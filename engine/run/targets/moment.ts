import type { Clock } from '../../../providers/contract.ts';

/** A point in time by both clocks: the monotonic one stands still while the machine sleeps, the other one can be set. */
export interface Moment {
  /** ms since the epoch. */
  readonly wall: number;
  /** ms since some start. */
  readonly monotonic: number;
}

export function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), monotonic: clock.elapsed() };
}

/** How long ago that was, ms: the longer of what the two clocks say. Endless where the clock was set back. */
export function ageOf({ wall, monotonic }: Moment, clock: Clock): number {
  const byWall = clock.now() - wall;
  return byWall < 0 ? Number.POSITIVE_INFINITY : Math.max(byWall, clock.elapsed() - monotonic);
}
