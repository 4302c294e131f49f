import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeRecord, type JournalRecord } from '../../../engine/state/record.ts';
import { creation, entry, keyOf, pendingOf, systemError } from './kit.ts';
import { ended, type Scene, scene, stored } from './scene.ts';

describe('reading', () => {
  it('finds nothing for a client without state, and makes no file', async () => {
    const s = await scene();
    expect(await s.store.read('acme')).toMatchObject({
      state: { client: 'acme', serial: 0, resources: {} },
      open: [],
      torn: false,
    });
    expect(await s.files()).toEqual([]);
  });

  it('works where the state folder does not exist', async () => {
    const s = await scene();
    await fs.rmdir(s.path('.'));
    expect((await s.store.read('acme')).state.serial).toBe(0);
    expect(await s.store.list()).toEqual([]);
  });

  it('works in CI', async () => {
    const s = await scene({}, true);
    expect((await s.store.read('acme')).state.serial).toBe(0);
  });

  it('folds a journal in without touching a file', async () => {
    const s = await scene();
    const writer = await s.open();
    await writer.begin(pendingOf('10', '11'));
    await writer.done(await writer.intent(creation('10')), entry('10'));
    await writer.intent(creation('11'));
    const before = await fs.readFile(s.path('acme.json'));
    const { state, open } = await s.store.read('acme');
    expect(state.resources).toEqual({ [keyOf('10')]: entry('10') });
    expect(open).toMatchObject([{ seq: 2, write: { key: keyOf('11') } }]);
    expect(await fs.readFile(s.path('acme.json'))).toEqual(before);
    await writer.close();
  });

  it('looks again where the state changed meanwhile', async () => {
    let reads = 0;
    const readdir = async (path: unknown) => {
      reads += 1;
      if (reads === 1) await fs.utimes(join(String(path), 'acme.json'), 1, 1);
      return fs.readdir(String(path));
    };
    const s = await scene({ readdir: readdir as never });
    await fs.writeFile(s.path('acme.json'), JSON.stringify((await s.store.read('acme')).state));
    reads = 0;
    expect((await s.store.read('acme')).state.serial).toBe(0);
    expect(reads).toBe(2);
  });

  it('lists clients with a state, sorted, and nothing else', async () => {
    const s = await scene();
    const names = ['beta.json', 'acme.json', 'acme.errored.state.json', 'acme.journal.1', '.acme.json.tmp-1'];
    await Promise.all(names.map((name) => fs.writeFile(s.path(name), '')));
    expect(await s.store.list()).toEqual(['acme', 'beta']);
  });

  it.each(['../acme', '', 'Acme', 'a/b'])('refuses %j as a client', async (client) => {
    const s = await scene();
    await expect(s.store.read(client)).rejects.toMatchObject({ code: 'internal' });
  });

  it('refuses a state file that is a symbolic link', async () => {
    const s = await scene();
    await fs.symlink('/etc/hostname', s.path('acme.json'));
    await expect(s.store.read('acme')).rejects.toMatchObject({
      code: 'state-unreadable',
      params: { file: 'state/acme.json', problem: 'ELOOP' },
    });
  });
});

describe('journals of other states', () => {
  async function withJournal(s: Scene, change: object, epoch = 1): Promise<void> {
    const { lineage, serial } = await stored(s);
    const header = { t: 'begin', v: 1, lineage, serial, epoch, open: [], ...change };
    const intent: JournalRecord = { t: 'intent', seq: 1, write: creation('99') };
    const data = Buffer.concat([encodeRecord(header as JournalRecord), encodeRecord(intent)]);
    await fs.writeFile(s.path(`acme.journal.${epoch}`), data);
  }

  async function withState(): Promise<Scene> {
    const s = await scene();
    const writer = await s.open();
    await writer.save(ended);
    await writer.save(ended);
    await writer.close();
    return s;
  }

  it('are ignored where the state has gone on', async () => {
    const s = await withState();
    await withJournal(s, { serial: 1 });
    expect((await s.store.read('acme')).open).toEqual([]);
  });

  it('are ignored without a whole header', async () => {
    const s = await withState();
    await fs.writeFile(s.path('acme.journal.7'), 'torn');
    expect((await s.store.read('acme')).open).toEqual([]);
  });

  it.each([
    ['from the future of the state', { serial: 9 }],
    ['of another lineage', { lineage: 'other' }],
  ])('stop everything when they are %s', async (_, change) => {
    const s = await withState();
    await withJournal(s, change);
    await expect(s.store.read('acme')).rejects.toMatchObject({
      code: 'journal-orphaned',
      params: { journal: 'state/acme.journal.1', file: 'state/acme.json' },
    });
  });

  it('stop everything when a later version wrote them', async () => {
    const s = await withState();
    await withJournal(s, { v: 2 });
    await expect(s.store.read('acme')).rejects.toMatchObject({ code: 'state-version-unknown' });
  });

  it('yield to the one of the highest epoch', async () => {
    const s = await withState();
    await withJournal(s, {}, 10);
    await withJournal(s, { open: [{ seq: 5, write: creation('98'), written: 'unknown' }] }, 9);
    expect((await s.store.read('acme')).open).toMatchObject([{ write: { key: keyOf('99') } }]);
  });

  it('are removed when a writer opens', async () => {
    const s = await withState();
    await withJournal(s, { serial: 1 });
    await fs.writeFile(s.path('.acme.json.tmp-left'), '');
    await (await s.open(2)).close();
    expect(await s.files()).toEqual(['acme.json']);
  });
});

describe('a lease of the store', () => {
  it('makes the state folder', async () => {
    const s = await scene();
    await fs.rmdir(s.path('.'));
    const lease = await s.store.lease('client-acme', { user: 'ana', command: 'apply' });
    expect(await s.files()).toEqual(['client-acme.lease.1']);
    await lease.release();
  });

  it('says which folder the system does not let us use', async () => {
    const refuse = () => Promise.reject(Object.assign(systemError('EPERM'), { syscall: 'link' }));
    const s = await scene({ link: refuse });
    await expect(s.store.lease('client-acme', { user: 'ana', command: 'apply' })).rejects.toMatchObject({
      code: 'state-folder-unusable',
      params: { path: 'state', reason: 'EPERM' },
    });
  });

  it('passes the reason of its signal on', async () => {
    const s = await scene();
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    const taken = s.store.lease('client-acme', { user: 'ana', command: 'apply', signal });
    await expect(taken).rejects.toThrow('Ctrl-C');
  });

  it('is refused in CI', async () => {
    const s = await scene({}, true);
    await expect(s.store.lease('client-acme', { user: 'ana', command: 'apply' })).rejects.toMatchObject({
      code: 'state-local-in-ci',
      params: { path: 'state' },
    });
  });
});
