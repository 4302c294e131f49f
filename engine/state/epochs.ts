import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createAppendFile, readIfExists, syncDirectory } from './file.ts';
import { type Io, ifExists, reasonOf } from './io.ts';
import type { Holder } from './store.ts';

/**
 * The files of one lease: `<name>.lease.<epoch>`, each made once by `link()`, which fails where the name exists. The
 * highest epoch is the lease; it is never removed, a released one is only marked. So no epoch number comes twice.
 */
export interface Epochs {
  readonly directory: string;
  readonly name: string;
}

/** What an epoch file says. */
export interface LeaseRecord {
  readonly released: boolean;
  readonly holder: Holder;
}

/** The highest epoch as a taker sees it. */
export interface Seen {
  readonly epoch: number;
  /** Any change of it is a sign of life. */
  readonly content: string;
  /** Null where the content makes no sense, as after a power loss. */
  readonly record: LeaseRecord | null;
}

/**
 * Superseded epochs that stay. Listing a folder is not atomic: a taker could miss the highest epoch only if that one and
 * all that stay behind it were superseded and removed within its one listing.
 */
const KEPT = 3;

const TEMPORARY = 'tmp-';

const pathOf = ({ directory, name }: Epochs, suffix: number | string) =>
  join(directory, `${name}.lease.${suffix}`);

/** The highest epoch, or null where the lease was never taken. */
export async function highest(io: Io, epochs: Epochs): Promise<Seen | null> {
  for (;;) {
    const epoch = (await list(io, epochs)).at(-1);
    if (epoch === undefined) return null;
    const data = await readIfExists(io, pathOf(epochs, epoch));
    if (data !== undefined) return seen(epoch, data.toString());
  }
}

async function list(io: Io, epochs: Epochs): Promise<number[]> {
  return (await suffixes(io, epochs))
    .filter((suffix) => /^[1-9]\d*$/.test(suffix))
    .map(Number)
    .sort((a, b) => a - b);
}

async function suffixes(io: Io, { directory, name }: Epochs): Promise<string[]> {
  const prefix = `${name}.lease.`;
  const names = await io.disk.readdir(directory);
  return names.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
}

function seen(epoch: number, content: string): Seen {
  try {
    const record: LeaseRecord = JSON.parse(content);
    const sound = record.holder.epoch === epoch && Number.isFinite(record.holder.ttlMs);
    return { epoch, content, record: sound ? record : null };
  } catch {
    return { epoch, content, record: null };
  }
}

/** Makes the holder's epoch file, durably. False where somebody else was first, or is already further. */
export async function claim(io: Io, epochs: Epochs, holder: Holder): Promise<boolean> {
  const temp = pathOf(epochs, `${TEMPORARY}${io.id()}`);
  const own = pathOf(epochs, holder.epoch);
  try {
    await writeRecord(io, temp, { released: false, holder });
    io.at('lease:temp-written');
    await io.disk.link(temp, own);
  } catch (error) {
    // ENOENT: the winner of this epoch has already cleared our temporary file away.
    if (['EEXIST', 'ENOENT'].includes(reasonOf(error))) return false;
    throw error;
  } finally {
    await io.disk.unlink(temp).catch(() => {});
  }
  io.at('lease:linked');
  await syncDirectory(io, epochs.directory);
  return (await list(io, epochs)).at(-1) === holder.epoch;
}

/** Replaces the holder's own epoch file: a renewal, or the mark of its release. */
export async function replace(io: Io, epochs: Epochs, record: LeaseRecord): Promise<void> {
  const temp = pathOf(epochs, `${TEMPORARY}${io.id()}`);
  try {
    await writeRecord(io, temp, record);
    await io.disk.rename(temp, pathOf(epochs, record.holder.epoch));
  } catch (error) {
    await io.disk.unlink(temp).catch(() => {});
    throw error;
  }
}

async function writeRecord(io: Io, path: string, record: LeaseRecord): Promise<void> {
  const file = await createAppendFile(io, path);
  try {
    await file.append(Buffer.from(JSON.stringify(record)));
  } finally {
    await file.close();
  }
}

/** Whether an epoch is still the highest, as far as two looks can tell: it is there and its successor is not. */
export function stands(epochs: Epochs, epoch: number): boolean {
  const exists = (suffix: number) =>
    statSync(pathOf(epochs, suffix), { throwIfNoEntry: false }) !== undefined;
  // In this order: successors clear epochs away from the lowest up, so a successor already cleared took ours along.
  return !exists(epoch + 1) && exists(epoch);
}

/** Removes superseded epochs, lowest first, and temporary files that dead takers left. Best effort. */
export async function clear(io: Io, epochs: Epochs, epoch: number): Promise<void> {
  const old = (await list(io, epochs)).filter((other) => other < epoch - KEPT);
  const temps = (await suffixes(io, epochs)).filter((suffix) => suffix.startsWith(TEMPORARY));
  for (const suffix of [...old, ...temps]) await ifExists(io.disk.unlink(pathOf(epochs, suffix)));
}
