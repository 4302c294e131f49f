/**
 * A small apply that kills itself at a crash point: the first of a name, or the n-th of all. The target is a log of writes; a second log holds what was
 * acknowledged, a third where it was killed. Like every apply it first settles what the one before left open, by reading the target.
 */
import { readFileSync } from 'node:fs';
import { createLocalStore } from '../../../../engine/state/index.ts';
import { entryOf, writeOf } from './resources.ts';
import { argument, log, realIo } from './setting.ts';

const [workspace, target, acknowledged] = [argument(0), argument(1), argument(2)];
const [killed, run, killAt] = [argument(3), argument(4), argument(5)];
const keys = ['10', '11', '12', '13'];

let points = 0;
const io = realIo((point) => {
  points += 1;
  if (killAt !== point && killAt !== String(points)) return;
  log(killed, point);
  process.kill(process.pid, 'SIGKILL');
});

/** What the target holds under a key: the last line written. */
function read(key: string): string | undefined {
  const lines = readFileSync(target, 'utf8').trim().split('\n');
  return lines.findLast((line) => line.startsWith(`${key} `))?.split(' ')[1];
}

const options = { workspace, path: 'state', ci: false, altaVersion: '0.1.0', temporary: workspace };
const store = createLocalStore(io, options);
const lease = await store.lease('client-acme', { user: 'ana', command: 'apply', waitMs: 5000 });
const writer = await store.openWriter('acme', lease);
for (const { seq, write } of writer.recovered.open) {
  const happened = write.after !== null && read(write.after.key) === write.after.values.name;
  if (happened && write.after !== null) await writer.done(seq, { ...write.after, appliedAt: 'recovered' });
  else await writer.failed(seq, 'nothing');
}
const startedAt = '2026-01-01T00:00:00.000Z';
await writer.begin({
  digest: run,
  epoch: lease.epoch,
  startedAt,
  writes: keys.map((key) => writeOf(key, run)),
});
await writer.commitPending('lab/301', 'acme/pbx:main');
await Promise.all(
  keys.map(async (key) => {
    const seq = await writer.intent(writeOf(key, run));
    await lease.mayWrite(1000);
    log(target, `${key} ${run}`);
    await writer.done(seq, entryOf(key, run));
    log(acknowledged, `${key} ${run}`);
  }),
);
await writer.committed('lab/301');
await writer.save((state) => ({ ...state, pending: null }));
await writer.close();
await lease.release();
