import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AltaError, type State } from '../../../engine/model/index.ts';
import type { Disk, Io, StateStore, StateWriter } from '../../../engine/state/index.ts';
import { createLocalStore } from '../../../engine/state/local.ts';
import { encodeRecord, type JournalRecord } from '../../../engine/state/record.ts';
import {
  creation,
  diskWithFiles,
  entry,
  folder,
  keyOf,
  manualClock,
  pendingOf,
  standingLease,
  systemError,
  testIo,
} from './helpers.ts';

interface Scene {
  readonly root: string;
  readonly temporary: string;
  readonly io: Io;
  readonly store: StateStore;
  open(epoch?: number): Promise<StateWriter>;
  files(): Promise<string[]>;
  path(name: string): string;
}

const clock = { ...manualClock(), sleep: async () => {} };

async function scene(disk: Partial<Disk> = {}, ci = false): Promise<Scene> {
  const root = await folder();
  const temporary = await folder();
  const io = testIo(disk, clock);
  const store = createLocalStore(io, { workspace: root, path: 'state', ci, altaVersion: '0.1.0', temporary });
  await fs.mkdir(join(root, 'state'));
  return {
    root,
    temporary,
    io,
    store,
    open: (epoch = 1) => store.openWriter('acme', standingLease('acme', epoch)),
    files: async () => (await fs.readdir(join(root, 'state'))).sort(),
    path: (name) => join(root, 'state', name),
  };
}

const ended = (state: State): State => ({ ...state, pending: null });
const stored = async (s: Scene): Promise<State> => JSON.parse(await fs.readFile(s.path('acme.json'), 'utf8'));

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

