import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProvider } from '../../scripts/bundle-provider.mjs';
import { writeMirror } from '../support/mirror.ts';
import { nullAddress } from '../support/null-provider.ts';
import { missingTerraform, openStack, type Stack, terraformNote } from '../support/terraform.ts';
import { toyAddress } from '../support/toy-provider.ts';
import { changeStore, readStore } from '../support/toy-store.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-mirror.test.ts${terraformNote}`);

let shared: string;
let cliConfig: string;
let folder: string;
let store: string;
let stack: Stack | undefined;

beforeAll(async () => {
  shared = mkdtempSync(join(tmpdir(), 'alta-toys-'));
  // One file each, as the product's: Terraform starts them some hundred times.
  const program = async (name: string) => {
    await bundleProvider(join(shared, name), `test/support/${name}-provider-main.ts`);
    return join(shared, name, 'provider.cjs');
  };
  cliConfig = await writeMirror(join(shared, 'mirror'), [
    { address: toyAddress, version: '0.1.0', program: await program('toy') },
    { address: nullAddress, version: '3.2.4', program: await program('null') },
  ]);
});
afterAll(() => rmSync(shared, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alta-toy-'));
  store = join(folder, 'store.json');
});
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** What `init` leaves in the folder of a stack. */
const initialised = ['.terraform', '.terraform.lock.hcl'];

/** A stack that needs no `init`: all of them have the same providers, so that the first one does it for the others. */
async function open(body: string, environment: Record<string, string> = {}): Promise<Stack> {
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
  const { folder: at } = stack;
  const carry = (from: string, to: string) => {
    for (const name of initialised) cpSync(join(from, name), join(to, name), { recursive: true });
  };
  if (existsSync(join(shared, '.terraform'))) carry(shared, at);
  else {
    await ends(0, 'init');
    carry(at, shared);
  }
  return stack;
}

/** Runs Terraform and demands its exit code; what it said. */
async function ends(code: number, ...args: readonly string[]): Promise<string> {
  const outcome = await (stack as Stack).run(...args);
  expect(outcome.code, outcome.output).toBe(code);
  return outcome.output;
}

const thing = (name: string, more = '') => `resource "toy_thing" "a" {\n name = "${name}"\n ${more}\n}\n`;
const step = (trigger: string) => `resource "null_resource" "step" {\n triggers = { a = "${trigger}" }\n}\n`;
const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

/** The process that serves a slow thing, once it waits. */
async function waiting(): Promise<number> {
  for (;;) {
    const pid = /waits (\d+)/.exec(readStore(store).calls.join())?.[1];
    if (pid !== undefined) return Number(pid);
    await wait(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Folders of sockets that were not removed. */
const leftovers = (): readonly string[] =>
  readdirSync(dirname((stack as Stack).folder)).filter((name) => name.startsWith('alta-plugin-'));

describe.skipIf(missingTerraform !== null)(`terraform starts providers from a mirror${terraformNote}`, () => {
  it('plans, applies, sees no change, sees drift', async () => {
    await open(`${thing('desk', 'secret = "canary-4711"\n secret_version = 1')}${step('b')}`);
    expect(await ends(2, ...plan)).toContain('2 to add');
    await ends(0, ...apply);
    await ends(0, ...plan);
    expect(await (stack as Stack).state()).not.toContain('canary');
    changeStore(store, ({ things }) => {
      for (const one of Object.values(things)) one.name = 'changed';
    });
    expect(await ends(2, ...plan)).toContain('"changed" -> "desk"');
    expect(leftovers()).toEqual([]);
  });

  it('replaces, imports and destroys', async () => {
    const { write, folder: at } = await open(`${thing('desk')}${step('b')}`);
    await ends(0, ...apply);
    const before = readFileSync(join(at, 'main.tf'), 'utf8');
    await write(
      before.replace('a = "b"', 'a = "c"').replace('name = "desk"', 'name = "desk"\n kind = "other"'),
    );
    const [id = ''] = Object.keys(readStore(store).things);
    await ends(0, 'state', 'rm', 'toy_thing.a');
    await ends(0, 'import', 'toy_thing.a', id);
    expect(await ends(2, ...plan)).toContain('2 to add, 0 to change, 2 to destroy');
    await ends(0, 'destroy', '-auto-approve');
    expect(readStore(store).things).toEqual({});
    expect(leftovers()).toEqual([]);
  });

  it('works without TLS where that is switched off', async () => {
    await open(thing('desk'), { TF_DISABLE_PLUGIN_TLS: '1' });
    await ends(0, ...apply);
    await ends(0, ...plan);
  });

  it('says in the log where the provider broke down, and no value', async () => {
    const log = join(folder, 'provider.log');
    await open(thing('throws', 'secret = "canary-4711"'), { TF_LOG_PROVIDER: 'ERROR', TF_LOG_PATH: log });
    expect(await ends(1, ...apply)).not.toContain('canary');
    const text = readFileSync(log, 'utf8');
    expect(text).toMatch(/\[ERROR\].*the apply of toy_thing failed.*provider\.cjs/);
    expect(text).not.toContain('canary');
  });

  it('keeps and taints what was made only in part', async () => {
    await open(thing('half'));
    expect(await ends(1, ...apply)).toContain('Only half was done');
    expect(JSON.parse(await (stack as Stack).state()).resources[0].instances[0]).toMatchObject({
      status: 'tainted',
    });
  });

  it('never confuses aliases', async () => {
    const left = join(folder, 'left.json');
    await open(`
provider "toy" {
  alias = "left"
  store = "${left}"
}
resource "toy_thing" "left" {
  provider = toy.left
  name     = "left"
}
${thing('right')}`);
    await ends(0, ...apply);
    await ends(0, ...plan);
    expect(Object.values(readStore(left).things)).toMatchObject([{ name: 'left' }]);
    expect(Object.values(readStore(store).things)).toMatchObject([{ name: 'right' }]);
  });

  it('stops in order when Ctrl-C reaches Terraform and the provider alike', async () => {
    await open(thing('slow'));
    const running = (stack as Stack).start([...apply], true);
    const pid = await waiting();
    process.kill(-(running.process.pid ?? 0), 'SIGINT');
    const { code, output } = await running.outcome;
    expect(output).toContain('Stopped before anything was written');
    expect([code, isAlive(pid), leftovers()]).toEqual([1, false, []]);
    expect(readStore(store).things).toEqual({});
  });

  it('ends with Terraform where that is killed', async () => {
    await open(thing('slow'));
    const running = (stack as Stack).start([...apply]);
    const pid = await waiting();
    running.process.kill('SIGKILL');
    await once(running.process, 'exit');
    for (let tries = 0; isAlive(pid) && tries < 100; tries += 1) await wait(100);
    expect([isAlive(pid), leftovers()]).toEqual([false, []]);
    expect(readStore(store).things).toEqual({});
  });
});
