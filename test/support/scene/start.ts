import { expect } from 'vitest';
import { providerAddress } from '../../../stacks/address.ts';
import type { Reattach } from '../../../stacks/plugin/index.ts';
import { type Outcome, openStack, type Running } from '../terraform.ts';

export interface StartOptions {
  readonly reattach: Reattach;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the real Terraform in a folder, with the drivers where they are served. */
export async function startTerraform(
  folder: string,
  args: readonly string[],
  { reattach, environment }: StartOptions,
): Promise<Running> {
  const stack = await openStack('', { reattach: { [providerAddress]: reattach }, environment });
  const running = stack.start([`-chdir=${folder}`, ...args]);
  return { ...running, outcome: running.outcome.finally(stack.remove) };
}

/** Runs, and demands an exit code; what was said. */
export async function demand(
  code: number,
  args: readonly string[],
  run: () => Promise<Outcome>,
): Promise<string> {
  const outcome = await run();
  expect(outcome.code, `terraform ${args.join(' ')}\n${outcome.output}`).toBe(code);
  return outcome.output;
}
