import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtProduct } from '../support/build.ts';
import { writeMirror } from '../support/mirror.ts';
import { nullAddress } from '../support/null-provider.ts';
import { missingTerraform, openStack, type Stack, terraformNote } from '../support/terraform.ts';
import { toyAddress } from '../support/toy-provider.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-mirror.test.ts${terraformNote}`);

let folder: string;
let store: string;
let stack: Stack | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alta-toy-'));
  store = join(folder, 'store.json');
});
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function open(body: string, environment: Record<string, string> = {}): Promise<Stack> {
  const built = await builtProduct();
  const program = (name: string) => join(built, `test/support/${name}-provider-main.js`);
  const cliConfig = await writeMirror(join(folder, 'mirror'), [
    { address: toyAddress, version: '0.1.0', program: program('toy') },
    { address: nullAddress, version: '3.2.4', program: program('null') },
  ]);
  const head = `
terraform {
  required_providers {
    toy  = { source = "${toyAddress}" }
    null = { source = "hashicorp/null" }
  }
}
provider "toy" { store = "${store}" }
`;
  stack = await openStack(head + body, { cliConfig, environment });
  return stack;
}

/** Runs Terraform and demands its exit code; what it said. */
async function ends(code: number, ...args: readonly string[]): Promise<string> {
  const outcome = await (stack as Stack).run(...args);
  expect(outcome.code, outcome.output).toBe(code);
  return outcome.output;
}

const thing = (name: string, more = '') => `resource "toy_thing" "a" {\n name = "${name}"\n ${more}\n}\n`;

describe.skipIf(missingTerraform !== null)(`terraform starts providers from a mirror${terraformNote}`, () => {
  it('lives its whole life', async () => {
    await open(thing('desk', 'secret = "canary-4711"\n secret_version = 1'));
    await ends(0, 'init');
    await ends(2, 'plan', '-detailed-exitcode');
    await ends(0, 'apply', '-auto-approve');
    await ends(0, 'plan', '-detailed-exitcode');
    await ends(0, 'destroy', '-auto-approve');
  });
});
