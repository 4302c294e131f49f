import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../stacks/plugin/index.ts';
import { missingTerraform, openStack, type Stack, terraformNote } from '../support/terraform.ts';
import { toyAddress, toyProvider } from '../support/toy-provider.ts';
import { readStore } from '../support/toy-store.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-reattach.test.ts${terraformNote}`);

let serving: Serving;
let folder: string;
let store: string;
let stack: Stack;

beforeEach(async () => {
  serving = await serve(toyProvider);
  folder = mkdtempSync(join(tmpdir(), 'alta-toy-'));
  store = join(folder, 'store.json');
});
afterEach(async () => {
  await stack?.remove();
  await serving.close();
  rmSync(folder, { recursive: true, force: true });
});

const head = (path: string) => `
terraform {
  required_providers { toy = { source = "${toyAddress}" } }
}
provider "toy" { store = "${path}" }
`;

async function open(body: string): Promise<Stack> {
  stack = await openStack(head(store) + body, { reattach: { [toyAddress]: serving.reattach } });
  return stack;
}

/** Runs Terraform and demands its exit code; what it said. */
async function ends(code: number, ...args: readonly string[]): Promise<string> {
  const outcome = await stack.run(...args);
  expect(outcome.code, outcome.output).toBe(code);
  return outcome.output;
}

const thing = (name: string, more = '') => `resource "toy_thing" "a" {\n name = "${name}"\n ${more}\n}\n`;

describe.skipIf(missingTerraform !== null)(`terraform under reattach${terraformNote}`, () => {
  it('plans, applies, sees no change, sees drift, repairs, replaces and destroys', async () => {
    await open(thing('desk', 'secret = "canary-4711"\n secret_version = 1\n size = 0.1'));
    await ends(2, 'plan', '-detailed-exitcode');
    await ends(0, 'apply', '-auto-approve');
    await ends(0, 'plan', '-detailed-exitcode');
    expect(await stack.state()).not.toContain('canary');
    const [made] = Object.values(readStore(store).things);
    expect(made).toMatchObject({ name: 'desk', secret: 'canary-4711', size: 0.1, serial: 1 });
  });
});
