import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { AltaError, Secret } from '../model/index.ts';
import { errorCode } from './disk.ts';
import { checkedValue, decodeUtf8, maxValueBytes } from './envelope.ts';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The text of one file inside a folder, without one trailing newline; null where it does not exist. It may
 * be no symbolic link: its real path must be the plain one.
 *
 * @throws AltaError `secret-file-refused` with the reason: `name` (a path, `..` or the like), `symlink`, `not-a-file`,
 * `not-utf8`, `byte-order-mark`, or the system's code; `secret-value-refused` for the wrong length or NUL.
 */
export function readListedFile(folder: string, name: string): Secret | null {
  if (!namePattern.test(name)) throw refused(folder, name, 'name');
  try {
    const real = join(realpathSync.native(folder), name);
    if (realpathSync.native(real) !== real) throw refused(folder, name, 'symlink');
    return new Secret(checkedText(readRegularFile(real, folder, name), folder, name));
  } catch (error) {
    if (error instanceof AltaError) throw error;
    if (errorCode(error) === 'ENOENT') return null;
    throw refused(folder, name, errorCode(error));
  }
}

/** Opened without following a last link and without waiting on a pipe: the path may have changed since it was checked. */
function readRegularFile(path: string, folder: string, name: string): Uint8Array {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = openSync(path, flags);
  try {
    if (!fstatSync(file).isFile()) throw refused(folder, name, 'not-a-file');
    const buffer = Buffer.alloc(maxValueBytes + 3);
    return buffer.subarray(0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

function checkedText(bytes: Uint8Array, folder: string, name: string): string {
  const text = decodeUtf8(bytes);
  if (text === null) throw refused(folder, name, 'not-utf8');
  // A PBX would take the mark that some Windows editors write for a part of the password.
  if (text.startsWith('\uFEFF')) throw refused(folder, name, 'byte-order-mark');
  return checkedValue(text.replace(/\r?\n$/, ''), name);
}

function refused(folder: string, name: string, reason: string): AltaError {
  return new AltaError('secret-file-refused', { folder, name, reason });
}
