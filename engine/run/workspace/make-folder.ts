import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. One at a time: Node's own `recursive` never ends where the system calls a folder
 * missing that may not be made although the one above it exists, as below /proc.
 *
 * @param path absolute.
 * @throws the system's error, ENOTDIR where a file is in the way.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    // Somebody else may have made it in the meantime.
    if (!(await isFolder(path))) throw error;
  });
}

/** @throws the system's error, ENOTDIR for a file. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null || found.isDirectory()) return found !== null;
  throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
}
