import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnv } from '../child.ts';
import { asker, client, openStore } from '../programs/store.ts';
import type { Group, Row } from '../row.ts';
import { exactly, spreadOf } from '../sample.ts';

/** Objects in the state of the killed processes. */
const objects = 1000;
/** A victim lives at most this long after it began to write, ms: several of its rounds. */
const longestLifeMs = 120;
/** A lease's TTL, ms. */
const ttlMs = 60_000;

/** What SIGKILL leaves behind. */
export const crash: Group = async (bench) => [await unreadable(bench), await stuckLock(bench)];

async function unreadable({ kills, folder, say }: Parameters<Group>[0]): Promise<Row> {
  const [ours, naive] = [await folder('killed'), await folder('killed-naive')];
  const [store, seed] = [openStore(ours), { value: 1 }];
  let [lost, lostNaive] = [0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    if (kill % 50 === 0) say(`kill ${kill} of ${kills}`);
    const lifeMs = random(seed) * longestLifeMs;
    await killWhileWriting('victim', ours, lifeMs);
    lost += (await isReadable(() => store.read(client))) ? 0 : 1;
    await killWhileWriting('victim-naive', naive, lifeMs);
    lostNaive += (await isReadable(async () => JSON.parse(await readFile(join(naive, 'naive.json'), 'utf8'))))
      ? 0
      : 1;
  }
  return {
    measure: `unreadable state after SIGKILL, ${kills} kills`,
    unit: 'of kills',
    ours: exactly(lost),
    floor: { name: 'writing the whole file over', value: exactly(lostNaive) },
    target: '0 of 1,000',
  };
}

async function isReadable(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch {
    return false;
  }
}

async function killWhileWriting(name: string, workspace: string, lifeMs: number): Promise<void> {
  const child = await started(name, [workspace, String(objects)]);
  await setTimeout(lifeMs);
  await killed(child);
}

async function stuckLock({ rounds, folder, say }: Parameters<Group>[0]): Promise<Row> {
  say('lock');
  const workspace = await folder('lock');
  const waits: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await killed(await started('holder', [workspace]));
    const begun = performance.now();
    const lease = await openStore(workspace).lease(`client-${client}`, { ...asker, waitMs: 2 * ttlMs });
    waits.push(performance.now() - begun);
    await lease.release();
  }
  return {
    measure: 'lock stuck after SIGKILL, next process on the same machine',
    unit: 'ms',
    ours: spreadOf(waits),
    floor: { name: 'one lease', value: exactly(ttlMs) },
    target: '≤ one lease',
  };
}

async function started(name: string, args: readonly string[]) {
  const program = fileURLToPath(new URL(`../programs/${name}.js`, import.meta.url));
  const child = fork(program, args, { env: childEnv });
  const gone = once(child, 'exit').then(() => {
    throw new Error(`${name} ended by itself`);
  });
  await Promise.race([once(child, 'message'), gone]);
  gone.catch(() => {});
  return child;
}

async function killed(child: ReturnType<typeof fork>): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** mulberry32: the same lives in every run. */
function random(seed: { value: number }): number {
  seed.value = (seed.value + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed.value ^ (seed.value >>> 15), 1 | seed.value);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
