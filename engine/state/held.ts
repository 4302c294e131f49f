import type { Clock } from '../../providers/contract.ts';
import { AltaError } from '../model/index.ts';
import { type Epochs, replace, stands } from './epochs.ts';
import type { Io } from './io.ts';
import type { Holder, Lease } from './store.ts';

/** One moment on both clocks, ms: the monotonic one stops while the machine sleeps, the wall clock may be set. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export function thisMoment(clock: Clock): Moment {
  return { wall: clock.now(), monotonic: clock.elapsed() };
}

/** What is left of `ttlMs` that began at `start`, ms, by whichever clock says less. */
function leftOf(start: Moment, ttlMs: number, clock: Clock): number {
  return ttlMs - Math.max(clock.now() - start.wall, clock.elapsed() - start.monotonic);
}

/**
 * The lease as its holder sees it, from the moment its epoch file was made. Renewed every third of its TTL, and counted
 * from *before* each renewal. Once expired it stays lost, even if nobody took it: a taker may be about to.
 *
 * @param start a moment before the epoch file was made.
 */
export function holdLease(io: Io, epochs: Epochs, first: Holder, start: Moment): Lease {
  const { epoch, ttlMs } = first;
  const loss = new AbortController();
  const end = new AbortController();
  let holder = first;
  let since = start;
  let renewing: Promise<void> | null = null;

  const left = () => leftOf(since, ttlMs, io.clock);
  const isHeld = () => !loss.signal.aborted && left() > 0 && stands(epochs, epoch);
  const lost = () =>
    new AltaError('lease-lost', { lease: epochs.name, epoch, ttl: ttlMs / 1000 }, { written: 'nothing' });

  function assertStanding(): void {
    if (isHeld()) return;
    if (!loss.signal.aborted) loss.abort(lost());
    end.abort();
    throw loss.signal.reason;
  }

  function assertHeld(): void {
    assertStanding();
    if (end.signal.aborted) throw lost();
  }

  async function renewOnce(): Promise<void> {
    assertStanding();
    const began = thisMoment(io.clock);
    const next = { ...holder, beats: holder.beats + 1 };
    await replace(io, epochs, { released: false, holder: next });
    io.at('lease:renewed');
    // By the old count: if we slept in here past its end, somebody may have taken over meanwhile.
    assertStanding();
    holder = next;
    since = began;
  }

  function renew(): Promise<void> {
    renewing ??= renewOnce().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  /** A renewal that fails is tried again a third later; what is left of the TTL decides, not the failure. */
  async function heartbeat(): Promise<void> {
    while (!end.signal.aborted) {
      await io.clock.sleep(ttlMs / 3, end.signal).catch(() => {});
      if (!end.signal.aborted) await renew().catch(() => {});
    }
  }

  void heartbeat();
  return {
    name: epochs.name,
    epoch,
    get holder() {
      return holder;
    },
    signal: loss.signal,
    assertHeld,
    async mayWrite(deadlineMs) {
      if (deadlineMs >= ttlMs) {
        const message = `a call of ${deadlineMs} ms does not fit a lease of ${ttlMs} ms`;
        throw new AltaError('internal', { message }, { written: 'nothing' });
      }
      assertHeld();
      if (left() <= deadlineMs) await renew().catch(() => {});
      assertHeld();
      if (left() <= deadlineMs) throw lost();
    },
    async release() {
      if (end.signal.aborted) return;
      end.abort();
      await renewing?.catch(() => {});
      if (!isHeld()) return;
      // A lease that could not be marked is free as soon as its process ends.
      await replace(io, epochs, { released: true, holder }).catch(() => {});
      io.at('lease:released');
    },
  };
}
