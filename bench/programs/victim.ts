/** Writes state without end, the way an apply does: begin, journal, save. Says `ready` once it is in the middle of it. */
import { asker, client, entryOf, openStore, writeOf } from './store.ts';

const [workspace = '', objects = '0'] = process.argv.slice(2);
const store = openStore(workspace);
const lease = await store.lease(`client-${client}`, { ...asker, waitMs: 60_000 });
const writer = await store.openWriter(client, lease);
for (const { seq, write } of writer.recovered.open) await writer.done(seq, entryOf(write.key, 'recovered'));

const all = Object.fromEntries(
  Array.from({ length: Number(objects) }, (_, n) => [String(1000 + n), entryOf(String(1000 + n), 'first')]),
);
await writer.save((state) => ({ ...state, resources: { ...all, ...state.resources }, pending: null }));
for (let run = 0; ; run += 1) {
  const keys = Array.from({ length: 5 }, (_, n) => String(1000 + ((run * 5 + n) % Number(objects))));
  const writes = keys.map((key) => writeOf(key, `run ${run}`));
  await writer.begin({ digest: 'bench', epoch: lease.epoch, startedAt: '2026-01-01T00:00:00.000Z', writes });
  if (run === 0) process.send?.('ready');
  for (const write of writes) await writer.done(await writer.intent(write), entryOf(write.key, `run ${run}`));
  await writer.save((state) => ({ ...state, pending: null }));
}
