import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AltaError, reveal, Secret, type Store } from '../../../engine/model/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import { openStore, type StoreFiles } from '../../../providers/transport/store.ts';
import { thrown, wide } from './servers.ts';
import { storeContext, temporaryFolder } from './store-context.ts';

let root: string;
let remove: () => Promise<void>;
let folder: string;

beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder('store'));
  folder = path.join(root, 'files');
  await mkdir(folder);
});
afterEach(() => remove());

function store(change: Partial<Store> = {}): Store {
  return { name: 'oficina', place: { directory: 'files' }, ...change };
}

function open(change: Partial<Store> = {}): Promise<StoreFiles> {
  return openStore(store(change), storeContext(root).context);
}

describe('a folder', () => {
  it('gives back what was written, byte for byte, with the time of the change', async () => {
    const files = await open();
    const text = '#!version:1.0.0.1\r\naccount.1.label = Recepción 😀\n';
    await files.write('805ec0000001.cfg', new Secret(`\ufeff${text}`));
    await utimes(path.join(folder, '805ec0000001.cfg'), 1_790_000_000, 1_790_000_000);
    const found = await files.read('805ec0000001.cfg');
    expect(found && reveal(found.text)).toBe(`\ufeff${text}`);
    expect(found?.modifiedAt).toBe(1_790_000_000_000);
  });

  it('replaces the whole file, readable by owner and group only, and leaves nothing beside it', async () => {
    const files = await open();
    await files.write('a.cfg', new Secret('x'.repeat(1000)));
    await files.write('a.cfg', new Secret('y'));
    expect(await readFile(path.join(folder, 'a.cfg'), 'utf8')).toBe('y');
    expect((await stat(path.join(folder, 'a.cfg'))).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['a.cfg']);
  });

  it('says null for a file that is not there', async () => {
    expect(await (await open()).read('none.cfg')).toBeNull();
  });

  it('that has gone is no missing file', async () => {
    const files = await open();
    await rm(folder, { recursive: true });
    expect(await thrown(files.read('a.cfg'))).toMatchObject({
      code: 'store-unusable',
      params: { kind: 'ENOENT' },
    });
  });

  it('that was never there is refused when it is opened', async () => {
    const missing = open({ place: { directory: 'none' } });
    expect(await thrown(missing)).toMatchObject({ code: 'store-unusable', params: { store: 'oficina' } });
  });

  it('that is a file is refused when it is opened', async () => {
    await writeFile(path.join(root, 'plain'), '');
    const plain = open({ place: { directory: 'plain' } });
    expect(await thrown(plain)).toMatchObject({ code: 'store-unusable', params: { kind: 'not-a-folder' } });
  });

  it('may be an absolute path', async () => {
    const files = await open({ place: { directory: folder } });
    await files.write('a.cfg', new Secret('x'));
    expect(await readdir(folder)).toEqual(['a.cfg']);
  });

  it('lists regular files only', async () => {
    await writeFile(path.join(folder, 'b.cfg'), '');
    await writeFile(path.join(folder, 'a.boot'), '');
    await writeFile(path.join(folder, 'with space.cfg'), '');
    await mkdir(path.join(folder, 'dir.cfg'));
    await symlink('/etc/hostname', path.join(folder, 'link.cfg'));
    expect(await (await open()).list()).toEqual(['a.boot', 'b.cfg']);
  });

  it.each(['../a.cfg', 'a/b.cfg', '..', '.', '', 'a\0', 'ñ.cfg', 'x'.repeat(129)])(
    'takes no file %j',
    async (name) => {
      const files = await open();
      expect(await thrown(files.read(name))).toMatchObject({ code: 'store-file', params: { kind: 'name' } });
      expect(await thrown(files.write(name, new Secret('x')))).toMatchObject({
        code: 'store-file',
        written: 'nothing',
      });
    },
  );

  it('neither reads nor replaces a symbolic link', async () => {
    const outside = path.join(root, 'outside');
    await writeFile(outside, 'mine');
    await symlink(outside, path.join(folder, 'a.cfg'));
    const files = await open();
    expect(await thrown(files.read('a.cfg'))).toMatchObject({
      code: 'store-file',
      params: { kind: 'symlink' },
    });
    const failure = await thrown(files.write('a.cfg', new Secret('x')));
    expect(failure).toMatchObject({ code: 'store-file', params: { kind: 'symlink' }, written: 'nothing' });
    expect(await readFile(outside, 'utf8')).toBe('mine');
  });

  it('does not hang on a named pipe', async () => {
    execFileSync('mkfifo', [path.join(folder, 'a.cfg')]);
    const failure = await thrown((await open()).read('a.cfg'));
    expect(failure).toMatchObject({ code: 'store-file', params: { kind: 'not-a-file' } });
  });

  it('takes no text that is not UTF-8', async () => {
    await writeFile(path.join(folder, 'a.cfg'), Buffer.from([0x61, 0xff, 0xfe]));
    const failure = await thrown((await open()).read('a.cfg'));
    expect(failure).toMatchObject({ code: 'store-file', params: { kind: 'not-utf-8', file: 'a.cfg' } });
  });

  it('takes no file of more than 4 MiB', async () => {
    await writeFile(path.join(folder, 'a.cfg'), Buffer.alloc(4 * 1024 * 1024 + 1));
    const failure = await thrown((await open()).read('a.cfg'));
    expect(failure).toMatchObject({ code: 'store-file', params: { kind: 'too-large' } });
  });

  it.skipIf(process.getuid?.() === 0)(
    'that may not be read is forbidden, not empty (root may read everything)',
    async () => {
      await writeFile(path.join(folder, 'a.cfg'), 'x');
      await chmod(path.join(folder, 'a.cfg'), 0);
      expect(await thrown((await open()).read('a.cfg'))).toMatchObject({ code: 'forbidden' });
    },
  );

  it('shows no content in errors and log lines', async () => {
    const { context, lines } = storeContext(root);
    const files = await openStore(store(), context);
    await files.write('a.cfg', new Secret('hunter22'));
    const found = await files.read('a.cfg');
    expect(`${lines.join('\n')}${JSON.stringify(found)}`).not.toContain('hunter22');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['store', 'store', 'store']);
  });

  it('may be closed twice', async () => {
    const files = await open();
    await files.close();
    expect(await files.close()).toBeUndefined();
  });
});

