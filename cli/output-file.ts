import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AltaError } from '../engine/model/index.ts';
import type { Shell } from './shell.ts';

/**
 * Writes a file that the command line names, complete or not at all. Relative names are relative to where the command runs.
 *
 * @throws AltaError `file-unwritable`.
 */
export async function writeOutput(shell: Shell, filename: string, text: string): Promise<void> {
  const path = resolve(shell.host.cwd, filename);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new AltaError('file-unwritable', { filename, kind: kindOf(error) });
  }
}

/** @throws AltaError `file-unreadable`. */
export async function readInput(shell: Shell, filename: string): Promise<string> {
  try {
    return await readFile(resolve(shell.host.cwd, filename), 'utf8');
  } catch (error) {
    throw new AltaError('file-unreadable', { filename, kind: kindOf(error) });
  }
}

function kindOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
