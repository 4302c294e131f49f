import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { crashPoints, createLocalStore, type StateStore } from '../../../engine/state/index.ts';
import { end, folder, linesOf, sharedLog, start } from './processes.ts';
import { entryOf, keyOf, writeOf } from './workers/resources.ts';
import { realIo } from './workers/setting.ts';

/** At least this many processes are killed. */
const KILLS = Number(process.env.ALTA_KILLS ?? 200);

interface Scene {
  readonly workspace: string;
  readonly target: string;
  readonly acknowledged: string;
  readonly killed: string;
  readonly store: StateStore;
}

async function scene(): Promise<Scene> {
  const workspace = await folder();
  const options = { workspace, path: 'state', ci: false, altaVersion: '0.1.0', temporary: workspace };
  return {
    workspace,
    target: await sharedLog(workspace, 'target'),
    acknowledged: await sharedLog(workspace, 'acknowledged'),
    killed: await sharedLog(workspace, 'killed'),
    store: createLocalStore(realIo(), options),
  };
}

/** Key → the last value that a log holds for it. */
async function lastOf(log: string): Promise<Map<string, string>> {
  return new Map((await linesOf(log)).map((line) => line.split(' ') as [string, string]));
}

/** Every rule that state breaks after a kill; none is the promise. */
async function violations({ store, target, acknowledged }: Scene): Promise<string[]> {
  const { state, open } = await store.read('acme');
  const [written, known] = [await lastOf(target), await lastOf(acknowledged)];
  return [...written].flatMap(([key, value]) => {
    const held = state.resources[keyOf(key)]?.values.name;
    const isOpen = open.some((intent) => intent.write.key === keyOf(key));
    if (known.get(key) === value && held !== value) return [`lost: ${key} ${value}, state has ${held}`];
    return held === value || isOpen ? [] : [`unknown to state: ${key} ${value}`];
  });
}

/** How one apply ends that kills itself at a crash point, given by name or by number. */
async function apply(s: Scene, run: string, killAt: string): Promise<number | string> {
  const logs = [s.target, s.acknowledged, s.killed];
  return end(await start('applier', [s.workspace, ...logs, run, killAt]));
}

/** A run is over long before its lease is renewed for the first time. */
const reachable = crashPoints.filter((point) => point !== 'lease:renewed');

/** Kills applies until enough are dead: at each crash point by name, then each one point later than the one before. */
async function killAgainAndAgain(s: Scene, lane: string, kills: number): Promise<string[]> {
  const found: string[] = [];
  let point = 0;
  for (let killed = 0, run = 0; killed < kills; run += 1) {
    const name = reachable[run];
    if (name === undefined) point += 1;
    const how = await apply(s, `${lane}${run}`, name ?? String(point));
    found.push(...(await violations(s)));
    if (how === 'SIGKILL') killed += 1;
    else if (how === 0) point = 0;
    else return [...found, `run ${run} failed with ${how}`];
  }
  return found;
}

it(
  `loses nothing acknowledged, and no write unseen, over ${KILLS} kills at every crash point`,
  async () => {
    const scenes = { a: await scene(), b: await scene() };
    const half = Math.ceil(KILLS / 2);
    const lanes = Object.entries(scenes).map(([lane, s]) => killAgainAndAgain(s, lane, half));
    expect((await Promise.all(lanes)).flat()).toEqual([]);
    const killed = [...(await linesOf(scenes.a.killed)), ...(await linesOf(scenes.b.killed))];
    expect(killed.length).toBeGreaterThanOrEqual(KILLS);
    expect(new Set(killed)).toEqual(new Set(reachable));
  },
  60_000 + KILLS * 500,
);

it('ends with everything applied and nothing left over once nobody is killed', async () => {
  const s = await scene();
  await killAgainAndAgain(s, 'a', reachable.length);
  expect(await apply(s, 'last', 'never')).toBe(0);
  const { state, open, torn } = await s.store.read('acme');
  const names = Object.values(state.resources).map((entry) => entry.values.name);
  expect({ names, pending: state.pending, open, torn }).toEqual({
    names: ['last', 'last', 'last', 'last'],
    pending: null,
    open: [],
    torn: false,
  });
}, 60_000);

/** A run that stops after three changes, without saving: its journal's path and content, and where each change ends. */
async function unsavedRun({ store, workspace }: Scene) {
  const lease = await store.lease('client-acme', { user: 'ana', command: 'apply' });
  const writer = await store.openWriter('acme', lease);
  const startedAt = '2026-01-01T00:00:00.000Z';
  const path = join(workspace, `state/acme.journal.${lease.epoch}`);
  const ends: number[] = [];
  await writer.begin({ digest: 'sha256:plan', epoch: lease.epoch, startedAt, writes: [] });
  for (const key of ['10', '11', '12']) {
    const write = writeOf(key, 'torn');
    await writer.done(await writer.intent(write), entryOf(key, 'torn'));
    ends.push((await readFile(path)).length);
  }
  await writer.close();
  await lease.release();
  return { path, ends, journal: await readFile(path) };
}

it('costs nothing but the torn record itself to cut a journal at any byte', async () => {
  const s = await scene();
  const { path, ends, journal } = await unsavedRun(s);
  const held: number[] = [];
  for (const cut of journal.keys()) {
    await writeFile(path, journal.subarray(0, cut));
    held.push(Object.keys((await s.store.read('acme')).state.resources).length);
  }
  expect(held).toEqual([...journal.keys()].map((cut) => ends.filter((end) => end <= cut).length));
}, 30_000);
