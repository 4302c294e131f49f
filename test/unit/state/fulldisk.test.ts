import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StateStore, StateWriter } from '../../../engine/state/index.ts';
import { createLocalStore } from '../../../engine/state/local.ts';
import { creation, entry, folder, keyOf, manualClock, pendingOf, standingLease, testIo } from './kit.ts';

const mountPoint = `/tmp/alta-full-disk-${process.pid}`;

function mount(): void {
  execFileSync('mkdir', ['-p', mountPoint]);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'alta-test', mountPoint], { stdio: 'ignore' });
}

function unmount(): void {
  execFileSync('umount', [mountPoint]);
  execFileSync('rmdir', [mountPoint]);
}

/** Whether this process may mount a small file system of its own: root can, in a container with the right to. */
function canMount(): boolean {
  try {
    mount();
    unmount();
    return true;
  } catch {
    return false;
  }
}

const possible = canMount();
if (!possible) console.warn('SKIPPED: a really full disk is not tested, because nothing can be mounted here');

describe.skipIf(!possible)('a disk that is really full', () => {
  let store: StateStore;
  let writer: StateWriter;
  const filler = join(mountPoint, 'filler');

  beforeAll(async () => {
    mount();
    await fs.mkdir(join(mountPoint, 'state'));
  });

  afterAll(unmount);

  beforeEach(async () => {
    for (const name of await fs.readdir(join(mountPoint, 'state')))
      await fs.unlink(join(mountPoint, 'state', name));
    const clock = { ...manualClock(), sleep: async () => {} };
    const options = { workspace: mountPoint, path: 'state', ci: false, altaVersion: '0.1.0' };
    store = createLocalStore(testIo({}, clock), { ...options, temporary: await folder() });
    writer = await store.openWriter('acme', standingLease());
    await writer.begin(pendingOf('10'));
    return async () => {
      await writer.close();
      await fs.rm(filler, { force: true });
    };
  });

  /** Takes every last byte; the final write is a short one. */
  async function fill(): Promise<void> {
    const file = await fs.open(filler, 'w');
    const block = Buffer.alloc(1000);
    try {
      for (;;) await file.write(block);
    } catch {
      await file.close();
    }
  }

  it('stops the write before its call and loses nothing', async () => {
    await writer.done(await writer.intent(creation('10')), entry('10'));
    await fill();
    const attempts = Array.from({ length: 20 }, () => writer.intent(creation('11')));
    const failed = (await Promise.allSettled(attempts)).filter((one) => one.status === 'rejected');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]).toMatchObject({ reason: { code: 'journal-write-failed', written: 'nothing' } });
    await fs.rm(filler);
    await writer.intent(creation('12'));
    const { state, open, torn } = await store.read('acme');
    expect(state.resources).toEqual({ [keyOf('10')]: entry('10') });
    expect(open.at(-1)?.write.key).toBe(keyOf('12'));
    expect(torn).toBe(false);
  });

  it('keeps the old state, and puts the new one where there is room', async () => {
    const before = await fs.readFile(join(mountPoint, 'state/acme.json'));
    await fill();
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [keyOf(String(i)), entry(String(i))]),
    );
    const failure = writer.save((state) => ({ ...state, resources: many }));
    await expect(failure).rejects.toMatchObject({ code: 'state-write-failed', params: { reason: 'ENOSPC' } });
    expect(await fs.readFile(join(mountPoint, 'state/acme.json'))).toEqual(before);
  });
});