describe('a write', () => {
  it('that the lease does not allow is never started', async () => {
    const refusal = () => {
      throw new AltaError('read-only-session', { host: 'x', operation: 'x', object: 'x' });
    };
    const gate = createGate(wide, realClock, { mayWrite: refusal });
    const files = await openStore(store(), storeContext(root, { gate }).context);
    expect(await thrown(files.write('a.cfg', new Secret('x')))).toMatchObject({
      code: 'read-only-session',
      written: 'nothing',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('after the end of the run is never started', async () => {
    const end = new AbortController();
    const files = await openStore(store(), storeContext(root, { signal: end.signal }).context);
    end.abort();
    expect(await thrown(files.write('a.cfg', new Secret('x')))).toMatchObject({
      code: 'aborted',
      written: 'nothing',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('into a folder that has gone wrote nothing', async () => {
    const files = await open();
    await rm(folder, { recursive: true });
    expect(await thrown(files.write('a.cfg', new Secret('x')))).toMatchObject({
      code: 'store-file',
      written: 'nothing',
    });
  });

  it('takes away what one that was cut off left behind, once that is old by the folder’s own clock', async () => {
    const left = (name: string, hex: string) => path.join(folder, `.${name}.${hex.repeat(12)}.tmp`);
    const [old, young, other] = [left('a.cfg', 'aa'), left('a.cfg', 'bb'), left('b.cfg', 'cc')];
    for (const file of [old, young, other]) await writeFile(file, 'x');
    for (const file of [old, other])
      await utimes(file, 1_790_000_000 - 86_400 * 365, 1_790_000_000 - 86_400 * 365);
    await (await open()).write('a.cfg', new Secret('x'));
    expect((await readdir(folder)).sort()).toEqual(
      [path.basename(young), path.basename(other), 'a.cfg'].sort(),
    );
  });

  it('of another process is seen whole, never in part', async () => {
    const files = await open();
    await files.write('a.cfg', new Secret('a'.repeat(500_000)));
    const writing = files.write('a.cfg', new Secret('b'.repeat(500_000)));
    const seen: string[] = [];
    const watch = async (rounds: number): Promise<void> => {
      seen.push(await readFile(path.join(folder, 'a.cfg'), 'utf8'));
      if (rounds > 0) await watch(rounds - 1);
    };
    await Promise.all([writing, watch(20)]);
    expect(seen.filter((text) => text.length !== 500_000 || new Set(text).size !== 1)).toEqual([]);
  });
});

describe('the access log', () => {
  const log = () => path.join(root, 'access.log');

  it('is null where none is declared, and where none is there', async () => {
    expect(await (await open()).readLog()).toBeNull();
    expect(await (await open({ log: 'access.log' })).readLog()).toBeNull();
  });

  it('that was never rotated is complete', async () => {
    await writeFile(log(), 'one\ntwo\n');
    expect(await (await open({ log: log() })).readLog()).toEqual({ text: 'one\ntwo\n', complete: true });
  });

  it('is read on in the one that was rotated away last', async () => {
    await writeFile(log(), 'two\n');
    await writeFile(`${log()}.1`, 'one\n');
    expect(await (await open({ log: 'access.log' })).readLog()).toEqual({
      text: 'one\ntwo\n',
      complete: true,
    });
  });

  it.each(['access.log.2.gz', 'access.log-20261122'])(
    'of which %s is older is not complete',
    async (older) => {
      await writeFile(log(), 'two\n');
      await writeFile(path.join(root, older), '');
      expect(await (await open({ log: log() })).readLog()).toEqual({ text: 'two\n', complete: false });
    },
  );

  it('is cut at its beginning where it is long', async () => {
    await writeFile(log(), `first\n${'x'.repeat(1024 * 1024)}\nlast\n`);
    const found = await (await open({ log: log() })).readLog();
    expect(found?.complete).toBe(false);
    expect(found?.text.endsWith('last\n') && !found.text.includes('first')).toBe(true);
  });
});
