import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Io, Lease, LeaseOptions } from '../../../engine/state/index.ts';
import { acquireLease, clientLeaseName, DEFAULT_TTL_MS, hostLeaseName } from '../../../engine/state/lease.ts';
import { type Machine, thisMachine } from '../../../engine/state/machine.ts';
import { folder, type ManualClock, manualClock, passTime, systemError, testIo } from './kit.ts';

const ttlMs = 900;
const asking: LeaseOptions = { user: 'ana', command: 'apply', ttlMs };
const elsewhere: Machine = {
  host: 'pc2',
  machine: 'other',
  bootId: 'other-boot',
  pidNamespace: 'pid:[9]',
  pid: 7,
  processStart: '1',
};

interface Scene {
  readonly dir: string;
  readonly clock: ManualClock;
  readonly io: Io;
  take(options?: Partial<LeaseOptions>, me?: Machine): Promise<Lease>;
  files(): Promise<string[]>;
}

async function scene(disk = {}): Promise<Scene> {
  const dir = await folder();
  const clock = manualClock();
  const io = testIo(disk, clock);
  return {
    dir,
    clock,
    io,
    take: (options, me) =>
      passTime(clock, acquireLease(io, dir, 'client-acme', { ...asking, ...options }, me), ttlMs / 3),
    files: async () => (await fs.readdir(dir)).sort(),
  };
}

