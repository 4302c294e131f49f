import * as fs from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import type { Disk } from '../../../engine/state/index.ts';
import { creation, diskWithFiles, entry, keyOf, pendingOf, standingLease, systemError } from './kit.ts';
import { clock, ended, scene, stored } from './scene.ts';

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

  it('tells after a crash when a write was about to be sent, and tells it on', async () => {
    const s = await scene();
    const crashed = await s.open(1);
    await crashed.begin(pendingOf('10'));
    const at = new Date(clock.now()).toISOString();
    await crashed.intent(creation('10'));
    await crashed.close();
    const writer = await s.open(2);
    expect(writer.recovered.open).toMatchObject([{ at }]);
    await writer.begin(pendingOf());
    await writer.commitPending('lab/301', 'acme/pbx:main');
    expect((await s.store.read('acme')).open).toMatchObject([{ at }]);
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
