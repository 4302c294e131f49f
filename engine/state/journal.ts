import { dirname } from 'node:path';
import { type AppendFile, createAppendFile, readIfExists, syncDirectory } from './file.ts';
import type { Io } from './io.ts';
import { type ChangeRecord, type Decoded, decodeRecords, encodeRecord, type HeaderRecord } from './record.ts';

/** The journal of one run, between two saves of the state. */
export interface Journal {
  /**
   * Resolves when the record is on the disk. Calls that overlap share one write and one fdatasync. A failed append
   * leaves nothing of its record in the file.
   */
  append(record: ChangeRecord): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly data: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Creates a journal with its header, durably. Fails where the file exists: no journal is ever continued. */
export async function createJournal(io: Io, path: string, header: HeaderRecord): Promise<Journal> {
  const file = await createAppendFile(io, path);
  try {
    io.at('journal:created');
    await file.append(encodeRecord(header), 'journal:header-written', 'journal:header-synced');
    await syncDirectory(io, dirname(path));
    io.at('journal:directory-synced');
  } catch (error) {
    await file.close();
    await io.disk.unlink(path).catch(() => {});
    throw error;
  }
  return groupCommit(file);
}

function groupCommit(file: AppendFile): Journal {
  let waiting: Waiting[] = [];
  let flushing = false;

  async function flush(): Promise<void> {
    flushing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await writeBatch(file, batch);
    }
    flushing = false;
  }

  return {
    append(record) {
      return new Promise((resolve, reject) => {
        waiting.push({ data: encodeRecord(record), resolve, reject });
        if (!flushing) void flush();
      });
    },
    close: () => file.close(),
  };
}

async function writeBatch(file: AppendFile, batch: readonly Waiting[]): Promise<void> {
  const data = Buffer.concat(batch.map((one) => one.data));
  try {
    await file.append(data, 'journal:written', 'journal:synced');
    for (const one of batch) one.resolve();
  } catch (error) {
    for (const one of batch) one.reject(error);
  }
}

/** The whole records of a journal file; none where it does not exist (any more). */
export async function readJournal(io: Io, path: string): Promise<Decoded> {
  const data = await readIfExists(io, path);
  return data === undefined ? { records: [], bytes: 0, torn: false } : decodeRecords(data);
}
