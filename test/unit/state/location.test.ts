import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelOf, locate, prepare } from '../../../engine/state/location.ts';
import { folder, systemError, testIo } from './kit.ts';

describe('locate', () => {
  it('resolves against the workspace, whether the folder exists or not', async () => {
    const root = await folder();
    expect(await locate(testIo(), root, 'some/state')).toEqual({ root, directory: join(root, 'some/state') });
  });

  it('accepts the workspace itself', async () => {
    const root = await folder();
    expect((await locate(testIo(), root, '.')).directory).toBe(root);
  });

  it('accepts a folder whose name begins with two dots', async () => {
    const root = await folder();
    expect((await locate(testIo(), root, '..state')).directory).toBe(join(root, '..state'));
  });

  it.each(['..', '../elsewhere', '/', 'a/../../b'])('refuses %s', async (path) => {
    await expect(locate(testIo(), await folder(), path)).rejects.toMatchObject({
      code: 'state-outside-workspace',
      params: { path },
    });
  });

  it('refuses a symbolic link that leads out', async () => {
    const root = await folder();
    await fs.symlink(await folder(), join(root, 'state'));
    await expect(locate(testIo(), root, 'state/acme')).rejects.toMatchObject({
      code: 'state-outside-workspace',
    });
  });

  it('follows a symbolic link that stays inside', async () => {
    const root = await folder();
    await fs.mkdir(join(root, 'real'));
    await fs.symlink('real', join(root, 'state'));
    expect((await locate(testIo(), root, 'state')).directory).toBe(join(root, 'real'));
  });

  it('passes on what the disk objects to', async () => {
    const io = testIo({ realpath: (() => Promise.reject(systemError('EACCES'))) as never });
    await expect(locate(io, '/none', 'state')).rejects.toThrow('EACCES');
  });
});

describe('labelOf', () => {
  it('is relative inside the workspace, absolute outside', () => {
    const location = { root: '/w', directory: '/w/state' };
    expect([labelOf(location, '/w/state/a.json'), labelOf(location, '/x/a.json')]).toEqual([
      'state/a.json',
      '/x/a.json',
    ]);
  });
});

describe('prepare', () => {
  it('makes the folder', async () => {
    const root = await folder();
    await prepare(testIo(), { root, directory: join(root, 'a/b') });
    expect(await fs.readdir(join(root, 'a'))).toEqual(['b']);
  });

  it('accepts a folder that exists', async () => {
    const root = await folder();
    await expect(prepare(testIo(), { root, directory: root })).resolves.toBeUndefined();
  });

  it.each([
    [0x6969, 'nfs'],
    [0xff534d42, 'cifs'],
    [0x65735546, 'fuse'],
  ])('refuses a file system of type %i', async (number, type) => {
    const root = await folder();
    const statfs = async () => ({ type: number });
    await expect(
      prepare(testIo({ statfs: statfs as never }), { root, directory: join(root, 's') }),
    ).rejects.toMatchObject({ code: 'state-network-filesystem', params: { path: 's', type } });
  });
});
