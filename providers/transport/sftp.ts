import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2';
import { PlaceError } from './store-place.ts';

export type { Stats } from 'ssh2';

/** The operations of SFTP 3 that a store needs, as promises. They throw {@link PlaceError}; `lost` = the connection is gone. */
export interface Sftp {
  /** Null only for *no such file*. */
  lstat(path: string): Promise<Stats | null>;
  stat(path: string): Promise<Stats | null>;
  readdir(path: string): Promise<readonly FileEntryWithStats[]>;
  /** Null only for *no such file*. */
  openRead(path: string): Promise<Buffer | null>;
  openNew(path: string, mode: number): Promise<Buffer>;
  fstat(handle: Buffer): Promise<Stats>;
  chmod(handle: Buffer, mode: number): Promise<void>;
  /** Bytes from `from` to `to`, fewer where the file ends. */
  read(handle: Buffer, from: number, to: number): Promise<Buffer>;
  write(handle: Buffer, bytes: Buffer): Promise<void>;
  /** Does nothing where the server has no `fsync@openssh.com`. */
  sync(handle: Buffer): Promise<void>;
  close(handle: Buffer): Promise<void>;
  unlink(path: string): Promise<void>;
  /** False where the server cannot rename over a file (`posix-rename@openssh.com`); nothing was done then. */
  replace(from: string, to: string): Promise<boolean>;
  /** Refused by servers where `to` exists. */
  rename(from: string, to: string): Promise<void>;
}

type Done<T> = (error: Error | null | undefined, result: T) => void;

/** What a server must take in one packet. */
const CHUNK = 32_000;

export function sftpOf(wrapper: SFTPWrapper): Sftp {
  return {
    lstat: (path) => orNone(ask<Stats>((done) => wrapper.lstat(path, done))),
    stat: (path) => orNone(ask<Stats>((done) => wrapper.stat(path, done))),
    readdir: (path) => ask<FileEntryWithStats[]>((done) => wrapper.readdir(path, done)),
    openRead: (path) => orNone(ask<Buffer>((done) => wrapper.open(path, 'r', done))),
    openNew: (path, mode) => ask<Buffer>((done) => wrapper.open(path, 'wx', mode, done)),
    fstat: (handle) => ask<Stats>((done) => wrapper.fstat(handle, done)),
    chmod: (handle, mode) => tell((done) => wrapper.fchmod(handle, mode, done)),
    read: (handle, from, to) => read(wrapper, handle, from, to),
    write: (handle, bytes) => write(wrapper, handle, bytes),
    sync: async (handle) => {
      await offered((done) => wrapper.ext_openssh_fsync(handle, done));
    },
    close: (handle) => tell((done) => wrapper.close(handle, done)),
    unlink: (path) => tell((done) => wrapper.unlink(path, done)),
    replace: (from, to) => offered((done) => wrapper.ext_openssh_rename(from, to, done)),
    rename: (from, to) => tell((done) => wrapper.rename(from, to, done)),
  };
}

/** All at once: one after another, a long log would take as many round trips as it has pieces. */
async function read(wrapper: SFTPWrapper, handle: Buffer, from: number, to: number): Promise<Buffer> {
  const count = Math.ceil((to - from) / CHUNK);
  const starts = Array.from({ length: count }, (_, index) => from + index * CHUNK);
  return Buffer.concat(
    await Promise.all(starts.map((at) => readPiece(wrapper, handle, at, Math.min(CHUNK, to - at)))),
  );
}

/** A server may answer less than was asked for without being at the end. */
async function readPiece(wrapper: SFTPWrapper, handle: Buffer, at: number, size: number): Promise<Buffer> {
  const chunk = await readChunk(wrapper, handle, at, size);
  if (chunk.length === 0 || chunk.length === size) return chunk;
  return Buffer.concat([chunk, await readPiece(wrapper, handle, at + chunk.length, size - chunk.length)]);
}

/** Empty at the end of the file. */
function readChunk(wrapper: SFTPWrapper, handle: Buffer, at: number, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  return new Promise((resolve, reject) => {
    wrapper.read(handle, buffer, 0, size, at, (error, bytes) => {
      if (!error) return resolve(buffer.subarray(0, bytes));
      return statusOf(error) === 'end-of-file' ? resolve(Buffer.alloc(0)) : reject(placeError(error));
    });
  });
}

async function write(wrapper: SFTPWrapper, handle: Buffer, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const size = Math.min(CHUNK, bytes.length - at);
    await tell((done) => wrapper.write(handle, bytes, at, size, at, done));
  }
}

function ask<T>(run: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, result) => {
      if (error) reject(placeError(error));
      else resolve(result);
    });
  });
}

function tell(run: (done: (error?: Error | null) => void) => void): Promise<void> {
  return ask<void>((done) => run((error) => done(error, undefined)));
}

/** The library throws, before it sends anything, where the server does not offer an extension. */
async function offered(run: (done: (error?: Error | null) => void) => void): Promise<boolean> {
  let sent = false;
  try {
    await tell((done) => {
      run(done);
      sent = true;
    });
    return true;
  } catch (error) {
    if (sent) throw error;
    return false;
  }
}

async function orNone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PlaceError && error.kind === 'no-such-file') return null;
    throw error;
  }
}

/** Status codes of SFTP 3. */
const statuses: Readonly<Record<number, string>> = {
  1: 'end-of-file',
  2: 'no-such-file',
  3: 'permission-denied',
  4: 'failure',
  8: 'unsupported',
};

/** Without a status the connection ended. The server's own text, which may quote paths, is not looked at. */
function statusOf(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? (statuses[code] ?? `status-${code}`) : 'lost';
}

function placeError(error: Error): PlaceError {
  return new PlaceError(statusOf(error));
}
