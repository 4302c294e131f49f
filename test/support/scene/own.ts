import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { providerAddress } from '../../../stacks/address.ts';
import type { Running } from '../terraform.ts';
import type { OwnStack } from './contract.ts';
import { demand } from './start.ts';

/** A folder with a configuration for Terraform that names the provider, and no backend: it needs no `init`. */
export async function openOwn(
  configuration: object,
  start: (folder: string, args: readonly string[]) => Promise<Running>,
): Promise<OwnStack> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-own-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const terraform = { required_providers: { alta: { source: providerAddress } } };
  const write = (own: object) =>
    writeFile(join(folder, 'main.tf.json'), JSON.stringify({ terraform, ...own }, null, 2));
  await write(configuration);
  const run: OwnStack['run'] = async (...args) => (await start(folder, args)).outcome;
  return { folder, write, run, ends: (code, ...args) => demand(code, args, () => run(...args)) };
}
