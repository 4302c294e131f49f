import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from '../child.ts';
import { writeFleet } from '../fleet/workspace.ts';
import { alta } from '../product.ts';
import { type Group, memoryRow, processRow, type Row } from '../row.ts';
import { inTurns } from '../sample.ts';

const floorProgram = fileURLToPath(new URL('../programs/floor-yaml.js', import.meta.url));
const nowhere = { driver: 'yeastar', pin: null, username: 'api', password: 'unused' };

/** `validate` of 10,000 extensions beside a bare parse of the same bytes, without and with the parse cache. */
export const validate: Group = async (bench) => {
  const many = await validateOf(bench, 100, 100);
  const large = await validateOf(bench, 10, 1000);
  return [...many, ...large];
};

async function validateOf(
  { rounds, secrets, folder, say }: Parameters<Group>[0],
  clients: number,
  extensions: number,
): Promise<readonly Row[]> {
  const shape = { clients, extensions, secrets };
  const label = `validate, 10,000 extensions (${clients} × ${extensions})`;
  say(label);
  const cwd = await folder(`validate-${clients}`);
  await writeFleet(cwd, shape, (client) => ({ ...nowhere, url: `https://${client}.example` }));
  const floor = () => runNode([floorProgram], { cwd });
  const warm = () => alta(['validate'], { cwd });
  const cold = async () => {
    await rm(join(cwd, '.alta', 'cache'), { recursive: true, force: true });
    return warm();
  };
  const first = await inTurns(rounds, cold, floor);
  const again = await inTurns(rounds, warm, floor);
  const bare = (costs: typeof first.floor) => ({ name: 'bare yaml parse', costs });
  return [
    processRow(`${label}, cold`, '≤ 3 s', first.ours, bare(first.floor)),
    processRow(`${label}, warm`, '≤ 0.7 s', again.ours, bare(again.floor)),
    memoryRow(`${label}, peak memory, cold`, '≤ 250 MB', first.ours, bare(first.floor)),
  ];
}
