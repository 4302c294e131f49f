import { fileURLToPath } from 'node:url';
import { runNode } from '../child.ts';
import type { Bench, Group, Row } from '../row.ts';
import { spreadOf } from '../sample.ts';

const program = fileURLToPath(new URL('../programs/apply-memory.js', import.meta.url));

/** Our own work for each applied change, on a target that answers at once. Flat = it does not grow with the objects. */
export const overhead: Group = async (bench) => {
  const rows: Row[] = [];
  for (const [objects, changes] of [
    [100, 100],
    [1000, 1000],
    [10_000, 10_000],
    [10_000, 100],
  ] as const) {
    rows.push(await perChange(bench, objects, changes));
  }
  return rows;
};

async function perChange({ rounds, say }: Bench, objects: number, changes: number): Promise<Row> {
  const size = (count: number) => count.toLocaleString('en');
  const whole = changes === objects;
  const measure = whole
    ? `own overhead per change, ${size(changes)} changes`
    : `own overhead per change, ${size(changes)} changes among ${size(objects)} objects`;
  say(measure);
  const runs: { readonly ours: number; readonly floor: number }[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    const { stdout } = await runNode([program, String(objects), String(changes)], { cwd: '/' });
    runs.push(JSON.parse(stdout) as { ours: number; floor: number });
  }
  return {
    measure,
    unit: 'ms',
    ours: spreadOf(runs.map(({ ours }) => ours)),
    floor: { name: 'bare append + fdatasync, twice', value: spreadOf(runs.map(({ floor }) => floor)) },
    target: whole ? '≤ 2 ms, flat' : '',
    ...(whole ? {} : { note: 'what an apply costs once, shared by few changes' }),
  };
}
