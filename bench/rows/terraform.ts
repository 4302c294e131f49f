import type { Bench, Floor, Group, Row } from '../row.ts';
import { spreadOf } from '../sample.ts';
import { type TerraformCost, terraformData, terraformPresent } from '../terraform-data.ts';

const measure = 'terraform: no-op plan';

/** Terraform's own floor: a plan without change of as many built-in resources, with nothing to talk to, beside ours of this run. */
export const terraform: Group = async (bench, before) => {
  if (!terraformPresent())
    return [{ measure, unit: 'ms', ours: null, floor: null, target: '', note: 'not present' }];
  return [...(await noOp(bench, before, 1000)), ...(await noOp(bench, before, 10_000))];
};

async function noOp(
  { rounds, folder, say }: Bench,
  before: readonly Row[],
  objects: number,
): Promise<readonly Row[]> {
  const size = objects.toLocaleString('en');
  say(`${measure}, ${size}`);
  const planOnce = await terraformData(await folder(`terraform-${objects}`), objects);
  const runs: TerraformCost[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round += 1) runs.push(await planOnce());
  const label = `${measure}, ${size} terraform_data`;
  const wall = spreadOf(runs.map(({ wallMs }) => wallMs));
  const peak = spreadOf(runs.map(({ peakMb }) => peakMb));
  const target = 'for comparison';
  return [
    { measure: label, unit: 'ms', ours: wall, floor: alta(before, size, 'ms'), target },
    { measure: `${label}, peak memory`, unit: 'MB', ours: peak, floor: alta(before, size, 'MB'), target },
  ];
}

/** Our own plan of as many extensions, where this run has measured it. */
function alta(before: readonly Row[], size: string, unit: Row['unit']): Floor | null {
  const row = before.find((one) => one.unit === unit && one.measure.startsWith(`no-op plan, ${size} `));
  return row === undefined || row.ours === null ? null : { name: 'alta plan', value: row.ours };
}