describe('a writer', () => {
  it('is refused under the lease of another client', async () => {
    const s = await scene();
    await expect(s.store.openWriter('acme', standingLease('beta'))).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('stores what is pending before the first write', async () => {
    const s = await scene();
    const writer = await s.open(7);
    await writer.begin(pendingOf('10'));
    expect(await stored(s)).toMatchObject({ serial: 1, pending: { epoch: 7, writes: [creation('10')] } });
    await writer.close();
  });

  it('keeps the lineage and counts the serial', async () => {
    const s = await scene();
    const writer = await s.open();
    const first = await writer.save(ended);
    const second = await writer.save((state) => ({ ...state, lineage: 'x', serial: 99, client: 'beta' }));
    expect([first.serial, second.serial]).toEqual([1, 2]);
    expect(await stored(s)).toMatchObject({ lineage: first.lineage, client: 'acme' });
    await writer.close();
  });

  it('stamps version and time', async () => {
    const s = await scene();
    const writer = await s.open();
    expect(await writer.save((state) => ({ ...state, alta_version: 'x', updatedAt: 'y' }))).toMatchObject({
      alta_version: '0.1.0',
      updatedAt: new Date(clock.now()).toISOString(),
    });
    await writer.close();
  });

  it('folds the journal into the state it saves, and drops it', async () => {
    const s = await scene();
    const writer = await s.open();
    await writer.begin(pendingOf('10'));
    await writer.commitPending('lab/301', 'acme/pbx:main');
    await writer.done(await writer.intent(creation('10')), entry('10'));
    await writer.committed('lab/301');
    expect(await s.files()).toEqual(['acme.journal.1', 'acme.json']);
    await writer.save(ended);
    expect(await stored(s)).toMatchObject({
      serial: 2,
      resources: { [keyOf('10')]: entry('10') },
      targets: { 'lab/301': { commitPending: false } },
      pending: null,
    });
    expect(await s.files()).toEqual(['acme.json']);
    await writer.close();
  });

  it('keeps what is not settled pending, whatever the caller makes of it', async () => {
    const s = await scene();
    const writer = await s.open();
    await writer.begin(pendingOf('10', '11'));
    await writer.failed(await writer.intent(creation('10')), 'unknown');
    await writer.save(ended);
    expect((await stored(s)).pending?.writes).toEqual([creation('10')]);
    await writer.close();
  });

  it('keeps writes that were not started pending over a save in between', async () => {
    const s = await scene();
    const writer = await s.open();
    await writer.begin(pendingOf('10', '11'));
    await writer.done(await writer.intent(creation('10')), entry('10'));
    await writer.save((state) => state);
    expect((await stored(s)).pending?.writes).toEqual([creation('11')]);
    await writer.close();
  });

  it('journals on after a save, with intents still open', async () => {
    const s = await scene();
    const writer = await s.open();
    await writer.begin(pendingOf('10', '11'));
    const seq = await writer.intent(creation('10'));
    await writer.save((state) => state);
    await writer.intent(creation('11'));
    await writer.done(seq, entry('10'));
    const { state, open } = await s.store.read('acme');
    expect(state.resources).toEqual({ [keyOf('10')]: entry('10') });
    expect(open).toMatchObject([{ write: { key: keyOf('11') } }]);
    await writer.close();
  });

  it('carries open intents of a crash through the next begin', async () => {
    const s = await scene();
    const crashed = await s.open(1);
    await crashed.begin(pendingOf('10', '11'));
    await crashed.intent(creation('10'));
    await crashed.close();
    const writer = await s.open(2);
    expect(writer.recovered).toMatchObject({ state: { serial: 2 }, open: [{ write: { key: keyOf('10') } }] });
    await writer.begin(pendingOf('12'));
    expect((await stored(s)).pending?.writes).toEqual([creation('10'), creation('12')]);
    await writer.commitPending('lab/301', 'acme/pbx:main');
    expect((await s.store.read('acme')).open).toMatchObject([{ write: { key: keyOf('10') } }]);
    await writer.close();
  });

  it('settles open intents of a crash before it begins', async () => {
    const s = await scene();
    const crashed = await s.open(1);
    await crashed.begin(pendingOf('10'));
    await crashed.intent(creation('10'));
    await crashed.close();
    const writer = await s.open(2);
    await writer.done(writer.recovered.open[0]?.seq ?? 0, entry('10'));
    expect(await s.store.read('acme')).toMatchObject({
      state: { resources: { [keyOf('10')]: entry('10') }, pending: null },
      open: [],
    });
    await writer.close();
  });

  it('stores what a crash left in a journal at once', async () => {
    const s = await scene();
    const crashed = await s.open(1);
    await crashed.begin(pendingOf('10'));
    await crashed.done(await crashed.intent(creation('10')), entry('10'));
    await crashed.close();
    await (await s.open(2)).close();
    expect(await stored(s)).toMatchObject({ resources: { [keyOf('10')]: entry('10') }, pending: null });
    expect(await s.files()).toEqual(['acme.json']);
  });

  it('takes all pending writes for open where the journal is gone', async () => {
    const s = await scene();
    const crashed = await s.open(1);
    await crashed.begin(pendingOf('10', '11'));
    await crashed.close();
    const writer = await s.open(2);
    expect(writer.recovered.open.map((intent) => intent.write.key)).toEqual([keyOf('10'), keyOf('11')]);
    await writer.close();
  });

  it('refuses an intent before begin', async () => {
    const s = await scene();
    const writer = await s.open();
    await expect(writer.intent(creation('10'))).rejects.toMatchObject({
      code: 'internal',
      written: 'nothing',
    });
  });

  it('refuses an intent before begin also where a crash left something open', async () => {
    const s = await scene();
    const crashed = await s.open(1);
    await crashed.begin(pendingOf('10'));
    await crashed.intent(creation('10'));
    await crashed.close();
    const writer = await s.open(2);
    await expect(writer.intent(creation('11'))).rejects.toMatchObject({
      code: 'internal',
      written: 'nothing',
    });
  });

  it('does not fail where a journal cannot be closed', async () => {
    const disk = diskWithFiles((file) => {
      const close = file.close.bind(file);
      return { close: () => close().then(() => Promise.reject(systemError('EIO'))) };
    });
    const open: Disk['open'] = (path, flags, mode) =>
      String(path).includes('journal') && disk.open !== undefined
        ? disk.open(path, flags, mode)
        : fs.open(path, flags, mode);
    const s = await scene({ open });
    const writer = await s.open();
    await writer.begin(pendingOf('10'));
    await writer.done(await writer.intent(creation('10')), entry('10'));
    expect((await writer.save(ended)).serial).toBe(2);
    await writer.close();
  });

  it('refuses to journal for a state that was never stored', async () => {
    const s = await scene();
    const writer = await s.open();
    await expect(writer.committed('lab/301')).rejects.toMatchObject({ code: 'journal-write-failed' });
  });

  it('keeps concurrent changes and a save in between apart', async () => {
    const s = await scene();
    const numbers = Array.from({ length: 30 }, (_, i) => String(100 + i));
    const writer = await s.open();
    await writer.begin(pendingOf(...numbers));
    const changes = numbers.map(async (number) => {
      await writer.done(await writer.intent(creation(number)), entry(number));
    });
    await Promise.all([...changes, writer.save((state) => state), writer.save((state) => state)]);
    const { state, open } = await s.store.read('acme');
    expect(Object.keys(state.resources).sort()).toEqual(numbers.map(keyOf));
    expect(open).toEqual([]);
    await writer.close();
  });
});

describe('a failing disk', () => {
  /** A disk on which writes to files whose path matches fail while `full.now`. */
  function filling(full: { now: boolean }, pattern: RegExp): Partial<Disk> {
    const open: Disk['open'] = async (path, flags, mode) => {
      if (full.now && flags === 'wx' && pattern.test(String(path))) throw systemError('ENOSPC');
      const file = await fs.open(path, flags, mode);
      const datasync = file.datasync.bind(file);
      const fails = () => full.now && pattern.test(String(path));
      return Object.assign(file, {
        datasync: () => (fails() ? Promise.reject(systemError('ENOSPC')) : datasync()),
      });
    };
    return { open };
  }

  it('stops a write before its call where the intent cannot be journaled', async () => {
    const full = { now: false };
    const s = await scene(filling(full, /journal/));
    const writer = await s.open();
    await writer.begin(pendingOf('10'));
    full.now = true;
    await expect(writer.intent(creation('10'))).rejects.toMatchObject({
      code: 'journal-write-failed',
      written: 'nothing',
      params: { client: 'acme', reason: 'ENOSPC' },
    });
    full.now = false;
    await writer.intent(creation('10'));
    expect((await s.store.read('acme')).open).toHaveLength(1);
    await writer.close();
  });

  it('remembers an outcome that could not be journaled until the next save', async () => {
    const full = { now: false };
    const s = await scene(filling(full, /journal/));
    const writer = await s.open();
    await writer.begin(pendingOf('10'));
    const seq = await writer.intent(creation('10'));
    full.now = true;
    const failure = writer.done(seq, entry('10'));
    await expect(failure).rejects.toMatchObject({ code: 'journal-write-failed', facts: {} });
    await expect(failure).rejects.not.toHaveProperty('facts.written');
    await writer.save(ended);
    expect((await stored(s)).resources).toEqual({ [keyOf('10')]: entry('10') });
    await writer.close();
  });

  it('tries three times to save', async () => {
    let attempts = 0;
    const rename = async (from: unknown, to: unknown) => {
      attempts += 1;
      if (attempts < 3) throw systemError('EIO');
      await fs.rename(String(from), String(to));
    };
    const s = await scene({ rename });
    const writer = await s.open();
    await writer.save(ended);
    expect((await stored(s)).serial).toBe(1);
    await writer.close();
  });

  it('leaves the state beside its place where that cannot be written, and the journal as it was', async () => {
    let broken = false;
    const rename = (from: unknown, to: unknown) =>
      broken && String(to).endsWith('/acme.json')
        ? Promise.reject(systemError('EIO'))
        : fs.rename(String(from), String(to));
    const s = await scene({ rename });
    const writer = await s.open();
    await writer.begin(pendingOf('10'));
    await writer.done(await writer.intent(creation('10')), entry('10'));
    broken = true;
    await expect(writer.save(ended)).rejects.toMatchObject({
      code: 'state-write-failed',
      params: { file: 'state/acme.json', reason: 'EIO', saved: 'state/acme.errored.state.json' },
    });
    const errored: State = JSON.parse(await fs.readFile(s.path('acme.errored.state.json'), 'utf8'));
    expect(errored).toMatchObject({ serial: 2, resources: { [keyOf('10')]: entry('10') } });
    expect((await s.store.read('acme')).state.resources).toEqual({ [keyOf('10')]: entry('10') });
    await writer.close();
  });

  it('leaves the state in the temporary folder where the whole state folder cannot be written', async () => {
    const full = { now: false };
    const s = await scene(filling(full, /acme[^/]*json/));
    const root = s.root;
    const disk = filling(full, new RegExp(`^${root}.*json`));
    const temporary = s.temporary;
    const store = createLocalStore(testIo(disk, clock), {
      workspace: root,
      path: 'state',
      ci: false,
      altaVersion: '0.1.0',
      temporary,
    });
    const writer = await store.openWriter('acme', standingLease());
    full.now = true;
    const failure = writer.save(ended);
    await expect(failure).rejects.toMatchObject({ code: 'state-write-failed' });
    const saved = await failure.catch((error: AltaError) => String(error.params.saved));
    expect(saved).toMatch(new RegExp(`^${temporary}/acme\\..*\\.errored\\.state\\.json$`));
    expect(JSON.parse(await fs.readFile(String(saved), 'utf8'))).toMatchObject({ serial: 1 });
    await writer.close();
  });

  it('says so where the state can be written nowhere', async () => {
    const full = { now: true };
    const s = await scene(filling(full, /json/));
    const writer = await s.open();
    await expect(writer.save(ended)).rejects.toMatchObject({
      code: 'state-write-lost',
      params: { file: 'state/acme.json', reason: 'ENOSPC' },
    });
    await writer.close();
  });

  it('can save again once the disk has recovered', async () => {
    const full = { now: true };
    const s = await scene(filling(full, /json/));
    const writer = await s.open();
    await expect(writer.save(ended)).rejects.toThrow();
    full.now = false;
    expect((await writer.save(ended)).serial).toBe(1);
    await writer.close();
  });
});

describe('a state changed by something else', () => {
  it('is not overwritten, and what this run did is kept beside it', async () => {
    const s = await scene();
    const writer = await s.open();
    await writer.save(ended);
    await fs.writeFile(s.path('acme.json'), 'from git');
    await expect(writer.save(ended)).rejects.toMatchObject({
      code: 'state-changed',
      params: { saved: 'state/acme.errored.state.json' },
    });
    expect(await fs.readFile(s.path('acme.json'), 'utf8')).toBe('from git');
    await writer.close();
  });

  it('is not overwritten where nothing can be kept either', async () => {
    let broken = false;
    const rename = (from: unknown, to: unknown) =>
      broken ? Promise.reject(systemError('EIO')) : fs.rename(String(from), String(to));
    const s = await scene({ rename });
    const writer = await s.open();
    await writer.save(ended);
    await fs.writeFile(s.path('acme.json'), 'from git');
    broken = true;
    await expect(writer.save(ended)).rejects.toMatchObject({ code: 'state-changed', params: { saved: '-' } });
    await writer.close();
  });
});

it('does not fail where an old journal cannot be removed', async () => {
  const unlink = (path: unknown) =>
    String(path).includes('journal') ? Promise.reject(systemError('EACCES')) : fs.unlink(String(path));
  const s = await scene({ unlink });
  const writer = await s.open();
  await writer.begin(pendingOf('10'));
  await writer.done(await writer.intent(creation('10')), entry('10'));
  await writer.save(ended);
  expect(await s.store.read('acme')).toMatchObject({
    state: { serial: 2, resources: { [keyOf('10')]: entry('10') } },
    open: [],
  });
  await writer.close();
});

describe('a lost lease', () => {
  function losable() {
    const lost = new AltaError('lease-lost', {}, { written: 'nothing' });
    const lease = { ...standingLease(), held: true, calls: 0, failAt: Number.POSITIVE_INFINITY };
    lease.assertHeld = () => {
      lease.calls += 1;
      if (!lease.held || lease.calls >= lease.failAt) throw lost;
    };
    return lease;
  }

  it('refuses to open a writer', async () => {
    const s = await scene();
    const lease = losable();
    lease.held = false;
    await expect(s.store.openWriter('acme', lease)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('stops intents', async () => {
    const s = await scene();
    const lease = losable();
    const writer = await s.store.openWriter('acme', lease);
    await writer.begin(pendingOf('10'));
    lease.held = false;
    await expect(writer.intent(creation('10'))).rejects.toMatchObject({
      code: 'lease-lost',
      written: 'nothing',
    });
    await writer.close();
  });

  it('stops an intent whose journal would have to be made', async () => {
    const s = await scene();
    const lease = losable();
    const writer = await s.store.openWriter('acme', lease);
    await writer.begin(pendingOf('10'));
    lease.failAt = lease.calls + 2;
    await expect(writer.intent(creation('10'))).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await s.files()).toEqual(['acme.json']);
    await writer.close();
  });

  it('still journals how a call ended that was under way', async () => {
    const s = await scene();
    const lease = losable();
    const writer = await s.store.openWriter('acme', lease);
    await writer.begin(pendingOf('10'));
    const seq = await writer.intent(creation('10'));
    lease.held = false;
    await writer.done(seq, entry('10'));
    expect((await s.store.read('acme')).state.resources).toEqual({ [keyOf('10')]: entry('10') });
    await writer.close();
  });

  it.each([1, 2])('stops a save at its check number %i', async (check) => {
    const s = await scene();
    const lease = losable();
    const writer = await s.store.openWriter('acme', lease);
    await writer.save(ended);
    lease.failAt = lease.calls + check;
    await expect(writer.save(ended)).rejects.toMatchObject({ code: 'lease-lost' });
    expect((await stored(s)).serial).toBe(1);
    expect(await s.files()).toEqual(['acme.json']);
    await writer.close();
  });
});

it('keeps a journal whose file cannot be created from blocking the next attempt', async () => {
  let refuse = true;
  const open: Disk['open'] = (path, flags, mode) =>
    refuse && String(path).includes('journal')
      ? Promise.reject(systemError('EMFILE'))
      : fs.open(path, flags, mode);
  const s = await scene({ open });
  const writer = await s.open();
  refuse = false;
  await writer.begin(pendingOf('10'));
  refuse = true;
  await expect(writer.intent(creation('10'))).rejects.toMatchObject({ params: { reason: 'EMFILE' } });
  refuse = false;
  expect(await writer.intent(creation('10'))).toBe(2);
  await writer.close();
});
