import { open } from 'node:fs/promises';

/** The system's code of a failed call (`ENOENT`), or `unknown`. Never its message, which may quote input. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/** Makes a new name in a folder last through a power cut. Windows cannot open a folder, and needs none of it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
