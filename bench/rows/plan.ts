import { fileURLToPath } from 'node:url';
import { runNode } from '../child.ts';
import type { Shape } from '../fleet/shape.ts';
import { writeFleet } from '../fleet/workspace.ts';
import { type LabProcess, startLabProcess } from '../lab.ts';
import { alta } from '../product.ts';
import { type Bench, type Group, memoryRow, processRow, type Row } from '../row.ts';
import { exactly, inTurns } from '../sample.ts';

const floorProgram = fileURLToPath(new URL('../programs/floor-requests.js', import.meta.url));

/** A plan that finds nothing to do, beside the bare requests it cannot do without; and how many those are. */
export const plan: Group = async (bench) => {
  const rows: Row[] = [];
  rows.push(...(await noOp(bench, 10, 100, '≤ 1 s')));
  rows.push(...(await noOp(bench, 100, 100, '≤ 5 s')));
  rows.push(...(await noOp(bench, 10, 1000, '≤ 5 s')));
  return rows;
};

/** Requests that reading one large box takes. */
export const reading: Group = async (bench) => {
  const shape = { clients: 1, extensions: 2000, secrets: 20 };
  return inLab(bench, shape, async (lab, cwd) => {
    await alta(['plan'], { cwd });
    const counts = await lab.requests();
    const note = Object.entries(counts).map(
      ([path, count]) => `${path.split('/').slice(3).join('/')} ${count}`,
    );
    const about = { name: 'one request an extension', value: exactly(shape.extensions) };
    const ours = exactly(Object.values(counts).reduce((sum, count) => sum + count, 0));
    const measure = 'requests to read 2,000 extensions of one box';
    return [
      {
        measure,
        unit: 'requests',
        ours,
        floor: about,
        target: 'pages + 1, and the session',
        note: note.join(', '),
      },
    ];
  });
};

async function noOp(
  bench: Bench,
  clients: number,
  extensions: number,
  target: string,
): Promise<readonly Row[]> {
  const shape = { clients, extensions, secrets: bench.secrets };
  const label = `no-op plan, ${(clients * extensions).toLocaleString('en')} extensions (${clients} × ${extensions})`;
  return inLab(bench, shape, async (lab, cwd) => {
    const boxes = JSON.stringify(Object.values(lab.boxes));
    const ours = () => alta(['plan', '--detailed-exitcode'], { cwd });
    await ours();
    const counts = await lab.requests();
    const requests = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const times = await inTurns(bench.rounds, ours, () => runNode([floorProgram, boxes], { cwd }));
    const floor = { name: `bare Node, the same ${requests} requests`, costs: times.floor };
    const secrets = `${shape.secrets} encrypted SIP secrets`;
    return [
      processRow(label, target, times.ours, floor, secrets),
      memoryRow(`${label}, peak memory`, '≤ 250 MB', times.ours, floor),
    ];
  });
}

/** A workspace whose state already says what the boxes of its lab hold. */
async function inLab(
  { folder, say }: Bench,
  shape: Shape,
  work: (lab: LabProcess, cwd: string) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  say(`plan, ${shape.clients} × ${shape.extensions}`);
  const cwd = await folder(`plan-${shape.clients}-${shape.extensions}`);
  const lab = await startLabProcess(shape);
  try {
    await writeFleet(cwd, shape, (client) => {
      const box = lab.boxes[client];
      if (box === undefined) throw new Error(`no box of ${client}`);
      return box;
    });
    await alta(['apply', '--yes'], { cwd });
    await lab.requests();
    return await work(lab, cwd);
  } finally {
    await lab.stop();
  }
}
