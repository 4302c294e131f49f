import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAppendFile, readIfExists, writeAtomically } from '../../../engine/state/file.ts';
import { diskWithFiles, folder, systemError, testIo } from './kit.ts';

async function present(): Promise<{ dir: string; path: string }> {
  const dir = await folder();
  const path = join(dir, 'acme.json');
  await fs.writeFile(path, 'old');
  return { dir, path };
}

const shortWrite = diskWithFiles(() => ({
  write: async () => ({ bytesWritten: 1, buffer: Buffer.alloc(0) }),
}));

describe('writeAtomically', () => {
  it('replaces the content and leaves nothing else', async () => {
    const { dir, path } = await present();
    await writeAtomically(testIo(), path, 'new');
    expect(await fs.readFile(path, 'utf8')).toBe('new');
    expect(await fs.readdir(dir)).toEqual(['acme.json']);
  });

  it('creates the file where there is none', async () => {
    const path = join(await folder(), 'acme.json');
    await writeAtomically(testIo(), path, 'new');
    expect(await fs.readFile(path, 'utf8')).toBe('new');
  });

  it.each([
    ['a short write', shortWrite],
    ['a full disk', diskWithFiles(() => ({ write: () => Promise.reject(systemError('ENOSPC')) }))],
    ['a failed fsync', diskWithFiles(() => ({ sync: () => Promise.reject(systemError('EIO')) }))],
    ['a failed rename', { rename: () => Promise.reject(systemError('EACCES')) }],
  ])('keeps the old content after %s', async (_, disk) => {
    const { dir, path } = await present();
    await expect(writeAtomically(testIo(disk), path, 'new content')).rejects.toThrow();
    expect(await fs.readFile(path, 'utf8')).toBe('old');
    expect(await fs.readdir(dir)).toEqual(['acme.json']);
  });

  it('reports the first failure even where the temporary file cannot be removed', async () => {
    const { path } = await present();
    const fail = (code: string) => () => Promise.reject(systemError(code));
    const io = testIo({ rename: fail('EACCES'), unlink: fail('EIO') });
    await expect(writeAtomically(io, path, 'new')).rejects.toThrow('EACCES');
  });

  it('does not rename where the guard objects', async () => {
    const { dir, path } = await present();
    const guard = () => {
      throw new Error('lease lost');
    };
    await expect(writeAtomically(testIo(), path, 'new', guard)).rejects.toThrow('lease lost');
    expect(await fs.readFile(path, 'utf8')).toBe('old');
    expect(await fs.readdir(dir)).toEqual(['acme.json']);
  });
});

describe('createAppendFile', () => {
  it('refuses a file that exists', async () => {
    const { path } = await present();
    await expect(createAppendFile(testIo(), path)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('appends one after the other', async () => {
    const path = join(await folder(), 'log');
    const file = await createAppendFile(testIo(), path);
    await file.append(Buffer.from('one'));
    await file.append(Buffer.from('two'));
    await file.close();
    expect(await fs.readFile(path, 'utf8')).toBe('onetwo');
  });

  it('takes a short write back and goes on after it', async () => {
    const path = join(await folder(), 'log');
    let shorten = true;
    const io = testIo(
      diskWithFiles((handle) => {
        const write = handle.write.bind(handle);
        return {
          write: (data: Uint8Array, offset: number, length: number, position: number) =>
            write(data, offset, shorten ? 2 : length, position),
        };
      }),
    );
    const file = await createAppendFile(io, path);
    await expect(file.append(Buffer.from('lost'))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await fs.readFile(path, 'utf8')).toBe('');
    shorten = false;
    await file.append(Buffer.from('kept'));
    await file.close();
    expect(await fs.readFile(path, 'utf8')).toBe('kept');
  });

  it('refuses everything after a failure that could not be taken back', async () => {
    const path = join(await folder(), 'log');
    const fail = () => Promise.reject(systemError('EIO'));
    const file = await createAppendFile(
      testIo(diskWithFiles(() => ({ datasync: fail, truncate: fail }))),
      path,
    );
    await expect(file.append(Buffer.from('one'))).rejects.toThrow('EIO');
    await expect(file.append(Buffer.from('two'))).rejects.toThrow('could not be taken back');
    await file.close();
  });
});

describe('readIfExists', () => {
  it('answers undefined where there is no file', async () => {
    expect(await readIfExists(testIo(), join(await folder(), 'none'))).toBeUndefined();
  });

  it('does not follow a symbolic link', async () => {
    const { dir, path } = await present();
    await fs.symlink(path, join(dir, 'link'));
    await expect(readIfExists(testIo(), join(dir, 'link'))).rejects.toMatchObject({ code: 'ELOOP' });
  });
});
