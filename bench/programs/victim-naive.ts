/** The floor of state keeping: the whole state written over the old one after every change. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { entryOf } from './store.ts';

const [workspace = '', objects = '0'] = process.argv.slice(2);
const resources = Array.from({ length: Number(objects) }, (_, n) => entryOf(String(1000 + n), 'first'));
for (let run = 0; ; run += 1) {
  const key = String(1000 + (run % resources.length));
  resources[run % resources.length] = entryOf(key, `run ${run}`);
  writeFileSync(join(workspace, 'naive.json'), JSON.stringify(resources, null, 2));
  if (run === 0) process.send?.('ready');
  await setImmediate();
}
