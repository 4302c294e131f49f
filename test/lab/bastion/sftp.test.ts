import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { done, freshDesk, publish, statusOf } from './folder.ts';

const desk = freshDesk();
const here = (name: string): string => join(desk.folder, name);
const text = (name: string): string => readFileSync(here(name), 'utf8');

describe('writing', () => {
  it('puts a file in its place in one step', async () => {
    await publish(desk.sftp, '/phone.cfg', '#!version\n');
    expect([readdirSync(desk.folder), text('phone.cfg')]).toEqual([['phone.cfg'], '#!version\n']);
  });

  it('replaces a file in one step', async () => {
    await publish(desk.sftp, '/phone.cfg', 'old');
    await publish(desk.sftp, '/phone.cfg', 'new');
    expect(text('phone.cfg')).toBe('new');
  });

  it('keeps the mode asked for', async () => {
    await publish(desk.sftp, '/phone.cfg', 'a');
    expect(statSync(here('phone.cfg')).mode & 0o777).toBe(0o600);
  });

  it('takes a file of many packets, whole', async () => {
    const bytes = 'account.1.label = 0123456789\n'.repeat(20_000);
    writeFileSync(here('long.local'), bytes);
    await done((call) => desk.sftp.fastPut(here('long.local'), '/long.cfg', call));
    expect(text('long.cfg') === bytes).toBe(true);
  });

  it('appends where asked', async () => {
    writeFileSync(here('log'), 'one\n');
    await done((call) => desk.sftp.appendFile('log', 'two\n', call));
    expect(text('log')).toBe('one\ntwo\n');
  });

  it('cuts what was there where asked', async () => {
    writeFileSync(here('phone.cfg'), 'long before');
    await done((call) => desk.sftp.writeFile('phone.cfg', 'now', call));
    expect(text('phone.cfg')).toBe('now');
  });

  it('refuses to open a new file over an old one', async () => {
    writeFileSync(here('phone.cfg'), 'old');
    expect(await statusOf((call) => desk.sftp.open('phone.cfg', 'wx', call))).toBe(4);
  });

  it('refuses a plain rename over an old one', async () => {
    writeFileSync(here('phone.cfg'), 'old');
    writeFileSync(here('phone.new'), 'new');
    expect(await statusOf((call) => desk.sftp.rename('phone.new', 'phone.cfg', call))).toBe(4);
    expect(text('phone.cfg')).toBe('old');
  });

  it('renames plainly where nothing is', async () => {
    writeFileSync(here('phone.new'), 'new');
    await done((call) => desk.sftp.rename('phone.new', 'phone.cfg', call));
    expect(readdirSync(desk.folder)).toEqual(['phone.cfg']);
  });

  it('removes a file', async () => {
    writeFileSync(here('phone.cfg'), 'old');
    await done((call) => desk.sftp.unlink('phone.cfg', call));
    expect(existsSync(here('phone.cfg'))).toBe(false);
  });

  it('changes mode, length and times', async () => {
    writeFileSync(here('phone.cfg'), 'old text');
    const wanted = { mode: 0o640, size: 3, atime: 1_000_000, mtime: 2_000_000 };
    await done((call) => desk.sftp.setstat('phone.cfg', wanted as never, call));
    const { mode, size, mtimeMs } = statSync(here('phone.cfg'));
    expect([mode & 0o777, size, mtimeMs]).toEqual([0o640, 3, 2_000_000_000]);
  });

  it('makes and removes folders', async () => {
    await done((call) => desk.sftp.mkdir('phones', { mode: 0o700 }, call));
    expect(statSync(here('phones')).mode & 0o777).toBe(0o700);
    await done((call) => desk.sftp.rmdir('phones', call));
    expect(existsSync(here('phones'))).toBe(false);
  });
});

