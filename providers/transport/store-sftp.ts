import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { Via } from '../../engine/model/index.ts';
import { type Sftp, sftpOf } from './sftp.ts';
import type { SshAccess } from './ssh.ts';
import {
  type Content,
  FILE_MODE,
  isTemporary,
  LEFTOVER_MS,
  MAX_BYTES,
  type Place,
  PlaceError,
  type Stage,
  type Tail,
  temporaryName,
} from './store-place.ts';
import { shareSsh } from './store-share.ts';

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
  const file = posix.join(folder, name);
  const isThere = await requireFile(sftp, file);
  const handle = isThere ? await sftp.openRead(file) : null;
  if (handle === null) {
    await requireFolder(sftp, folder);
    return null;
  }
  try {
    const { size, mtime } = await sftp.fstat(handle);
    if (size > MAX_BYTES) throw new PlaceError('too-large');
    return { bytes: await sftp.read(handle, 0, size), modifiedAt: mtime * 1000 };
  } finally {
    await sftp.close(handle);
  }
}

/** False where there is none. */
async function requireFile(sftp: Sftp, file: string): Promise<boolean> {
  const found = await sftp.lstat(file);
  if (found === null) return false;
  if (found.isSymbolicLink()) throw new PlaceError('symlink');
  if (!found.isFile()) throw new PlaceError('not-a-file');
  return true;
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
  const temporary = posix.join(folder, temporaryName(name, randomBytes(12)));
  const isThere = await requireFile(sftp, file);
  await sweep(sftp, folder, name);
  try {
    await fillNew(sftp, temporary, bytes);
    signal.throwIfAborted();
    await putInPlace(sftp, temporary, file, isThere, stage);
  } catch (error) {
    if (!isLost(error)) await sftp.unlink(temporary).catch(() => {});
    throw error;
  }
}

/** A courtesy: where it fails, the write goes on. Ages are told by the other host's clock. */
async function sweep(sftp: Sftp, folder: string, name: string): Promise<void> {
  const entries = await sftp.readdir(folder).catch(() => []);
  const leftovers = entries.filter(({ filename, attrs }) => {
    return isTemporary(filename, name) && attrs.mtime * 1000 < Date.now() - LEFTOVER_MS;
  });
  for (const { filename } of leftovers) await sftp.unlink(posix.join(folder, filename)).catch(() => {});
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

/**
 * In one step where the server can. Where it cannot, the old file goes first: if the second step fails, the phone finds none, which
 * `stage` then says.
 */
async function putInPlace(
  sftp: Sftp,
  temporary: string,
  file: string,
  isThere: boolean,
  stage: Stage,
): Promise<void> {
  if (await step(stage, 'nothing', () => sftp.replace(temporary, file))) return;
  if (isThere) await step(stage, 'nothing', () => sftp.unlink(file));
  await step(stage, isThere ? 'something' : 'nothing', () => sftp.rename(temporary, file));
}

/** While it is under way, and where its answer was lost, nobody knows whether it happened; where it was refused, `sofar` holds. */
async function step<T>(stage: Stage, sofar: Stage['written'], work: () => Promise<T>): Promise<T> {
  stage.written = 'unknown';
  try {
    const result = await work();
    stage.written = sofar;
    return result;
  } catch (error) {
    if (!isLost(error)) stage.written = sofar;
    throw error;
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

function isLost(error: unknown): boolean {
  return error instanceof PlaceError && error.kind === 'lost';
}
