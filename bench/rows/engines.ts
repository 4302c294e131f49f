import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cost } from '../child.ts';
import { clientNames, type Shape } from '../fleet/shape.ts';
import { writeFleet } from '../fleet/workspace.ts';
import { type LabProcess, startLabProcess } from '../lab.ts';
import { alta } from '../product.ts';
import type { Bench, Group, Row } from '../row.ts';
import { spreadOf } from '../sample.ts';
import { type TerraformCost, terraformData, terraformPresent } from '../terraform-data.ts';

const measure = 'one client, no-op plan';

/**
 * The same client under both engines: a plan that finds nothing to do by `alta plan` and by `alta terraform -- plan`, each beside Terraform's
 * floor of as many built-in resources. The three run in turns. Processor time is that of Node: what Terraform itself uses is not in it.
 */
export const engines: Group = async (bench) => {
  if (!terraformPresent()) {
    return [{ measure, unit: 'ms', ours: null, floor: null, target: '', note: 'terraform not present' }];
  }
  return [...(await noOp(bench, 100)), ...(await noOp(bench, 1000))];
};

async function noOp(bench: Bench, extensions: number): Promise<readonly Row[]> {
  const { folder, say } = bench;
  const shape: Shape = { clients: 1, extensions, secrets: 20 };
  say(`engines, ${extensions}`);
  const [own, other] = [
    await folder(`engine-alta-${extensions}`),
    await folder(`engine-terraform-${extensions}`),
  ];
  const lab = await startLabProcess(shape);
  try {
    await layOut(own, shape, lab);
    await alta(['apply', '--yes'], { cwd: own });
    await cp(own, other, { recursive: true });
    await handOver(other, shape);
    say(`engines, ${extensions}: Terraform imports`);
    const imported = await alta(['terraform', '--', 'apply', '-auto-approve', '-input=false'], {
      cwd: other,
    });
    const floor = await terraformData(await folder(`engine-floor-${extensions}`), extensions);
    const times = await inTurns(Math.min(bench.rounds, 5), { own, other, floor });
    return rowsOf(extensions, times, imported);
  } finally {
    await lab.stop();
  }
}

async function layOut(cwd: string, shape: Shape, lab: LabProcess): Promise<void> {
  await writeFleet(cwd, shape, (client) => {
    const box = lab.boxes[client];
    if (box === undefined) throw new Error(`no box of ${client}`);
    return box;
  });
}

async function handOver(cwd: string, shape: Shape): Promise<void> {
  for (const client of clientNames(shape)) {
    const path = join(cwd, 'clients', client, 'client.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('kind: Client\n', 'kind: Client\nengine: terraform\n'));
  }
}

interface Ways {
  /** Workspace of the embedded engine. */
  readonly own: string;
  /** The same workspace, given to Terraform. */
  readonly other: string;
  readonly floor: () => Promise<TerraformCost>;
}

interface Times {
  readonly own: readonly Cost[];
  readonly other: readonly Cost[];
  readonly floor: readonly TerraformCost[];
}

async function inTurns(rounds: number, { own, other, floor }: Ways): Promise<Times> {
  const times = { own: [] as Cost[], other: [] as Cost[], floor: [] as TerraformCost[] };
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(await floor());
    times.own.push(await alta(['plan', '--detailed-exitcode'], { cwd: own }));
    times.other.push(await alta(['terraform', '--', 'plan', '-detailed-exitcode'], { cwd: other }));
  }
  return times;
}

function rowsOf(extensions: number, { own, other, floor }: Times, imported: Cost): readonly Row[] {
  const size = extensions.toLocaleString('en');
  const beside = {
    name: `terraform plan, ${size} terraform_data`,
    value: spreadOf(floor.map(({ wallMs }) => wallMs)),
  };
  const row = (way: string, costs: readonly Cost[], target: string): Row => ({
    measure: `${measure}, ${size} extensions: ${way}`,
    unit: 'ms',
    ours: spreadOf(costs.map(({ wallMs }) => wallMs)),
    cpuMs: spreadOf(costs.map(({ cpuMs }) => cpuMs)),
    floor: beside,
    target,
  });
  return [
    row('alta plan', own, extensions === 1000 ? '≤ 1 s' : ''),
    row('alta terraform -- plan', other, 'for comparison'),
    row('alta terraform -- apply, once, importing all', [imported], 'for comparison'),
  ];
}
