import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import {
  type Content,
  FILE_MODE,
  leftovers,
  MAX_BYTES,
  type Place,
  PlaceError,
  type Stage,
  type Tail,
  temporaryName,
} from './store-place.ts';

/** A folder of this machine. `root` is where a relative path starts. Throws {@link PlaceError} where it is none. */
export async function openDirectory(directory: string, root: string): Promise<Place> {
  const folder = path.resolve(root, directory);
  await requireFolder(folder);
  return {
    read: (name) => read(folder, name),
    list: () => list(folder),
    write: (name, bytes, stage, signal) => write(folder, name, bytes, stage, signal),
    tail: (file, bytes) => tail(path.resolve(root, file), bytes),
    beside: (file) => readdir(path.dirname(path.resolve(root, file))).catch(() => null),
    close: () => {},
  };
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw new PlaceError(codeOf(error), true);
  });
  if (!found.isDirectory()) throw new PlaceError('not-a-folder', true);
}

async function read(folder: string, name: string): Promise<Content | null> {
  const handle = await openRead(path.join(folder, name), constants.O_NOFOLLOW ?? 0);
  if (handle === null) {
    // A folder that has gone meanwhile must not look like a missing file.
    await requireFolder(folder);
    return null;
  }
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new PlaceError('not-a-file');
    if (found.size > MAX_BYTES) throw new PlaceError('too-large');
    return { bytes: await handle.readFile(), modifiedAt: Math.floor(found.mtimeMs) };
  } finally {
    await handle.close();
  }
}

/** Null where there is no such file. Without O_NONBLOCK a named pipe would hang. */
async function openRead(file: string, flags: number): Promise<FileHandle | null> {
  try {
    return await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | flags);
  } catch (error) {
    const kind = codeOf(error);
    if (kind === 'ENOENT') return null;
    throw new PlaceError(kind === 'ELOOP' ? 'symlink' : kind);
  }
}

async function list(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new PlaceError(codeOf(error), true);
  });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Temporary file, fsync, rename, fsync of the folder: a phone sees the old file or the new one, also after a power cut. */
async function write(
  folder: string,
  name: string,
  bytes: Buffer,
  stage: Stage,
  signal: AbortSignal,
): Promise<void> {
  const file = path.join(folder, name);
  const unique = temporaryName(name, randomBytes(12));
  const temporary = path.join(folder, unique);
  try {
    await requireFile(file);
    await fillNew(temporary, bytes);
    await sweep(folder, name, unique);
    signal.throwIfAborted();
    await putInPlace(temporary, file, stage);
    await syncFolder(folder);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error instanceof PlaceError || signal.aborted ? error : new PlaceError(codeOf(error));
  }
}

/** A courtesy: where it fails, the write goes on. */
async function sweep(folder: string, name: string, temporary: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const beside = names.filter((one) => one.startsWith(`.${name}.`));
  const dated = beside.map(async (one) => {
    const found = await lstat(path.join(folder, one)).catch(() => null);
    return found === null ? [] : [{ name: one, modifiedAt: found.mtimeMs }];
  });
  const files = (await Promise.all(dated)).flat();
  for (const one of leftovers(files, name, temporary)) await unlink(path.join(folder, one)).catch(() => {});
}

/** Whoever stops waiting meanwhile does not know whether it happened. */
async function putInPlace(temporary: string, file: string, stage: Stage): Promise<void> {
  stage.written = 'unknown';
  try {
    await rename(temporary, file);
  } catch (error) {
    stage.written = 'nothing';
    throw error;
  }
}

/** A rename would replace whatever stands there. */
async function requireFile(file: string): Promise<void> {
  const found = await lstat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (found?.isSymbolicLink()) throw new PlaceError('symlink');
  if (found !== null && !found.isFile()) throw new PlaceError('not-a-file');
}

async function fillNew(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', FILE_MODE);
  try {
    await handle.chmod(FILE_MODE);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function tail(file: string, bytes: number): Promise<Tail | null> {
  const handle = await openRead(file, 0);
  if (handle === null) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new PlaceError('not-a-file');
    const from = Math.max(0, found.size - bytes);
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(found.size - from),
      0,
      found.size - from,
      from,
    );
    return { bytes: buffer.subarray(0, bytesRead), whole: from === 0 };
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
