import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Pending, PendingWrite, State, StateEntry } from '../../../engine/model/index.ts';
import { freshState } from '../../../engine/state/format.ts';
import type { Disk, Io, Lease } from '../../../engine/state/index.ts';
import type { Clock } from '../../../providers/contract.ts';

/** A folder for one test, removed after it. Its real path. */
export async function folder(): Promise<string> {
  const path = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'alta-state-')));
  onTestFinished(() => fs.rm(path, { recursive: true, force: true }));
  return path;
}

export interface ManualClock extends Clock {
  /** Moves both clocks and wakes who slept long enough. */
  advance(ms: number): Promise<void>;
  /** Moves one clock only: suspend (wall) or a stepped wall clock. */
  skew(by: { wall?: number; monotonic?: number }): void;
  /** How long those who sleep asked for, ms. */
  sleeping(): number[];
}

/** A clock that stands still until told. */
export function manualClock(): ManualClock {
  let wall = Date.UTC(2026, 0, 1);
  let monotonic = 1000;
  const sleepers = new Set<{ ms: number; until: number; wake: () => void }>();
  return {
    now: () => wall,
    elapsed: () => monotonic,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { ms, until: monotonic + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async advance(ms) {
      wall += ms;
      monotonic += ms;
      for (const sleeper of sleepers) {
        if (sleeper.until > monotonic) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await setImmediate();
    },
    skew(by) {
      wall += by.wall ?? 0;
      monotonic += by.monotonic ?? 0;
    },
    sleeping: () => [...sleepers].map((sleeper) => sleeper.ms),
  };
}

/**
 * Lets time pass until the promise settles, but only while somebody sleeps for another time than `beat`: the disk takes
 * real time, and a heartbeat must not outrun it.
 */
export async function passTime<T>(clock: ManualClock, promise: Promise<T>, beat: number): Promise<T> {
  let settled = false;
  const end = () => {
    settled = true;
  };
  promise.then(end, end);
  while (!settled) {
    if (clock.sleeping().some((ms) => ms !== beat)) await clock.advance(10);
    await setTimeout(1);
  }
  return promise;
}

let names = 0;

/** The real disk with some calls replaced, and a clock that stands still. */
export function testIo(disk: Partial<Disk> = {}, clock: Clock = manualClock()): Io {
  const id = () => `id${++names}`;
  return { disk: { ...fs, ...disk }, clock, id, at: () => {} };
}

/** A system error, as the disk throws it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

type FileCalls = {
  [Call in 'write' | 'sync' | 'datasync' | 'truncate' | 'close']?: (...args: never[]) => unknown;
};

/** A disk whose files opened through it have some methods replaced. */
export function diskWithFiles(replace: (file: fs.FileHandle) => FileCalls): Partial<Disk> {
  const open: Disk['open'] = async (path, flags, mode) => {
    const file = await fs.open(path, flags, mode);
    const calls: object = replace(file);
    return Object.assign(file, calls);
  };
  return { open };
}

/** A lease that is always held. */
export function standingLease(client = 'acme', epoch = 1): Lease {
  const signal = new AbortController().signal;
  return {
    name: `client-${client}`,
    epoch,
    holder: {
      token: 't',
      epoch,
      host: 'pc1',
      machine: null,
      bootId: null,
      pidNamespace: null,
      pid: 1,
      processStart: null,
      user: 'ana',
      command: 'apply',
      acquiredAt: '2026-01-01T00:00:00.000Z',
      ttlMs: 60_000,
      beats: 0,
    },
    signal,
    mayWrite: async () => {},
    assertHeld: () => {},
    release: async () => {},
  };
}

export function keyOf(number: string): string {
  return `lab/301#extension:${number}`;
}

/** The entry of an extension of tenant 301. */
export function entry(number: string, values: StateEntry['values'] = { name: 'Recepción' }): StateEntry {
  return {
    address: `acme/pbx:main/extension:${number}`,
    kind: 'extension',
    key: number,
    targetKey: 'lab/301',
    values,
    secrets: {},
    dependsOn: [],
    appliedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** A planned create of an extension. */
export function creation(number: string): PendingWrite {
  const { appliedAt: _, ...after } = entry(number);
  const address = after.address;
  return {
    key: keyOf(number),
    address,
    action: 'create',
    before: 'absent',
    revs: {},
    fingerprints: {},
    after,
  };
}

export function pendingOf(...numbers: string[]): Pending {
  return {
    digest: 'sha256:plan',
    epoch: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    writes: numbers.map(creation),
  };
}

export function stateWith(change: Partial<State> = {}): State {
  return { ...freshState('acme', 'lineage-1', '0.1.0'), serial: 1, ...change };
}
