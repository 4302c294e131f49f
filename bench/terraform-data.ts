import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnv } from './child.ts';
import { linesOf } from './fleet/shape.ts';

const env = { ...childEnv, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };

/** Whether there is a Terraform to measure. */
export function terraformPresent(): boolean {
  return spawnSync('terraform', ['version'], { env }).status === 0;
}

/** What one plan cost. */
export interface TerraformCost {
  readonly wallMs: number;
  readonly peakMb: number;
}

/** A plan without change of as many built-in resources in an empty folder: Terraform's own floor, with nothing to talk to. */
export async function terraformData(cwd: string, objects: number): Promise<() => Promise<TerraformCost>> {
  await writeConfiguration(cwd, objects);
  const { status } = spawnSync('terraform', ['init', '-input=false'], { cwd, env });
  if (status !== 0) throw new Error('terraform init failed');
  return () => planOnce(cwd);
}

/** Exit code 0 = no change: anything else is no measurement. */
async function planOnce(cwd: string): Promise<TerraformCost> {
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
