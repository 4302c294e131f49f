import type { Seen } from './epochs.ts';
import type { Life } from './machine.ts';
import type { Holder } from './store.ts';

/** What a taker has seen of somebody else's lease, by its own monotonic clock, ms. */
export interface Watch {
  readonly began: number;
  /** The highest epoch at the last look. */
  readonly seen: Seen | null;
  /** When its content was first seen as it is. */
  readonly since: number;
  /** It changed while we watched: somebody lives. */
  readonly beaten: boolean;
  /** Looks at the present epoch. */
  readonly looks: number;
}

export function beginWatch(now: number): Watch {
  return { began: now, seen: null, since: now, beaten: false, looks: 0 };
}

/** The watch after one more look. */
export function look(watch: Watch, seen: Seen | null, now: number): Watch {
  const sameEpoch = watch.seen?.epoch === seen?.epoch;
  const looks = sameEpoch ? watch.looks + 1 : 1;
  if (sameEpoch && watch.seen?.content === seen?.content) return { ...watch, looks };
  return { ...watch, seen, since: now, beaten: watch.seen !== null, looks };
}

export interface Patience {
  /** How long to wait for a living holder, ms. */
  readonly waitMs: number;
  /** Assumed for a holder whose record makes no sense, ms. */
  readonly ttlMs: number;
}

export type Verdict = 'free' | 'wait' | 'held';

/**
 * Whether the lease may be taken now. A holder that cannot be told dead at once is dead after its TTL and a tenth
 * without a change. One that is known to live is waited for `waitMs`; one of which nothing is known is watched for
 * longer, until it gives a sign or its time is over.
 */
export function judge(
  watch: Watch,
  life: (holder: Holder) => Life,
  patience: Patience,
  now: number,
): Verdict {
  const { seen } = watch;
  if (seen === null || seen.record?.released === true) return 'free';
  const holder = seen.record?.holder;
  const state = holder === undefined ? 'unknown' : life(holder);
  if (state === 'dead') return 'free';
  if (now - watch.since > (holder?.ttlMs ?? patience.ttlMs) * 1.1) return 'free';
  const lives = state === 'alive' || watch.beaten;
  return lives && now - watch.began >= patience.waitMs ? 'held' : 'wait';
}

/** Shortest and longest pause between two looks, ms. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 1000;

/** Pause before the next look, ms: doubles while the epoch stays, never beyond the end of patience. */
export function pauseOf(watch: Watch, patience: Patience, now: number, random: number): number {
  const backoff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(watch.looks - 1, 10));
  const jittered = backoff * (0.5 + random / 2);
  const rest = patience.waitMs - (now - watch.began);
  return rest > 0 ? Math.min(jittered, rest) : jittered;
}
