import { createHash } from 'node:crypto';
import { AltaError } from '../model/index.ts';
import { claim, clear, type Epochs, highest, type Seen } from './epochs.ts';
import { holdLease, type Moment, thisMoment } from './held.ts';
import type { Io } from './io.ts';
import { lifeOf, type Machine, thisMachine } from './machine.ts';
import type { Holder, Lease, LeaseOptions } from './store.ts';
import { beginWatch, judge, look, type Patience, pauseOf, type Watch } from './watch.ts';

/** How long a lease lives without a renewal, ms. */
export const DEFAULT_TTL_MS = 60_000;

/** A lease's name becomes a file's. */
const NAME = /^[a-z0-9-]+$/;

/** A name for the lease on a host's writers: digest of the origin, safe as a file's name. */
export function hostLeaseName(host: string): string {
  return `host-${createHash('sha256').update(host).digest('hex').slice(0, 32)}`;
}

/** The name of the lease on a client's state. */
export function clientLeaseName(client: string): string {
  return `client-${client}`;
}

/**
 * Takes the lease `name` in a folder, by making its next epoch file once the highest one is released or its holder is
 * dead ({@link lifeOf}, {@link judge}). The folder must exist, on a local disk.
 *
 * @throws lease-held when a living holder keeps it longer than `waitMs`; the reason of `options.signal`.
 */
export async function acquireLease(
  io: Io,
  directory: string,
  name: string,
  options: LeaseOptions,
  me: Machine = thisMachine(),
): Promise<Lease> {
  if (!NAME.test(name)) throw new AltaError('internal', { message: `not the name of a lease: ${name}` });
  const epochs = { directory, name };
  const patience = { waitMs: options.waitMs ?? 0, ttlMs: options.ttlMs ?? DEFAULT_TTL_MS };
  let watch = beginWatch(io.clock.elapsed());
  for (;;) {
    options.signal?.throwIfAborted();
    const start = thisMoment(io.clock);
    watch = look(watch, await highest(io, epochs), io.clock.elapsed());
    const verdict = judge(watch, (holder) => lifeOf(holder, me), patience, io.clock.elapsed());
    if (verdict === 'held') throw held(name, watch.seen, io);
    if (verdict === 'wait') {
      await pause(io, watch, patience, options);
      continue;
    }
    const holder = newHolder(io, (watch.seen?.epoch ?? 0) + 1, me, options, patience.ttlMs);
    const lease = await take(io, epochs, holder, start);
    if (lease !== null) return lease;
  }
}

async function pause(io: Io, watch: Watch, patience: Patience, options: LeaseOptions): Promise<void> {
  if (watch.looks === 1) options.onWait?.(watch.seen?.record?.holder ?? null);
  await io.clock.sleep(pauseOf(watch, patience, io.clock.elapsed(), Math.random()), options.signal);
}

/** Null where somebody else was faster. */
async function take(io: Io, epochs: Epochs, holder: Holder, start: Moment): Promise<Lease | null> {
  if (!(await claim(io, epochs, holder))) return null;
  const lease = holdLease(io, epochs, holder, start);
  await clear(io, epochs, holder.epoch).catch(() => {});
  io.at('lease:taken');
  return lease;
}

function newHolder(io: Io, epoch: number, me: Machine, options: LeaseOptions, ttlMs: number): Holder {
  return {
    ...me,
    token: io.id(),
    epoch,
    user: options.user,
    command: options.command,
    acquiredAt: new Date(io.clock.now()).toISOString(),
    ttlMs,
    beats: 0,
  };
}

function held(lease: string, seen: Seen | null, io: Io): AltaError {
  const holder = seen?.record?.holder;
  if (holder === undefined) return new AltaError('lease-held', { lease, ...NOBODY_KNOWN });
  const { user, host, command, pid, acquiredAt: since, ttlMs } = holder;
  const age = Math.max(0, Math.round((io.clock.now() - Date.parse(since)) / 1000));
  return new AltaError('lease-held', { lease, user, host, command, pid, since, age, ttl: ttlMs / 1000 });
}

const NOBODY_KNOWN = { user: '?', host: '?', command: '?', pid: '?', since: '?', age: '?', ttl: '?' };
