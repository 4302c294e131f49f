import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { Via } from '../../engine/model/index.ts';
import { type Sftp, type Stats, sftpOf } from './sftp.ts';
import type { SshAccess } from './ssh.ts';
import {
  asideName,
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
import { shareSsh } from './store-share.ts';
import { isLost, putInPlace } from './store-swap.ts';

/**
 * A folder of another host. Stores that are opened with the same access and the same host share one connection.
 * @param folder absolute, or from the user's home
 * @param host for errors about keys: whose way it is
 */
export async function openSftp(
  via: Via,
  folder: string,
  access: SshAccess | undefined,
  host: string,
): Promise<Place> {
  const seat = await shareSsh(via, access, host);
  // Asked for each time: after a lost connection there is another one.
  const reach = async () => sftpOf(await seat.sftp());
  try {
    await requireFolder(await reach(), folder);
  } catch (error) {
    seat.leave();
    throw error;
  }
  return {
    read: async (name) => read(await reach(), folder, name),
    list: async () => namesIn(await reach(), folder),
    write: async (name, bytes, stage, signal) => write(await reach(), folder, name, bytes, stage, signal),
    tail: async (file, bytes) => tail(await reach(), file, bytes),
    beside: async (file) => {
      const entries = await (await reach()).readdir(posix.dirname(file)).catch(() => null);
      return entries?.map(({ filename }) => filename) ?? null;
    },
    close: seat.leave,
  };
}

async function namesIn(sftp: Sftp, folder: string): Promise<readonly string[]> {
  await requireFolder(sftp, folder);
  const entries = await sftp.readdir(folder);
  return entries.filter(({ attrs }) => attrs.isFile()).map(({ filename }) => filename);
}

async function requireFolder(sftp: Sftp, folder: string): Promise<void> {
  const found = await sftp.stat(folder);
  if (found === null) throw new PlaceError('no-such-file', true);
  if (!found.isDirectory()) throw new PlaceError('not-a-folder', true);
}

async function read(sftp: Sftp, folder: string, name: string): Promise<Content | null> {
  const found = await readFile(sftp, posix.join(folder, name));
  if (found !== null) return found;
  const aside = await readFile(sftp, posix.join(folder, asideName(name)));
  if (aside !== null) return { ...aside, aside: true };
  await requireFolder(sftp, folder);
  return null;
}

/** Null where there is none. A file that is being replaced is looked at once more. */
async function readFile(sftp: Sftp, file: string, looks = 2): Promise<Content | null> {
  const before = await fileAt(sftp, file);
  const handle = before === null ? null : await sftp.openRead(file);
  if (before === null || handle === null) return null;
  try {
    const { size, mtime } = await sftp.fstat(handle);
    // SFTP neither opens without following links nor tells inodes: what was opened must look like what was there.
    const isSame = before.size === size && before.mtime === mtime;
    if (!isSame && looks === 1) throw new PlaceError('changed');
    if (!isSame) return await readFile(sftp, file, looks - 1);
    if (size > MAX_BYTES) throw new PlaceError('too-large');
    return { bytes: await sftp.read(handle, 0, size), modifiedAt: mtime * 1000 };
  } finally {
    await sftp.close(handle);
  }
}

/** Null where there is none. Throws for what is no regular file. */
async function fileAt(sftp: Sftp, file: string): Promise<Stats | null> {
  const found = await sftp.lstat(file);
  if (found?.isSymbolicLink()) throw new PlaceError('symlink');
  if (found !== null && !found.isFile()) throw new PlaceError('not-a-file');
  return found;
}

async function write(
  sftp: Sftp,
  folder: string,
  name: string,
  bytes: Buffer,
  stage: Stage,
  signal: AbortSignal,
): Promise<void> {
  const file = posix.join(folder, name);
  const aside = posix.join(folder, asideName(name));
  const unique = temporaryName(name, randomBytes(12));
  const temporary = posix.join(folder, unique);
  const isThere = (await fileAt(sftp, file)) !== null;
  try {
    await fillNew(sftp, temporary, bytes);
    await sweep(sftp, folder, name, unique, isThere);
    signal.throwIfAborted();
    await putInPlace(sftp, { temporary, file, aside, isThere }, stage);
  } catch (error) {
    if (!isLost(error)) await sftp.unlink(temporary).catch(() => {});
    throw error;
  }
}

/** A courtesy: where it fails, the write goes on. What lies aside is of no use where the file is there. */
async function sweep(
  sftp: Sftp,
  folder: string,
  name: string,
  temporary: string,
  isThere: boolean,
): Promise<void> {
  const entries = await sftp.readdir(folder).catch(() => []);
  const files = entries.map(({ filename, attrs }) => ({ name: filename, modifiedAt: attrs.mtime * 1000 }));
  const aside = files.some((one) => isThere && one.name === asideName(name)) ? [asideName(name)] : [];
  for (const one of [...leftovers(files, name, temporary), ...aside]) {
    await sftp.unlink(posix.join(folder, one)).catch(() => {});
  }
}

async function fillNew(sftp: Sftp, file: string, bytes: Buffer): Promise<void> {
  const handle = await sftp.openNew(file, FILE_MODE);
  try {
    await sftp.chmod(handle, FILE_MODE);
    await sftp.write(handle, bytes);
    await sftp.sync(handle);
  } finally {
    await sftp.close(handle).catch(() => {});
  }
}

async function tail(sftp: Sftp, file: string, bytes: number): Promise<Tail | null> {
  const handle = await sftp.openRead(file);
  if (handle === null) return null;
  try {
    const found = await sftp.fstat(handle);
    if (!found.isFile()) throw new PlaceError('not-a-file');
    const from = Math.max(0, found.size - bytes);
    return { bytes: await sftp.read(handle, from, found.size), whole: from === 0 };
  } finally {
    await sftp.close(handle);
  }
}