/** Lets the heartbeat's disk writes end; each is a few real milliseconds at most. */
async function settle(lease: Lease, beats: number): Promise<void> {
  while (lease.holder.beats < beats) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function epochFile({ dir }: Scene, epoch: number) {
  return JSON.parse(await fs.readFile(join(dir, `client-acme.lease.${epoch}`), 'utf8'));
}

describe('acquireLease', () => {
  it('takes epoch 1 of a lease that was never taken', async () => {
    const s = await scene();
    const lease = await s.take();
    expect(lease).toMatchObject({ name: 'client-acme', epoch: 1 });
    expect(await s.files()).toEqual(['client-acme.lease.1']);
    await lease.release();
  });

  it('writes who holds it', async () => {
    const s = await scene();
    const lease = await s.take();
    expect(await epochFile(s, 1)).toEqual({ released: false, holder: lease.holder });
    expect(lease.holder).toMatchObject({ ...thisMachine(), user: 'ana', command: 'apply', ttlMs, beats: 0 });
    await lease.release();
  });

  it('lives for a minute where nothing else is said', async () => {
    const s = await scene();
    const lease = await acquireLease(s.io, s.dir, 'x', { user: 'ana', command: 'apply' });
    expect(lease.holder.ttlMs).toBe(DEFAULT_TTL_MS);
    await lease.release();
  });

  it('never counts an epoch twice', async () => {
    const s = await scene();
    const first = await s.take();
    await first.release();
    const second = await s.take();
    await second.release();
    expect([first.epoch, second.epoch]).toEqual([1, 2]);
  });

  it('refuses while a living process holds it, and says who', async () => {
    const s = await scene();
    const lease = await s.take({ user: 'luis', command: 'drift' });
    s.clock.skew({ wall: 200, monotonic: 200 });
    await expect(s.take()).rejects.toMatchObject({
      code: 'lease-held',
      params: { lease: 'client-acme', user: 'luis', command: 'drift', pid: process.pid, ttl: 0.9 },
    });
    await lease.release();
  });

  it('waits for a living process as long as asked, and names it once', async () => {
    const s = await scene();
    const lease = await s.take();
    const waitedFor: string[] = [];
    const second = s.take({ waitMs: 5000, onWait: (holder) => waitedFor.push(holder?.token ?? '?') });
    await s.clock.advance(100);
    await lease.release();
    expect((await second).epoch).toBe(2);
    expect(waitedFor).toEqual([lease.holder.token]);
    await (await second).release();
  });

  it('stops waiting when told', async () => {
    const s = await scene();
    const lease = await s.take();
    const stop = new AbortController();
    const second = s.take({ waitMs: 60_000, signal: stop.signal });
    stop.abort(new Error('Ctrl-C'));
    await expect(second).rejects.toThrow('Ctrl-C');
    await lease.release();
  });

  it('is refused at once where it was stopped before', async () => {
    const s = await scene();
    await expect(s.take({ signal: AbortSignal.abort(new Error('Ctrl-C')) })).rejects.toThrow('Ctrl-C');
  });

  it('takes over at once from a process that is gone', async () => {
    const s = await scene();
    await s.take({}, { ...thisMachine(), processStart: '1' });
    const began = s.clock.elapsed();
    const second = await s.take();
    expect(second.epoch).toBe(2);
    expect(s.clock.elapsed() - began).toBeLessThan(ttlMs / 3);
    await second.release();
  });

  it('watches a holder elsewhere for its TTL and a tenth before it takes over', async () => {
    const s = await scene();
    const record = { released: false, holder: { ...(await heldElsewhere(s)), beats: 0 } };
    await fs.writeFile(join(s.dir, 'client-acme.lease.1'), JSON.stringify(record));
    const began = s.clock.elapsed();
    const second = await s.take();
    expect(second.epoch).toBe(2);
    expect(s.clock.elapsed() - began).toBeGreaterThan(ttlMs * 1.1);
    await second.release();
  });

  it('refuses as soon as a holder elsewhere gives a sign of life', async () => {
    const s = await scene();
    const lease = await s.take({}, elsewhere);
    const began = s.clock.elapsed();
    await expect(s.take()).rejects.toMatchObject({ code: 'lease-held', params: { host: 'pc2' } });
    expect(s.clock.elapsed() - began).toBeLessThan(ttlMs);
    await lease.release();
  });

  it.each([
    ['empty', ''],
    ['of another epoch', JSON.stringify({ released: false, holder: { epoch: 7, ttlMs: 1 } })],
    ['without a TTL', JSON.stringify({ released: false, holder: { epoch: 4 } })],
  ])('takes over from a record that is %s once our own TTL is over', async (_, content) => {
    const s = await scene();
    await fs.writeFile(join(s.dir, 'client-acme.lease.4'), content);
    const waitedFor: unknown[] = [];
    const lease = await s.take({ onWait: (holder) => waitedFor.push(holder) });
    expect(lease.epoch).toBe(5);
    expect(waitedFor).toEqual([null]);
    await lease.release();
  });

  it('says so where it cannot tell who keeps changing the record', async () => {
    const s = await scene();
    const path = join(s.dir, 'client-acme.lease.4');
    await fs.writeFile(path, 'a');
    const onWait = () => void fs.writeFile(path, 'b');
    await expect(s.take({ onWait })).rejects.toMatchObject({ code: 'lease-held', params: { user: '?' } });
  });

  it('keeps three superseded epochs, and no temporary file', async () => {
    const s = await scene();
    await fs.writeFile(join(s.dir, 'client-acme.lease.tmp-dead'), '');
    await fs.writeFile(join(s.dir, 'client-acme-2.lease.1'), '');
    for (let i = 0; i < 6; i += 1) await (await s.take()).release();
    const own = [3, 4, 5, 6].map((epoch) => `client-acme.lease.${epoch}`);
    expect(await s.files()).toEqual(['client-acme-2.lease.1', ...own]);
  });

  it('does not mind where old epochs cannot be cleared away', async () => {
    const fail = async (path: unknown) => {
      if (String(path).includes('tmp-dead')) throw systemError('EACCES');
      await fs.unlink(String(path));
    };
    const s = await scene({ unlink: fail });
    await fs.writeFile(join(s.dir, 'client-acme.lease.tmp-dead'), '');
    const lease = await s.take();
    expect(lease.epoch).toBe(1);
    await lease.release();
  });

  it('leaves the epoch to whoever linked it first', async () => {
    const rival = JSON.stringify({ released: true, holder: { epoch: 1 } });
    const link = async (from: unknown, to: unknown) => {
      if (String(to).endsWith('.1')) await fs.writeFile(String(to), rival);
      await fs.link(String(from), String(to));
    };
    const s = await scene({ link });
    const lease = await s.take();
    expect(lease.epoch).toBe(2);
    await lease.release();
  });

  it('yields where its epoch turns out not to be the highest', async () => {
    const rival = JSON.stringify({ released: true, holder: { epoch: 9 } });
    let first = true;
    const link = async (from: unknown, to: unknown) => {
      await fs.link(String(from), String(to));
      if (first) await fs.writeFile(String(to).replace(/\d+$/, '9'), rival);
      first = false;
    };
    const s = await scene({ link });
    const lease = await s.take();
    expect(lease.epoch).toBe(10);
    await lease.release();
  });

  it('tries again where a winner cleared its temporary file away', async () => {
    let first = true;
    const link = async (from: unknown, to: unknown) => {
      if (first) await fs.unlink(String(from));
      first = false;
      await fs.link(String(from), String(to));
    };
    const s = await scene({ link });
    const lease = await s.take();
    expect(lease.epoch).toBe(1);
    await lease.release();
  });

  it('looks again where the highest epoch was cleared away under its eyes', async () => {
    let phantom = true;
    const readdir = async (path: unknown) => {
      const names = await fs.readdir(String(path));
      const shown = phantom ? [...names, 'client-acme.lease.8'] : names;
      phantom = false;
      return shown;
    };
    const s = await scene({ readdir });
    const lease = await s.take();
    expect(lease.epoch).toBe(1);
    await lease.release();
  });

  it('refuses a name that would lead elsewhere', async () => {
    const s = await scene();
    const taken = acquireLease(s.io, s.dir, 'client-../acme', asking);
    await expect(taken).rejects.toMatchObject({ code: 'internal' });
  });

  it('passes on what the disk objects to', async () => {
    const s = await scene({ link: () => Promise.reject(systemError('EROFS')) });
    await expect(s.take()).rejects.toThrow('EROFS');
    expect(await s.files()).toEqual([]);
  });
});

async function heldElsewhere(s: Scene) {
  const lease = await s.take({}, elsewhere);
  await lease.release();
  return lease.holder;
}

describe('a held lease', () => {
  it('is renewed every third of its TTL', async () => {
    const s = await scene();
    const lease = await s.take();
    await s.clock.advance(ttlMs / 3);
    await settle(lease, 1);
    expect(await epochFile(s, 1)).toMatchObject({ holder: { beats: 1 } });
    await lease.release();
  });

  it('outlives its TTL by renewals', async () => {
    const s = await scene();
    const lease = await s.take();
    for (const beats of [1, 2, 3, 4]) {
      await s.clock.advance(ttlMs / 3);
      await settle(lease, beats);
    }
    expect(() => lease.assertHeld()).not.toThrow();
    await lease.release();
  });

  it('may write while enough is left', async () => {
    const s = await scene();
    const lease = await s.take();
    await lease.mayWrite(500);
    expect(lease.holder.beats).toBe(0);
    await lease.release();
  });

  it('is renewed before a write that needs more than is left', async () => {
    const s = await scene();
    const lease = await s.take();
    s.clock.skew({ wall: 600, monotonic: 600 });
    await lease.mayWrite(500);
    expect(lease.holder.beats).toBe(1);
    await lease.release();
  });

  it.each([
    ['monotonic clock', { monotonic: ttlMs }],
    ['wall clock (the machine slept)', { wall: ttlMs }],
  ])('may not write once its TTL is over by the %s', async (_, by) => {
    const s = await scene();
    const lease = await s.take();
    s.clock.skew(by);
    await expect(lease.mayWrite(0)).rejects.toMatchObject({ code: 'lease-lost', written: 'nothing' });
    expect(lease.signal.aborted).toBe(true);
  });

  it('stays lost even if the clock goes back', async () => {
    const s = await scene();
    const lease = await s.take();
    s.clock.skew({ wall: ttlMs });
    await expect(lease.mayWrite(0)).rejects.toMatchObject({ code: 'lease-lost' });
    s.clock.skew({ wall: -ttlMs });
    await expect(lease.mayWrite(0)).rejects.toBe(lease.signal.reason);
  });

  it('may not write once there is a higher epoch', async () => {
    const s = await scene();
    const lease = await s.take();
    await fs.writeFile(join(s.dir, 'client-acme.lease.2'), '');
    await expect(lease.mayWrite(0)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('may not write once its epoch was cleared away', async () => {
    const s = await scene();
    const lease = await s.take();
    await fs.unlink(join(s.dir, 'client-acme.lease.1'));
    await expect(lease.mayWrite(0)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('may not write where it cannot be renewed in time', async () => {
    let full = false;
    const rename = (from: unknown, to: unknown) =>
      full ? Promise.reject(systemError('ENOSPC')) : fs.rename(String(from), String(to));
    const s = await scene({ rename });
    const lease = await s.take();
    full = true;
    s.clock.skew({ wall: 600, monotonic: 600 });
    await expect(lease.mayWrite(500)).rejects.toMatchObject({ code: 'lease-lost' });
    full = false;
    await lease.mayWrite(500);
    await lease.release();
  });

  it('survives a renewal that failed, where the next succeeds', async () => {
    let failures = 0;
    const rename = (from: unknown, to: unknown) => {
      if (failures > 0) return fs.rename(String(from), String(to));
      failures += 1;
      return Promise.reject(systemError('ENOSPC'));
    };
    const s = await scene({ rename, unlink: () => Promise.reject(systemError('EIO')) });
    const lease = await s.take();
    await s.clock.advance(ttlMs / 3);
    while (failures === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await s.clock.advance(ttlMs / 3);
    await settle(lease, 1);
    expect(() => lease.assertHeld()).not.toThrow();
    await lease.release();
  });

  it('is lost by a renewal that took longer than the TTL', async () => {
    const clock = manualClock();
    const rename = async (from: unknown, to: unknown) => {
      await fs.rename(String(from), String(to));
      clock.skew({ wall: ttlMs, monotonic: ttlMs });
    };
    const dir = await folder();
    const lease = await acquireLease(testIo({ rename }, clock), dir, 'client-acme', asking);
    clock.skew({ wall: 600, monotonic: 600 });
    await expect(lease.mayWrite(500)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('does not promise a call longer than its TTL', async () => {
    const s = await scene();
    const lease = await s.take();
    await expect(lease.mayWrite(ttlMs)).rejects.toMatchObject({ code: 'internal' });
    await lease.release();
  });
});

describe('release', () => {
  it('marks the epoch file and leaves it there', async () => {
    const s = await scene();
    const lease = await s.take();
    await lease.release();
    expect(await epochFile(s, 1)).toMatchObject({ released: true });
  });

  it('forbids every later write', async () => {
    const s = await scene();
    const lease = await s.take();
    await lease.release();
    await expect(lease.mayWrite(0)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('may be called twice', async () => {
    const s = await scene();
    const lease = await s.take();
    await lease.release();
    const second = await s.take();
    await lease.release();
    expect(() => second.assertHeld()).not.toThrow();
    await second.release();
  });

  it('does not touch the lease of a successor', async () => {
    const s = await scene();
    const lease = await s.take();
    await fs.writeFile(join(s.dir, 'client-acme.lease.2'), 'successor');
    await lease.release();
    expect(await epochFile(s, 1)).toMatchObject({ released: false });
  });

  it('waits for a renewal under way', async () => {
    const s = await scene();
    const lease = await s.take();
    await s.clock.advance(ttlMs / 3);
    await lease.release();
    expect(await epochFile(s, 1)).toMatchObject({ released: true });
  });

  it('does not fail where the disk does', async () => {
    const s = await scene({ rename: () => Promise.reject(systemError('ENOSPC')) });
    const lease = await s.take();
    await expect(lease.release()).resolves.toBeUndefined();
  });
});

describe('names', () => {
  it('of clients tell them apart', () => {
    expect(clientLeaseName('acme')).toBe('client-acme');
  });

  it('of hosts are safe as file names', () => {
    expect(hostLeaseName('https://192.0.2.10:8088')).toMatch(/^host-[0-9a-f]{32}$/);
  });
});
