import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { acquireLease } from '../../../engine/state/index.ts';
import { end, folder, linesOf, sharedLog, start, until } from './processes.ts';
import { realClock, realIo } from './workers/setting.ts';

it('lets exactly one of fifty processes write at any moment, some of them dying at work', async () => {
  const directory = await folder();
  const log = await sharedLog(directory, 'log');
  const farewells = Array.from({ length: 50 }, (_, i) => (i % 5 === 4 ? 'die' : 'release'));
  const children = await Promise.all(farewells.map((bye) => start('contender', [directory, log, bye])));
  const ends = await Promise.all(children.map(end));
  expect(ends).toEqual(farewells.map((bye) => (bye === 'die' ? 'SIGKILL' : 0)));
  const epochs = Array.from({ length: 50 }, (_, i) => i + 1);
  expect(await linesOf(log)).toEqual(epochs.flatMap((epoch) => [`start ${epoch}`, `end ${epoch}`]));
}, 60_000);

/** `/proc/<pid>/stat` shows `T` for a stopped process. */
async function isStopped(pid: number | undefined): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
}

it.skipIf(process.platform !== 'linux').each([
  ['between-writes', 'lease-lost'],
  ['lease:linked', 'lease-held'],
  ['lease:renewed', 'lease-lost'],
])(
  'writes nothing after a sleep (%s) in which somebody else took over',
  async (place, error) => {
    const directory = await folder();
    const log = await sharedLog(directory, 'log');
    const sleeper = await start('sleeper', [directory, log, place]);
    await until(() => isStopped(sleeper.pid));
    const before = (await linesOf(log)).length;
    const options = { user: 'luis', command: 'apply', waitMs: 15_000 };
    const lease = await acquireLease(realIo(), directory, 'client-acme', options);
    sleeper.kill('SIGCONT');
    expect(await end(sleeper)).toBe(0);
    expect((await linesOf(log)).slice(before)).toEqual([error]);
    expect(() => lease.assertHeld()).not.toThrow();
    await lease.release();
  },
  20_000,
);

it('frees the lease of a process killed on the same host at once', async () => {
  const directory = await folder();
  const holder = await start('holder', [directory]);
  await new Promise((resolve) => holder.stdout?.once('data', resolve));
  const options = { user: 'luis', command: 'apply' };
  await expect(acquireLease(realIo(), directory, 'client-acme', options)).rejects.toMatchObject({
    code: 'lease-held',
    params: { pid: holder.pid },
  });
  holder.kill('SIGKILL');
  await end(holder);
  const began = realClock.elapsed();
  const lease = await acquireLease(realIo(), directory, 'client-acme', options);
  expect(realClock.elapsed() - began).toBeLessThan(1000);
  expect(lease.epoch).toBe(2);
  await lease.release();
}, 20_000);
