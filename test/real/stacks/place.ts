import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Desired, Target } from '../../../engine/model/index.ts';
import { providerAddress } from '../../../stacks/address.ts';
import { serve } from '../../../stacks/plugin/index.ts';
import { type Known, nothingKnown, readKnown } from '../../../stacks/synth/known.ts';
import type { StackInput, StackResult } from '../../../stacks/synth/stack.ts';
import { writeStacks } from '../../../stacks/synth/write.ts';
import { type Echo, echoProvider } from '../../support/echo-provider.ts';
import { nullAddress, nullProvider } from '../../support/null-provider.ts';
import { type Outcome, openStack } from '../../support/terraform.ts';
import { stack } from '../../unit/stacks/fixture.ts';

/** The stack of the client `acme`, with the real Terraform and a stand-in for the provider. */
export interface StackPlace {
  readonly echo: Echo;
  /** Synthesises from what Terraform's state holds now, and runs Terraform on it. */
  run(desired: Wanted, ...args: readonly string[]): Promise<Outcome & Pick<StackResult, 'diagnostics'>>;
  known(): Promise<Known>;
  /** What the gate starts in place of alta; it prints its arguments into `arguments` and ends with this code. */
  alta(code: number): Promise<void>;
  arguments(): Promise<string>;
}

/** What the YAML says, and whatever else a stack rests on. */
export interface Wanted extends Partial<StackInput> {
  readonly targets: readonly Target[];
  readonly desired: readonly Desired[];
}

/** Everything goes with the test. `keys`: address of a target → its natural key; default: `memory:<label>` as in the fixtures. */
export async function openPlace(keys: Readonly<Record<string, string>> = {}): Promise<StackPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-stacks-real-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const echo = await echoProvider((target) => keys[target] ?? usualKey(target));
  const [alta, nulls] = await Promise.all([serve(echo.provider), serve(nullProvider)]);
  onTestFinished(() => Promise.all([alta.close(), nulls.close()]).then(() => undefined));
  const program = join(folder, 'alta');
  const terraform = await openStack('', {
    reattach: { [providerAddress]: alta.reattach, [nullAddress]: nulls.reattach },
    environment: { ALTA_PROGRAM: program, ALTA_WORKSPACE: folder },
  });
  onTestFinished(() => terraform.remove());
  const stackFolder = join(folder, 'stacks', 'acme');
  const known = async (): Promise<Known> => {
    const text = await readFile(join(stackFolder, 'acme.tfstate'), 'utf8').catch(() => null);
    return text === null ? nothingKnown : readKnown(text, 'acme.tfstate');
  };
  let initialised = false;
  return {
    echo,
    known,
    run: async ({ targets, desired, ...parts }, ...args) => {
      const made = stack(targets, desired, { known: await known(), ...parts });
      writeStacks([made.stack], folder);
      if (!initialised) {
        const { code, output } = await terraform.run(`-chdir=${stackFolder}`, 'init');
        expect(code, output).toBe(0);
        initialised = true;
      }
      const outcome = await terraform.run(`-chdir=${stackFolder}`, ...args);
      return { ...outcome, diagnostics: made.diagnostics };
    },
    alta: async (code) => {
      await writeFile(program, `#!/bin/sh\necho "$@" > '${join(folder, 'arguments')}'\nexit ${code}\n`);
      await chmod(program, 0o700);
    },
    arguments: () => readFile(join(folder, 'arguments'), 'utf8'),
  };
}

/** As `pbx` and `device` of the fixtures have it. */
function usualKey(target: string): string {
  const [, kind, label] = /\/(pbx|device):(.*)$/.exec(target) ?? [];
  return kind === 'pbx' ? `memory:${label}` : `mac:${label}`;
}
