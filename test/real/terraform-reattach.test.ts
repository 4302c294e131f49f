import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../stacks/plugin/index.ts';
import { nullAddress, nullProvider } from '../support/null-provider.ts';
import { missingTerraform, openStack, type Stack, terraformNote } from '../support/terraform.ts';
import { toyAddress, toyProvider } from '../support/toy-provider.ts';
import { changeStore, readStore, type Thing } from '../support/toy-store.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-reattach.test.ts${terraformNote}`);

const canary = 'canary-4711-Kf7m';
let toys: Serving;
let nulls: Serving;
let folder: string;
let store: string;
let stack: Stack | undefined;

beforeEach(async () => {
  [toys, nulls] = await Promise.all([serve(toyProvider), serve(nullProvider)]);
  folder = mkdtempSync(join(tmpdir(), 'alta-toy-'));
  store = join(folder, 'store.json');
});
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
  await Promise.all([toys.close(), nulls.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const required = `
terraform {
  required_providers {
    toy  = { source = "${toyAddress}" }
    null = { source = "hashicorp/null" }
  }
}
`;

async function open(body: string, environment: Record<string, string> = {}): Promise<Stack> {
  const reattach = { [toyAddress]: toys.reattach, [nullAddress]: nulls.reattach };
  stack = await openStack(`${required}provider "toy" { store = "${store}" }\n${body}`, {
    reattach,
    environment,
  });
  return stack;
}

/** Runs Terraform and demands its exit code; what it said. */
async function ends(code: number, ...args: readonly string[]): Promise<string> {
  const outcome = await (stack as Stack).run(...args);
  expect(outcome.code, outcome.output).toBe(code);
  return outcome.output;
}

const rewrite = (body: string) =>
  (stack as Stack).write(`${required}provider "toy" { store = "${store}" }\n${body}`);
const thing = (name: string, more = '') => `resource "toy_thing" "a" {\n name = "${name}"\n ${more}\n}\n`;
const things = (): Thing[] => Object.values(readStore(store).things);
const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

describe.skipIf(missingTerraform !== null)(`terraform over reattach${terraformNote}`, () => {
  it('plans, applies, sees no change, sees drift, repairs, replaces and destroys', async () => {
    await open(thing('desk', `size = 0.1\n tags = { "a.b" = "c" }\n lines = [{ line = 1, label = "ñ" }]`));
    expect(await ends(2, ...plan)).toContain('1 to add');
    await ends(0, ...apply);
    await ends(0, ...plan);
    changeStore(store, ({ things: made }) => {
      for (const one of Object.values(made)) one.name = 'changed outside';
    });
    expect(await ends(2, ...plan)).toContain('changed outside');
    await ends(0, ...apply);
    expect(things()).toMatchObject([{ name: 'desk', size: 0.1, serial: 2 }]);
    await rewrite(thing('desk', 'kind = "other"'));
    expect(await ends(2, ...plan)).toContain('must be replaced');
    await ends(0, ...apply);
    expect(readStore(store).calls.map((call) => call.split(' ')[0])).toEqual([
      'create',
      'update',
      'delete',
      'create',
    ]);
    await ends(0, 'destroy', '-auto-approve');
    expect(things()).toEqual([]);
    await ends(2, ...plan);
  });

  it('creates again what has gone', async () => {
    await open(thing('desk'));
    await ends(0, ...apply);
    changeStore(store, ({ things: made }) => {
      for (const id of Object.keys(made)) delete made[id];
    });
    expect(await ends(2, ...plan)).toContain('1 to add');
  });

  it.each(['0.1', '0.30000000000000004', '12.5', '9007199254740991', '-3', '1e100', '0'])(
    'sees no change in the number %s',
    async (number) => {
      await open(thing('desk', `size = ${number}`));
      await ends(0, ...apply);
      await ends(0, ...plan);
    },
  );

  it('refuses a number that cannot be kept, on its line', async () => {
    await open(thing('desk', 'size = 0.1234567890123456789'));
    const output = await ends(1, 'validate');
    expect(output).toContain('Number with too many digits');
    expect(output).toContain('size = 0.1234567890123456789');
  });

  it('keeps a write-only value out of state, plan file and log; a new version sends it again', async () => {
    const body = (value: string, version: number) =>
      `variable "secret" {\n default = "${value}"\n sensitive = true\n}\n${thing('desk', `secret = var.secret\n secret_version = ${version}`)}`;
    const { folder: at } = await open(body(canary, 1), {
      TF_LOG: 'TRACE',
      TF_LOG_PATH: join(folder, 'trace.log'),
    });
    await ends(0, 'plan', '-out=saved');
    await ends(0, 'apply', 'saved');
    expect(things()).toMatchObject([{ secret: canary }]);
    await ends(0, ...plan);
    await rewrite(body(`${canary}-2`, 1));
    await ends(0, ...plan);
    await rewrite(body(`${canary}-2`, 2));
    await ends(0, ...apply);
    expect(things()).toMatchObject([{ secret: `${canary}-2`, serial: 2 }]);
    expect(await (stack as Stack).state()).not.toContain(canary);
    expect(readFileSync(join(folder, 'trace.log'), 'utf8')).not.toContain(canary);
    expect(readFileSync(join(at, 'saved')).includes(canary)).toBe(false);
  });

  it('imports by command and by block', async () => {
    changeStore(store, ({ things: made }) => {
      const base = { kind: 'plain', size: null, tags: null, lines: null, secret: null, serial: 1 };
      Object.assign(made, { t1: { ...base, name: 'desk' }, t2: { ...base, name: 'door' } });
    });
    await open(
      `${thing('desk')}\nimport {\n to = toy_thing.b\n id = "t2"\n}\nresource "toy_thing" "b" {\n name = "door"\n}\n`,
    );
    await ends(0, 'import', 'toy_thing.a', 't1');
    expect(await ends(2, ...plan)).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
    await ends(0, ...apply);
    await ends(0, ...plan);
    await ends(0, 'state', 'rm', 'toy_thing.a');
    expect(await ends(1, 'import', 'toy_thing.a', 'missing')).toContain('No such thing');
  });

  it.each(['half', 'half-open'])('keeps and taints what was made only in part: %s', async (name) => {
    await open(thing(name));
    expect(await ends(1, ...apply)).toContain('Only half was done');
    expect(JSON.parse(await (stack as Stack).state()).resources[0].instances[0]).toMatchObject({
      status: 'tainted',
    });
    await rewrite(thing('whole'));
    expect(await ends(2, ...plan)).toContain('is tainted, so must be replaced');
    await ends(0, ...apply);
    expect(things()).toMatchObject([{ name: 'whole' }]);
  });

  it('keeps what was there when the provider breaks down', async () => {
    await open(thing('desk'));
    await ends(0, ...apply);
    await rewrite(thing('throws', `secret = "${canary}"`));
    const output = await ends(1, ...apply);
    expect(output).toContain('Internal error of the provider');
    expect(output).not.toContain(canary);
    await rewrite(thing('desk'));
    await ends(0, ...plan);
  });

  it('shows errors on their line with the whole path, and warnings', async () => {
    await open(thing('desk', 'lines = [{ line = 1, label = "bad" }]'));
    const output = await ends(1, 'validate');
    expect(output).toContain('Label is refused');
    expect(output).toContain('Attribute: lines[0].label');
    expect(output).toMatch(/on main\.tf line \d+, in resource "toy_thing" "a"/);
    await rewrite(thing('warns'));
    expect(await ends(0, 'validate')).toContain('Warning: Name is unusual');
    await rewrite(thing('refused'));
    expect(await ends(1, 'validate')).toMatch(/name = "refused"[\s\S]*Attribute: name/);
  });

  it('lets the provider refuse a destroy', async () => {
    await open(thing('protected'));
    await ends(0, ...apply);
    expect(await ends(1, 'destroy', '-auto-approve')).toContain('Thing is protected');
    expect(things()).toHaveLength(1);
  });

  it('upgrades a state of an older version', async () => {
    const { write } = await open(thing('desk'));
    await ends(0, ...apply);
    const state = JSON.parse(await (stack as Stack).state());
    const [instance] = state.resources[0].instances;
    const { name, ...rest } = instance.attributes;
    Object.assign(instance, { schema_version: 0, attributes: { ...rest, title: name } });
    await write(JSON.stringify(state), 'terraform.tfstate');
    await ends(0, ...plan);
  });

  it('never confuses aliases', async () => {
    const [left, right] = [join(folder, 'left.json'), join(folder, 'right.json')];
    await open(`
provider "toy" {
  alias = "left"
  store = "${left}"
}
provider "toy" {
  alias = "right"
  store = "${right}"
}
resource "toy_thing" "left" {
  count    = 20
  provider = toy.left
  name     = "left"
}
resource "toy_thing" "right" {
  count    = 20
  provider = toy.right
  name     = "right"
}
`);
    await ends(0, ...apply, '-parallelism=40');
    await ends(0, ...plan);
    const names = (path: string) => new Set(Object.values(readStore(path).things).map(({ name }) => name));
    expect([names(left), names(right), names(store)]).toEqual([
      new Set(['left']),
      new Set(['right']),
      new Set(),
    ]);
  });

  it('reads data, and serves two providers at once', async () => {
    await open(`${thing('desk')}
data "toy_names" "all" {
  depends_on = [toy_thing.a]
}
resource "null_resource" "step" {
  triggers = { names = join(",", data.toy_names.all.names) }
}
`);
    await ends(0, ...apply);
    await ends(0, ...plan);
    await rewrite(
      `${thing('desk')}\nresource "null_resource" "step" {\n triggers = { names = "other" }\n}\n`,
    );
    expect(await ends(2, ...plan)).toContain('must be replaced');
  });

  it('stops at the first Ctrl-C, and state and provider agree', async () => {
    await open(thing('slow'));
    const running = (stack as Stack).start([...apply]);
    await running.said('Creating...');
    await wait(300);
    running.process.kill('SIGINT');
    const { code, output } = await running.outcome;
    expect(output).toContain('Stopped before anything was written');
    expect(code).toBe(1);
    expect(things()).toEqual([]);
    expect(await (stack as Stack).state()).not.toContain('"slow"');
  });

  it('kills the process that is named beside a socket that has gone: whoever serves outlives Terraform', async () => {
    const named = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const exited = once(named, 'exit');
    await toys.close();
    toys = { ...toys, reattach: { ...toys.reattach, Pid: named.pid ?? 0 } };
    await open(thing('desk'));
    expect(await ends(1, ...plan)).toContain('Reattachment process');
    expect(await exited).toEqual([null, 'SIGKILL']);
  });
});
