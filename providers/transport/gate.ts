import { setMaxListeners } from 'node:events';
import type { HostLimits } from '../../engine/model/index.ts';
import type { Clock, HostGate } from '../contract.ts';
import { DEFAULT_TIMEOUT_MS } from './deadline.ts';

export interface GateOptions {
  /**
   * Asked immediately before each write starts, when its turn is held. Throws (or rejects) where no write may start any
   * more; that error becomes the write's, and the write counts as never started.
   */
  readonly mayWrite?: (deadlineMs: number) => void | Promise<void>;
  /** Ends every wait at this gate. */
  readonly signal?: AbortSignal;
}

type Kind = 'read' | 'write';

interface Waiter {
  readonly kind: Kind;
  readonly start: () => void;
}

/** What a gate remembers. Times are of the monotonic clock, ms. */
interface Turns {
  readonly limits: HostLimits;
  readonly clock: Clock;
  readonly queue: Waiter[];
  running: number;
  writing: number;
  nextRead: number;
  nextWrite: number;
  wake: AbortController | null;
}

/**
 * The turns of one host, shared by every session of a run that talks to it. First come, first served: a request is
 * passed by a later one only while its own kind has to wait (interval, writers) and the later one's has not.
 */
export function createGate(limits: HostLimits, clock: Clock, options: GateOptions = {}): HostGate {
  const turns: Turns = {
    limits,
    clock,
    queue: [],
    running: 0,
    writing: 0,
    nextRead: Number.NEGATIVE_INFINITY,
    nextWrite: Number.NEGATIVE_INFINITY,
    wake: null,
  };
  if (options.signal) setMaxListeners(0, options.signal);
  const ends = (signal: AbortSignal) => (options.signal ? [signal, options.signal] : [signal]);
  return {
    read: async (request, signal) => {
      await turn(turns, 'read', ends(signal));
      try {
        return await request();
      } finally {
        leave(turns, 'read', false);
      }
    },
    write: async (request, signal, deadlineMs = DEFAULT_TIMEOUT_MS) => {
      await turn(turns, 'write', ends(signal));
      let started = false;
      try {
        await options.mayWrite?.(deadlineMs);
        for (const end of ends(signal)) end.throwIfAborted();
        started = true;
        return await request();
      } finally {
        leave(turns, 'write', started);
      }
    },
  };
}

/** Waits for a turn and takes it. Rejects with the reason of the first signal that aborts, leaving the queue. */
function turn(turns: Turns, kind: Kind, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted) return reject(aborted.reason);
    const waiter: Waiter = { kind, start: () => settle(resolve) };
    const giveUp = (event: Event) => {
      turns.queue.splice(turns.queue.indexOf(waiter), 1);
      settle(() => reject((event.target as AbortSignal).reason));
      pump(turns);
    };
    const settle = (then: () => void) => {
      for (const signal of signals) signal.removeEventListener('abort', giveUp);
      then();
    };
    for (const signal of signals) signal.addEventListener('abort', giveUp);
    turns.queue.push(waiter);
    pump(turns);
  });
}

function leave(turns: Turns, kind: Kind, wrote: boolean): void {
  turns.running -= 1;
  if (kind === 'write') turns.writing -= 1;
  if (wrote) turns.nextWrite = turns.clock.elapsed() + turns.limits.writeIntervalMs;
  pump(turns);
}

/** Starts whoever may start now, in order of arrival, and sees to being called again when time alone is missing. */
function pump(turns: Turns): void {
  turns.wake?.abort();
  turns.wake = null;
  const now = turns.clock.elapsed();
  for (let waiter = nextWaiter(turns, now); waiter; waiter = nextWaiter(turns, now)) {
    turns.queue.splice(turns.queue.indexOf(waiter), 1);
    enter(turns, waiter.kind, now);
    waiter.start();
  }
  if (hasRoom(turns, 'read') && turns.queue.length > 0) sleepUntilNext(turns, now);
}

function nextWaiter(turns: Turns, now: number): Waiter | undefined {
  if (!hasRoom(turns, 'read')) return undefined;
  return turns.queue.find(({ kind }) => hasRoom(turns, kind) && startsAt(turns, kind) <= now);
}

function enter(turns: Turns, kind: Kind, now: number): void {
  turns.running += 1;
  if (kind === 'write') turns.writing += 1;
  else turns.nextRead = now + turns.limits.readIntervalMs;
}

function hasRoom(turns: Turns, kind: Kind): boolean {
  const { concurrency, writers } = turns.limits;
  return turns.running < concurrency && (kind === 'read' || turns.writing < writers);
}

function startsAt(turns: Turns, kind: Kind): number {
  return kind === 'read' ? turns.nextRead : turns.nextWrite;
}

function sleepUntilNext(turns: Turns, now: number): void {
  const open = turns.queue
    .filter(({ kind }) => hasRoom(turns, kind))
    .map(({ kind }) => startsAt(turns, kind));
  if (open.length === 0) return;
  const wake = new AbortController();
  turns.wake = wake;
  turns.clock.sleep(Math.min(...open) - now, wake.signal).then(
    () => pump(turns),
    () => {},
  );
}
