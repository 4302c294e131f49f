import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { CrashPoint, Io } from '../../../../engine/state/index.ts';
import { systemIo } from '../../../../engine/state/index.ts';
import type { Clock } from '../../../../providers/contract.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }),
};

/** Real disk and clock; `at` hears every crash point. */
export function realIo(at: (point: CrashPoint) => void = () => {}): Io {
  return { ...systemIo(realClock), at };
}

/** Adds a line to a log shared by processes, in one atomic write (O_APPEND). */
export function log(path: string, line: string): void {
  appendFileSync(path, `${line}\n`);
}

/** The n-th command-line argument after the program. */
export function argument(n: number): string {
  const value = process.argv[2 + n];
  if (value === undefined) throw new Error(`argument ${n} is missing`);
  return value;
}