describe('reading', () => {
  it('gives a file whole', async () => {
    const bytes = 'registered\n'.repeat(50_000);
    writeFileSync(here('access.log'), bytes);
    const read = await done<Buffer>((call) => desk.sftp.readFile('/access.log', call));
    expect(read.toString() === bytes).toBe(true);
  });

  it('gives a part, and then the end', async () => {
    writeFileSync(here('access.log'), '0123456789');
    const handle = await done<Buffer>((call) => desk.sftp.open('access.log', 'r', call));
    const part = Buffer.alloc(4);
    await done<number>((call) => desk.sftp.read(handle, part, 0, 4, 6, call));
    expect(part.toString()).toBe('6789');
    expect(await done<number>((call) => desk.sftp.read(handle, part, 0, 4, 10, call))).toBe(0);
  });

  it('lists a folder of many files', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `${index}.cfg`);
    for (const name of names) writeFileSync(here(name), '');
    const listed = await done<{ filename: string }[]>((call) => desk.sftp.readdir('/', call));
    expect(listed.map(({ filename }) => filename).sort()).toEqual(names.sort());
  });

  it('tells size, mode and kind', async () => {
    writeFileSync(here('phone.cfg'), 'four');
    chmodSync(here('phone.cfg'), 0o640);
    const stats = await done<import('ssh2').Stats>((call) => desk.sftp.stat('phone.cfg', call));
    expect([stats.size, stats.mode & 0o777, stats.isFile()]).toEqual([4, 0o640, true]);
  });

  it.each(['stat', 'lstat', 'unlink', 'opendir', 'readFile'] as const)(
    '%s of nothing: no such file',
    async (what) => {
      expect(await statusOf((call) => desk.sftp[what]('absent.cfg', call))).toBe(2);
    },
  );

  it('of a handle that was closed fails', async () => {
    writeFileSync(here('phone.cfg'), 'a');
    const handle = await done<Buffer>((call) => desk.sftp.open('phone.cfg', 'r', call));
    await done((call) => desk.sftp.close(handle, call));
    expect(await statusOf((call) => desk.sftp.fstat(handle, call))).toBe(4);
  });
});

describe('the folder', () => {
  it.each([
    ['.', '/'],
    ['a/../..', '/'],
    ['../../etc', '/etc'],
    ['/srv/phones', '/srv/phones'],
  ])('knows %s as %s', async (asked, known) => {
    mkdirSync(here('srv'));
    expect(await done<string>((call) => desk.sftp.realpath(asked, call))).toBe(known);
  });

  it('is not left through dots', async () => {
    expect(await statusOf((call) => desk.sftp.stat('/../../../../etc/hostname', call))).toBe(2);
  });

  it.each(['stat', 'readFile', 'opendir'] as const)('is not left through a link (%s)', async (what) => {
    symlinkSync('/etc', here('way-out'));
    expect(await statusOf((call) => desk.sftp[what]('way-out', call))).toBe(3);
  });

  it('is not written out of through a link', async () => {
    symlinkSync('/etc', here('way-out'));
    expect(await statusOf((call) => desk.sftp.open('way-out/phone.cfg', 'w', call))).toBe(3);
  });

  it('follows links that stay inside', async () => {
    writeFileSync(here('phone.cfg'), 'a');
    symlinkSync(here('phone.cfg'), here('link.cfg'));
    expect(await done<Buffer>((call) => desk.sftp.readFile('link.cfg', call))).toEqual(Buffer.from('a'));
  });

  it('keeps no links for others', async () => {
    expect(await statusOf((call) => desk.sftp.symlink('/etc', 'way-out', call))).toBe(8);
  });
});

describe('mishaps', () => {
  it('a disk that is full takes what fits and fails', async () => {
    desk.bastion.control.sftp.quota(4);
    expect(await statusOf((call) => desk.sftp.writeFile('phone.cfg', '0123456789', call))).toBe(4);
    expect(text('phone.cfg')).toBe('0123');
  });

  it('a disk has room again when asked', async () => {
    desk.bastion.control.sftp.quota(0);
    desk.bastion.control.sftp.quota(null);
    expect(await statusOf((call) => desk.sftp.writeFile('phone.cfg', '0123456789', call))).toBe(0);
  });

  it('a connection is cut in the middle of a write, once', async () => {
    desk.bastion.control.sftp.dropAfter(4);
    const closed = new Promise<string>((resolve) => desk.client.on('close', () => resolve('closed')));
    desk.sftp.writeFile('phone.cfg', '0123456789', () => {});
    expect(await closed).toBe('closed');
    expect(text('phone.cfg')).toBe('0123');
  });

  it('a request fails as often as asked, and does nothing', async () => {
    writeFileSync(here('phone.cfg'), 'a');
    desk.bastion.control.sftp.fail('remove', 'permission-denied');
    expect(await statusOf((call) => desk.sftp.unlink('phone.cfg', call))).toBe(3);
    expect(await statusOf((call) => desk.sftp.unlink('phone.cfg', call))).toBe(0);
  });

  it('all are undone at once', async () => {
    const { sftp } = desk.bastion.control;
    sftp.quota(0);
    sftp.dropAfter(1);
    sftp.fail('open', 'failure', 9);
    sftp.clear();
    await publish(desk.sftp, 'phone.cfg', 'whole');
    expect(text('phone.cfg')).toBe('whole');
  });
});

it('counts sessions, requests and bytes', async () => {
  await publish(desk.sftp, 'phone.cfg', '12345');
  const requests = { open: 1, write: 1, close: 1, 'fsync@openssh.com': 1, 'posix-rename@openssh.com': 1 };
  expect(desk.bastion.control.counters().sftp).toEqual({ sessions: 1, requests, bytesWritten: 5 });
});
