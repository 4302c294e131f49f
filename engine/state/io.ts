import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import type { Clock } from '../../providers/contract.ts';
import type { CrashPoint } from './crashpoints.ts';

/** The file system calls that state makes, so that tests can make them fail. */
export type Disk = Pick<
  typeof fs,
  'link' | 'lstat' | 'mkdir' | 'open' | 'readdir' | 'realpath' | 'rename' | 'statfs' | 'unlink'
>;

/** Everything that state takes from the outside. */
export interface Io {
  readonly disk: Disk;
  readonly clock: Clock;
  /** A random name, unique for ever. */
  readonly id: () => string;
  /** Announces a {@link CrashPoint}. */
  readonly at: (point: CrashPoint) => void;
}

/** The real disk and randomness under the given clock; crash points pass unheard. */
export function systemIo(clock: Clock): Io {
  return { disk: fs, clock, id: () => randomBytes(12).toString('hex'), at: () => {} };
}

/** The code of a system error (`ENOSPC`), or its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}

/** Answers undefined where the file does not exist. Other errors pass. */
export async function ifExists<T>(attempt: Promise<T>): Promise<T | undefined> {
  try {
    return await attempt;
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
