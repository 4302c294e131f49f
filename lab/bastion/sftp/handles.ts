import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Refused, statuses } from './status.ts';

/** A name in a folder, as it is listed. */
export interface Entry {
  readonly name: string;
  readonly stats: Stats;
}

/** What a client has open: a file, or a folder with the names it was not told yet. */
export type Opened = { readonly file: FileHandle } | { readonly entries: Entry[] };

/** The handles of one session. */
export interface Handles {
  add(opened: Opened): Buffer;
  /** Throws "Failure" for a handle that is none, or not of a file. */
  file(handle: Buffer): FileHandle;
  /** Throws "Failure" for a handle that is none, or not of a folder. */
  entries(handle: Buffer): Entry[];
  /** Throws "No such file" for a handle that is none, as OpenSSH does. */
  close(handle: Buffer): Promise<void>;
  closeAll(): Promise<void>;
}

export function openHandles(): Handles {
  const opened = new Map<string, Opened>();
  let issued = 0;
  const close = async (name: string): Promise<void> => {
    const found = opened.get(name);
    if (found === undefined) throw new Refused(statuses.noSuchFile);
    opened.delete(name);
    if ('file' in found) await found.file.close();
  };
  return {
    add(what) {
      issued += 1;
      opened.set(String(issued), what);
      return Buffer.from(String(issued));
    },
    file(handle) {
      const found = opened.get(handle.toString());
      if (found === undefined || !('file' in found)) throw new Refused(statuses.failure);
      return found.file;
    },
    entries(handle) {
      const found = opened.get(handle.toString());
      if (found === undefined || !('entries' in found)) throw new Refused(statuses.failure);
      return found.entries;
    },
    close: (handle) => close(handle.toString()),
    async closeAll() {
      await Promise.allSettled([...opened.keys()].map(close));
    },
  };
}
