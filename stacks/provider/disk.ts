import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Small files of one client that must survive a kill, one for each key: what Terraform's state does not know yet. */
export interface Notes<T> {
  of(key: string): T | null;
  /** Durable when it resolves. O(1). @throws what the disk says: nothing may be sent then */
  make(key: string, note: T): Promise<void>;
  drop(key: string): void;
}

/** Kept in `.alta/terraform/<client>/` of the workspace, `<kind>-<hash of the key>.json`. Nothing secret goes there. */
export function openNotes<T extends object>(root: string, client: string, kind: string): Notes<T> {
  const folder = join(root, '.alta', 'terraform', client);
  const pathOf = (key: string): string =>
    join(folder, `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  return {
    of: (key) => {
      const found = readNote<T>(pathOf(key));
      return found?.key === key ? found.note : null;
    },
    make: (key, note) => writeDurably(pathOf(key), JSON.stringify({ key, note })),
    drop: (key) => rmSync(pathOf(key), { force: true }),
  };
}

function readNote<T>(path: string): { readonly key: string; readonly note: T } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
