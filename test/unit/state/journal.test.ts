import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createJournal, readJournal } from '../../../engine/state/journal.ts';
import type { ChangeRecord, HeaderRecord } from '../../../engine/state/record.ts';
import { creation, diskWithFiles, folder, systemError, testIo } from './kit.ts';

const header: HeaderRecord = { t: 'begin', v: 1, lineage: 'l', serial: 1, epoch: 1, open: [] };
const intent = (seq: number): ChangeRecord => ({ t: 'intent', seq, write: creation(String(seq)) });

it('reads back header and records in the order of the calls', async () => {
  const path = join(await folder(), 'acme.journal.1');
  const journal = await createJournal(testIo(), path, header);
  await journal.append(intent(1));
  await journal.append(intent(2));
  await journal.close();
  expect((await readJournal(testIo(), path)).records).toEqual([header, intent(1), intent(2)]);
});

it('shares one fdatasync among calls that wait together', async () => {
  let syncs = 0;
  const disk = diskWithFiles((file) => {
    const datasync = file.datasync.bind(file);
    return {
      datasync: () => {
        syncs += 1;
        return datasync();
      },
    };
  });
  const path = join(await folder(), 'acme.journal.1');
  const journal = await createJournal(testIo(disk), path, header);
  const numbers = Array.from({ length: 10 }, (_, i) => i + 1);
  await Promise.all(numbers.map((seq) => journal.append(intent(seq))));
  await journal.close();
  expect(syncs).toBe(3);
  expect((await readJournal(testIo(), path)).records).toEqual([header, ...numbers.map(intent)]);
});

it('fails every call whose record did not reach the disk, and none after it', async () => {
  let full = false;
  const disk = diskWithFiles((file) => {
    const datasync = file.datasync.bind(file);
    return { datasync: () => (full ? Promise.reject(systemError('ENOSPC')) : datasync()) };
  });
  const path = join(await folder(), 'acme.journal.1');
  const journal = await createJournal(testIo(disk), path, header);
  full = true;
  const results = await Promise.allSettled([journal.append(intent(1)), journal.append(intent(2))]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  full = false;
  await journal.append(intent(3));
  await journal.close();
  expect((await readJournal(testIo(), path)).records).toEqual([header, intent(3)]);
});

it('leaves no file where the header could not be written', async () => {
  const dir = await folder();
  const io = testIo(diskWithFiles(() => ({ datasync: () => Promise.reject(systemError('ENOSPC')) })));
  await expect(createJournal(io, join(dir, 'acme.journal.1'), header)).rejects.toThrow('ENOSPC');
  expect(await fs.readdir(dir)).toEqual([]);
});

it('reports the first failure where the file cannot be removed either', async () => {
  const disk = diskWithFiles(() => ({ datasync: () => Promise.reject(systemError('ENOSPC')) }));
  const io = testIo({ ...disk, unlink: () => Promise.reject(systemError('EIO')) });
  await expect(createJournal(io, join(await folder(), 'j'), header)).rejects.toThrow('ENOSPC');
});

it('holds nothing where there is no file', async () => {
  const none = await readJournal(testIo(), join(await folder(), 'none'));
  expect(none).toEqual({ records: [], bytes: 0, torn: false });
});
