import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CrashPoint } from './crashpoints.ts';
import { type Io, ifExists } from './io.ts';

/** Windows has no such flag: undefined, which adds nothing. */
const READ_NO_FOLLOW = constants.O_RDONLY | constants.O_NOFOLLOW;

/** The prefix of temporary files that {@link writeAtomically} makes for `path`. A crash may leave one behind. */
export function temporaryPrefix(path: string): string {
  return `.${basename(path)}.tmp-`;
}

/**
 * Replaces a file whole: temporary file beside it, fsync, rename, fsync of the directory. Readers see the old content
 * or the new, also after a crash. On failure the temporary file is removed and the old content stands.
 *
 * @param guard called as the last thing before the rename; what it throws stops the write.
 */
export async function writeAtomically(
  io: Io,
  path: string,
  content: string,
  guard: () => void | Promise<void> = () => {},
): Promise<void> {
  const temp = join(dirname(path), `${temporaryPrefix(path)}${io.id()}`);
  try {
    await writeNew(io, temp, Buffer.from(content));
    await guard();
    await io.disk.rename(temp, path);
  } catch (error) {
    await io.disk.unlink(temp).catch(() => {});
    throw error;
  }
  io.at('state:renamed');
  await syncDirectory(io, dirname(path));
  io.at('state:directory-synced');
}

async function writeNew(io: Io, path: string, data: Uint8Array): Promise<void> {
  const file = await io.disk.open(path, 'wx');
  try {
    io.at('state:temp-opened');
    await writeWhole(file, data, 0);
    io.at('state:temp-written');
    await file.sync();
    io.at('state:temp-synced');
  } finally {
    await file.close();
  }
}

/** Makes renames, links and removals in a directory survive a power loss. */
export async function syncDirectory(io: Io, directory: string): Promise<void> {
  const handle = await io.disk.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A nearly full disk takes fewer bytes than given without an error: that is one here. */
async function writeWhole(file: FileHandle, data: Uint8Array, position: number): Promise<void> {
  const { bytesWritten } = await file.write(data, 0, data.length, position);
  if (bytesWritten === data.length) return;
  const text = `short write: ${bytesWritten} of ${data.length} bytes`;
  throw Object.assign(new Error(text), { code: 'ENOSPC' });
}

/** A file that only grows. */
export interface AppendFile {
  /**
   * Resolves when the data is on the disk. On failure nothing of it stays in the file, and where that cannot be
   * promised every later append fails too. One call at a time.
   */
  append(data: Uint8Array, written?: CrashPoint, synced?: CrashPoint): Promise<void>;
  close(): Promise<void>;
}

/** Creates a file for appending. Fails where it exists: a torn tail must not be written after. */
export async function createAppendFile(io: Io, path: string): Promise<AppendFile> {
  const file = await io.disk.open(path, 'wx');
  let size = 0;
  let broken = false;

  async function takeBack(): Promise<void> {
    await file.truncate(size).catch(() => {
      broken = true;
    });
  }

  return {
    async append(data, written, synced) {
      if (broken) throw new Error('an earlier write could not be taken back');
      try {
        await writeWhole(file, data, size);
        if (written !== undefined) io.at(written);
        await file.datasync();
      } catch (error) {
        await takeBack();
        throw error;
      }
      if (synced !== undefined) io.at(synced);
      size += data.length;
    },
    close: () => file.close(),
  };
}

/** The whole content of a regular file, undefined where there is none. A symbolic link is an error (`ELOOP`). */
export async function readIfExists(io: Io, path: string): Promise<Buffer | undefined> {
  const file = await ifExists(io.disk.open(path, READ_NO_FOLLOW));
  if (file === undefined) return undefined;
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
