import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '../../../engine/model/index.ts';
import type { Disk, Io, StateStore, StateWriter } from '../../../engine/state/index.ts';
import { createLocalStore } from '../../../engine/state/local.ts';
import { folder, manualClock, standingLease, testIo } from './kit.ts';

export interface Scene {
  readonly root: string;
  readonly temporary: string;
  readonly io: Io;
  readonly store: StateStore;
  open(epoch?: number): Promise<StateWriter>;
  files(): Promise<string[]>;
  path(name: string): string;
}

export const clock = { ...manualClock(), sleep: async () => {} };

export async function scene(disk: Partial<Disk> = {}, ci = false): Promise<Scene> {
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

export const ended = (state: State): State => ({ ...state, pending: null });
export const stored = async (s: Scene): Promise<State> =>
  JSON.parse(await fs.readFile(s.path('acme.json'), 'utf8'));
