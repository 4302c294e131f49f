import type { Stats } from 'node:fs';
import { type Fields, uint32, uint64 } from './packet.ts';

/** What a client asks a file to be like (ATTRS, draft §5). What it does not name is undefined. */
export interface Attributes {
  readonly size?: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Permission bits alone. */
  readonly mode?: number;
  /** Seconds since the epoch. */
  readonly times?: { readonly atime: number; readonly mtime: number };
}

const SIZE = 1;
const OWNER = 2;
const MODE = 4;
const TIMES = 8;

export function readAttributes(fields: Fields): Attributes {
  const flags = fields.uint32();
  const has = (flag: number): boolean => (flags & flag) !== 0;
  return {
    ...(has(SIZE) && { size: fields.uint64() }),
    ...(has(OWNER) && { owner: { uid: fields.uint32(), gid: fields.uint32() } }),
    ...(has(MODE) && { mode: fields.uint32() & 0o7777 }),
    ...(has(TIMES) && { times: { atime: fields.uint32(), mtime: fields.uint32() } }),
  };
}

/** What attributes can be set on: an open file, or one by its path. */
export interface Changeable {
  truncate(size: number): Promise<void>;
  chmod(mode: number): Promise<void>;
  utimes(atime: number, mtime: number): Promise<void>;
  chown(uid: number, gid: number): Promise<void>;
}

/** Sets what is named, in OpenSSH's order (vendor-code). */
export async function setAttributes(on: Changeable, { size, mode, times, owner }: Attributes): Promise<void> {
  if (size !== undefined) await on.truncate(size);
  if (mode !== undefined) await on.chmod(mode);
  if (times !== undefined) await on.utimes(times.atime, times.mtime);
  if (owner !== undefined) await on.chown(owner.uid, owner.gid);
}

/** All there is to say about a file, type bits included. */
export function attributes({ size, uid, gid, mode, atimeMs, mtimeMs }: Stats): Buffer {
  return Buffer.concat([
    uint32(SIZE | OWNER | MODE | TIMES),
    uint64(size),
    uint32(uid),
    uint32(gid),
    uint32(mode),
    uint32(Math.floor(atimeMs / 1000)),
    uint32(Math.floor(mtimeMs / 1000)),
  ]);
}

export const noAttributes = uint32(0);

/** A line of `ls -l`, for people. */
export function longName(name: string, stats: Stats): string {
  const { mode, nlink, uid, gid, size, mtime } = stats;
  const kind = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-';
  const bits = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-')).join('');
  const [, day, month, year] = mtime.toUTCString().split(' ');
  return `${kind}${bits} ${nlink} ${uid} ${gid} ${size} ${month} ${day} ${year} ${name}`;
}
