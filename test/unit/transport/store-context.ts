import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realClock } from '../../../providers/transport/clock.ts';
import type { StoreContext } from '../../../providers/transport/store.ts';
import { contextOf } from './servers.ts';

/** A context whose log is kept. */
export function storeContext(root: string, change: Partial<StoreContext> = {}) {
  const lines: string[] = [];
  const log = (event: string, facts: object) => lines.push(`${event} ${JSON.stringify(facts)}`);
  const context: StoreContext = { ...contextOf(), clock: realClock, root, log, ...change };
  return { context, lines };
}

/** A folder for the tests of one file. */
export async function temporaryFolder(name: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), `alta-${name}-`));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
