import * as fs from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { AltaError, State } from '../../../engine/model/index.ts';
import type { Disk } from '../../../engine/state/index.ts';
import { createLocalStore } from '../../../engine/state/local.ts';
import { creation, entry, keyOf, pendingOf, standingLease, systemError, testIo } from './kit.ts';
import { clock, ended, scene, stored } from './scene.ts';

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
