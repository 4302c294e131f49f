import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reveal, Secret, type Store, type Via } from '../../../engine/model/index.ts';
import type { SshAccess } from '../../../providers/transport/ssh.ts';
import { openStore, type StoreFiles } from '../../../providers/transport/store.ts';
import { newKey } from './bastion.ts';
import { thrown } from './servers.ts';
import { storeContext, temporaryFolder } from './store-context.ts';
import { hasOpenSsh, type Sftpd, startSftpd } from './store-sftpd.ts';

if (!hasOpenSsh) console.warn('SKIPPED: OpenSSH is not on this machine; stores behind SFTP are not tested.');

const user = newKey();

/** A server of each kind that matters, with the folder its files are put in. */
describe.skipIf(!hasOpenSsh)('OpenSSH as store', () => {
  let root: string;
  let remove: () => Promise<void>;
  let folder: string;
  let full: Sftpd;
  let old: Sftpd;
  let stiff: Sftpd;
  let none: Sftpd;

  beforeAll(async () => {
    ({ folder: root, remove } = await temporaryFolder('sftp'));
    const start = async (name: string, subsystem: string | null) => {
      await mkdir(path.join(root, name));
      return startSftpd(path.join(root, name), user.public, subsystem);
    };
    full = await start('full', 'internal-sftp');
    old = await start('old', 'internal-sftp -P posix-rename,fsync');
    stiff = await start('stiff', 'internal-sftp -P posix-rename,fsync,rename');
    none = await start('none', null);
  });
  afterAll(async () => {
    for (const server of [full, old, stiff, none]) server?.stop();
    await remove?.();
  });
  beforeEach(async () => {
    folder = path.join(root, 'files');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  });

  function open(
    server: Sftpd,
    change: Partial<Store> = {},
    access?: SshAccess,
    via: Partial<Via> = {},
  ): Promise<StoreFiles> {
    const store: Store = {
      name: 'oficina',
      place: { sftp: { ...server.via, ...via }, path: folder },
      ...change,
    };
    return openStore(
      store,
      storeContext(root, { store: access ?? { key: new Secret(user.private) } }).context,
    );
  }

  const kinds = [
    ['that replaces in one step', () => full],
    ['that cannot', () => old],
  ] as const;

  describe.each(kinds)('%s', (_kind, server) => {
    it('gives back what was written', async () => {
      const files = await open(server());
      const text = `${'Recepción 😀\n'.repeat(10_000)}end`;
      await files.write('a.cfg', new Secret(text));
      const found = await files.read('a.cfg');
      expect(found && reveal(found.text) === text).toBe(true);
      expect(found?.modifiedAt).toBe(
        Math.floor((await stat(path.join(folder, 'a.cfg'))).mtimeMs / 1000) * 1000,
      );
      await files.close();
    });

    it('replaces the whole file, readable by owner and group only, and leaves nothing beside it', async () => {
      const files = await open(server());
      await files.write('a.cfg', new Secret('x'.repeat(1000)));
      await files.write('a.cfg', new Secret('y'));
      expect(await readFile(path.join(folder, 'a.cfg'), 'utf8')).toBe('y');
      expect((await stat(path.join(folder, 'a.cfg'))).mode & 0o777).toBe(0o640);
      expect(await readdir(folder)).toEqual(['a.cfg']);
      await files.close();
    });

    it('takes away what writes that were cut off left behind', async () => {
      const [old, young] = ['aa', 'bb'].map((hex) => `.a.cfg.${hex.repeat(12)}.tmp`) as [string, string];
      for (const name of [old, young, 'a.cfg', '.a.cfg.aside']) await writeFile(path.join(folder, name), 'x');
      await utimes(path.join(folder, old), 1_750_000_000, 1_750_000_000);
      const files = await open(server());
      await files.write('a.cfg', new Secret('y'));
      expect((await readdir(folder)).sort()).toEqual([young, 'a.cfg']);
      await files.close();
    });

    it('gives back what a write that was cut off put aside, until the next one', async () => {
      await writeFile(path.join(folder, '.a.cfg.aside'), 'by others');
      const files = await open(server());
      const found = await files.read('a.cfg');
      expect([found && reveal(found.text), found?.aside]).toEqual(['by others', true]);
      await files.write('a.cfg', new Secret('by others, and more'));
      expect(await files.read('a.cfg')).not.toHaveProperty('aside');
      await files.write('a.cfg', new Secret('and more'));
      expect(await readdir(folder)).toEqual(['a.cfg']);
      await files.close();
    });
  });

  it('that refuses to rename leaves the old file as it is', async () => {
    await writeFile(path.join(folder, 'a.cfg'), 'by others');
    const files = await open(stiff);
    expect(await thrown(files.write('a.cfg', new Secret('x')))).toMatchObject({
      code: 'forbidden',
      written: 'nothing',
    });
    expect(await readFile(path.join(folder, 'a.cfg'), 'utf8')).toBe('by others');
    expect(await readdir(folder)).toEqual(['a.cfg']);
    await files.close();
  });

  it('says null for a file that is not there, and lists those that are', async () => {
    await writeFile(path.join(folder, 'b.cfg'), '');
    await mkdir(path.join(folder, 'dir.cfg'));
    await symlink('/etc/hostname', path.join(folder, 'link.cfg'));
    const files = await open(full);
    expect(await files.read('none.cfg')).toBeNull();
    expect(await files.list()).toEqual(['b.cfg']);
    await files.close();
  });

  it('whose folder has gone has no missing file', async () => {
    const files = await open(full);
    await rm(folder, { recursive: true });
    const failure = await thrown(files.read('a.cfg'));
    expect(failure).toMatchObject({ code: 'store-unusable', params: { kind: 'no-such-file' } });
    await files.close();
  });

  it('neither reads nor replaces a symbolic link', async () => {
    const outside = path.join(root, 'outside');
    await writeFile(outside, 'mine');
    await symlink(outside, path.join(folder, 'a.cfg'));
    const files = await open(full);
    expect(await thrown(files.read('a.cfg'))).toMatchObject({
      code: 'store-file',
      params: { kind: 'symlink' },
    });
    const failure = await thrown(files.write('a.cfg', new Secret('x')));
    expect(failure).toMatchObject({ code: 'store-file', written: 'nothing' });
    expect(await readFile(outside, 'utf8')).toBe('mine');
    await files.close();
  });

  it('gives its log where the files are', async () => {
    const log = path.join(root, 'access.log');
    await writeFile(log, `${'x'.repeat(100_000)}\nlast\n`);
    const files = await open(full, { log });
    const found = await files.readLog();
    expect(found?.text.length).toBe(100_006);
    expect(found?.complete).toBe(true);
    await files.close();
  });

  it('carries many phones over one connection', async () => {
    const access: SshAccess = { key: new Secret(user.private) };
    const before = await full.connections();
    const stores = await Promise.all(Array.from({ length: 20 }, () => open(full, {}, access)));
    await Promise.all(stores.map((files, index) => files.write(`${index}.cfg`, new Secret('x'))));
    for (const files of stores) await files.close();
    expect((await readdir(folder)).length).toBe(20);
    expect(await full.connections()).toBe(before + 1);
  });

  it('that refuses the key is asked once for all phones', async () => {
    const access: SshAccess = { key: new Secret(newKey().private) };
    const failures = [await thrown(open(full, {}, access)), await thrown(open(full, {}, access))];
    expect(failures).toMatchObject([{ code: 'ssh-auth' }, { code: 'ssh-auth' }]);
    expect(failures[0]).toMatchObject({ params: { host: 'store:oficina' } });
  });

  it('with another host key is not given anything', async () => {
    const failure = await thrown(open(full, {}, undefined, { hostKeys: old.via.hostKeys }));
    expect(failure).toMatchObject({ code: 'ssh-host-key' });
  });

  it('without SFTP says so', async () => {
    expect(await thrown(open(none))).toMatchObject({ code: 'sftp-refused' });
  });

  it('that is not there is unreachable', async () => {
    const failure = await thrown(open(full, {}, undefined, { port: 1 }));
    expect(failure).toMatchObject({ code: 'ssh-unreachable' });
  });

  it('needs a key', async () => {
    const store: Store = { name: 'oficina', place: { sftp: full.via, path: folder } };
    const failure = await thrown(openStore(store, storeContext(root).context));
    expect(failure).toMatchObject({ code: 'ssh-key', params: { kind: 'no-key' } });
  });
});
