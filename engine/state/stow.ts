import { join } from 'node:path';
import { AltaError, type State } from '../model/index.ts';
import { writeAtomically } from './file.ts';
import { serialiseState } from './format.ts';
import { type Io, reasonOf } from './io.ts';
import { labelOf } from './location.ts';
import { erroredPath, type Shelf, stampOf, statePath } from './shelf.ts';
import type { Lease } from './store.ts';

/**
 * Puts a state in its place, atomically, while the lease is held.
 *
 * @throws state-changed, state-write-failed, state-write-lost, lease-lost
 */
export type Stow = (state: State) => Promise<void>;

/** Pauses before trying again, ms. */
const RETRY_PAUSES = [100, 1000];

/**
 * @param stamp of the state file that the writer started from: any other file in its place is not overwritten.
 * @param temporary folder for the last attempt to save a state.
 */
export function createStow(
  io: Io,
  shelf: Shelf,
  lease: Lease,
  stamp: string | undefined,
  temporary: string,
): Stow {
  const path = statePath(shelf);
  const file = labelOf(shelf.location, path);
  let expected = stamp;

  return async (state) => {
    const text = serialiseState(state);
    lease.assertHeld();
    if ((await stampOf(io, shelf)) !== expected) {
      const saved = await saveElsewhere(io, shelf, text, temporary);
      throw new AltaError('state-changed', { file, saved: saved ?? '-' });
    }
    try {
      await writeWithRetries(io, path, text, lease);
    } catch (cause) {
      if (cause instanceof AltaError) throw cause;
      const saved = await saveElsewhere(io, shelf, text, temporary);
      const reason = reasonOf(cause);
      if (saved === null) throw new AltaError('state-write-lost', { file, reason }, { cause });
      throw new AltaError('state-write-failed', { file, reason, saved }, { cause });
    }
    expected = await stampOf(io, shelf);
  };
}

async function writeWithRetries(io: Io, path: string, text: string, lease: Lease): Promise<void> {
  for (const pause of RETRY_PAUSES) {
    try {
      return await writeAtomically(io, path, text, () => lease.assertHeld());
    } catch (error) {
      if (error instanceof AltaError) throw error;
      await io.clock.sleep(pause);
    }
  }
  return writeAtomically(io, path, text, () => lease.assertHeld());
}

/** Saves the text beside the state, else in the temporary folder. Answers where, for people; null = nowhere. */
async function saveElsewhere(io: Io, shelf: Shelf, text: string, temporary: string): Promise<string | null> {
  const beside = erroredPath(shelf);
  const away = join(temporary, `${shelf.client}.${io.id()}.errored.state.json`);
  for (const path of [beside, away]) {
    try {
      await writeAtomically(io, path, text);
      return labelOf(shelf.location, path);
    } catch {}
  }
  return null;
}
