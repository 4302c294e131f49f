import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnv } from '../child.ts';
import { linesOf } from '../fleet/shape.ts';
import type { Bench, Floor, Group, Row } from '../row.ts';
import { spreadOf } from '../sample.ts';

const env = { ...childEnv, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };

const measure = 'terraform: no-op plan';

/** Terraform's own floor: a plan without change of as many built-in resources, with nothing to talk to, beside ours of this run. */
export const terraform: Group = async (bench, before) => {
  const present = spawnSync('terraform', ['version'], { env }).status === 0;
  if (!present) return [{ measure, unit: 'ms', ours: null, floor: null, target: '', note: 'not present' }];
  return [...(await noOp(bench, before, 1000)), ...(await noOp(bench, before, 10_000))];
};

async function noOp(
  { rounds, folder, say }: Bench,
  before: readonly Row[],
  objects: number,
): Promise<readonly Row[]> {
  const size = objects.toLocaleString('en');
  say(`${measure}, ${size}`);
  const cwd = await folder(`terraform-${objects}`);
  await writeConfiguration(cwd, objects);
  const { status } = spawnSync('terraform', ['init', '-input=false'], { cwd, env });
  if (status !== 0) throw new Error('terraform init failed');
  const runs: { wallMs: number; peakMb: number }[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round += 1) runs.push(await planOnce(cwd));
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

/** Exit code 0 = no change: anything else is no measurement. */
async function planOnce(cwd: string): Promise<{ wallMs: number; peakMb: number }> {
  const begun = performance.now();
  const child = spawn('terraform', ['plan', '-input=false', '-lock=false', '-detailed-exitcode'], {
    cwd,
    env,
    stdio: 'ignore',
  });
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 20);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (code !== 0) throw new Error(`terraform plan ended with ${code}`);
  return { wallMs: performance.now() - begun, peakMb };
}

function peakOf(pid: number | undefined): number {
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kb ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Configuration and the state that an apply of it would have left: applying 10,000 takes Terraform many minutes. */
async function writeConfiguration(cwd: string, objects: number): Promise<void> {
  const lines = linesOf('c001', { clients: 1, extensions: objects, secrets: 0 });
  const inputs = lines.map(({ number, name, email, callerId }) => ({ number, name, email, callerId }));
  const blocks = inputs.map((input) => [`e${input.number}`, { input }] as const);
  const type = ['object', { number: 'string', name: 'string', email: 'string', callerId: 'string' }];
  const resources = inputs.map((value) => {
    const [input, id] = [{ value, type }, `id-${value.number}`];
    const attributes = { id, input, output: input, triggers_replace: null };
    const provider = 'provider["terraform.io/builtin/terraform"]';
    const instances = [{ schema_version: 0, attributes, sensitive_attributes: [] }];
    return { mode: 'managed', type: 'terraform_data', name: `e${value.number}`, provider, instances };
  });
  const state = {
    version: 4,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: '00000000-0000-4000-8000-000000000000',
    outputs: {},
    resources,
    check_results: null,
  };
  const configuration = { resource: { terraform_data: Object.fromEntries(blocks) } };
  await writeFile(join(cwd, 'main.tf.json'), JSON.stringify(configuration));
  await writeFile(join(cwd, 'terraform.tfstate'), JSON.stringify(state));
}
