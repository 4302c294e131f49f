import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorDiagnostic } from '../../../engine/model/index.ts';
import { askedOf, runTerraform, type TerraformRun, verdictOf } from '../../../stacks/run/index.ts';
import { type Pretender, pretender } from './pretender.ts';

let folder = '';
let terraform: Pretender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alta-wrapper-'));
  terraform = await pretender(join(folder, 'bin'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Seen {
  readonly known: (readonly (readonly [string, string])[] | null)[];
  readonly lines: string[];
  readonly order: string[];
}

/** A run whose stacks are empty files, and whose server only says when it opens and closes. */
function runOf(
  line: string,
  clients: readonly string[],
  more: Partial<TerraformRun> = {},
): [TerraformRun, Seen] {
  const seen: Seen = { known: [], lines: [], order: [] };
  const run: TerraformRun = {
    workspace: folder,
    outdir: join(folder, 'out'),
    clients,
    asked: askedOf(line.split(' ')),
    program: terraform.path,
    parallelism: 4,
    env: { PATH: process.env.PATH ?? '' },
    signals: () => () => undefined,
    synthesise: async (known) => {
      seen.known.push(known === null ? null : [...known]);
      for (const client of clients) {
        await mkdir(join(folder, 'out', 'stacks', client), { recursive: true });
        await writeFile(join(folder, 'out', 'stacks', client, 'cdk.tf.json'), `{"//":"${client}"}`);
      }
      return { stacks: clients, diagnostics: [] };
    },
    serve: async () => {
      seen.order.push('serve');
      return { reattach: { Pid: 1 }, close: async () => void seen.order.push('close') };
    },
    alta: [process.execPath, '-e', 'console.log(process.env.PBX_KEY, ...process.argv.slice(1))', '--'],
    fullEnv: { PATH: process.env.PATH, PBX_KEY: 'canary' },
    voice: {
      stage: () => undefined,
      line: (stream, text) => void seen.lines.push(`${stream} ${text}`),
      color: false,
    },
    terminal: false,
    person: false,
    ...more,
  };
  return [run, seen];
}

const ran = async () => (await terraform.starts()).map(({ client, args }) => `${client}: ${args.join(' ')}`);

describe('one client', () => {
  it('is initialised, asked for its state, synthesised again, and then runs', async () => {
    await terraform.tell('acme.state', '{"serial":3}');
    const [run, seen] = runOf('plan -detailed-exitcode', ['acme']);
    const result = await runTerraform(run);
    expect(await ran()).toEqual([
      'acme: init -input=false -no-color',
      'acme: state pull',
      'acme: plan -detailed-exitcode',
    ]);
    expect(seen.known).toEqual([null, [['acme', '{"serial":3}']]]);
    expect(result).toEqual({ diagnostics: [], endings: [{ client: 'acme', code: 0, failure: null }] });
    expect(seen.lines).toEqual(['out working on acme', 'err warned acme', 'out done acme']);
    expect(seen.order).toEqual(['serve', 'close']);
  });

  it.each([0, 1, 2])('has the exit code of Terraform: %i', async (code) => {
    await terraform.tell('acme.code', String(code));
    const [run] = runOf('plan -detailed-exitcode', ['acme']);
    expect((await runTerraform(run)).endings).toEqual([{ client: 'acme', code, failure: null }]);
  });

  it('is synthesised once where the state does not matter', async () => {
    const [run, seen] = runOf('state list', ['acme']);
    await runTerraform(run);
    expect(await ran()).toEqual(['acme: init -input=false -no-color', 'acme: state list']);
    expect(seen.known).toEqual([null]);
  });

  it('is told where the drivers are, and no secret', async () => {
    const [run] = runOf('plan', ['acme']);
    await runTerraform(run);
    const { env } = (await terraform.starts()).at(-1) ?? { env: {} as Record<string, string> };
    expect(JSON.parse(env.TF_REATTACH_PROVIDERS ?? '')).toEqual({ 'terraform.local/alta/alta': { Pid: 1 } });
    expect(env.ALTA_WORKSPACE).toBe(folder);
    expect(JSON.stringify(env)).not.toContain('canary');
  });
});

describe('the terminal', () => {
  it.each([
    [false, 'acme: plan -no-color -out=x'],
    [true, 'acme: plan -out=x'],
  ])('with colours: %s', async (color, last) => {
    const voice = { stage: () => undefined, line: () => undefined, color };
    const [run] = runOf('plan -out=x', ['acme'], { terminal: true, voice });
    await runTerraform(run);
    expect((await ran()).at(-1)).toBe(last);
  });
});

describe('several clients', () => {
  const clients = ['acme', 'beta', 'hotel-costa'];

  it('run at the same time, with one server, each line behind its name', async () => {
    await terraform.tell('wait', '400');
    const [run, seen] = runOf('plan', clients);
    await runTerraform(run);
    const starts = (await terraform.starts()).filter(({ args }) => args[0] === 'plan');
    const [first, last] = [
      Math.min(...starts.map((s) => s.ended ?? 0)),
      Math.max(...starts.map((s) => s.at)),
    ];
    expect(last).toBeLessThan(first);
    expect(seen.order).toEqual(['serve', 'close']);
    expect(seen.lines).toContain('out acme        │ working on acme');
    expect(seen.lines).toContain('err hotel-costa │ warned hotel-costa');
  });

  it('run one after another with a parallelism of 1', async () => {
    await terraform.tell('wait', '50');
    const [run] = runOf('plan', clients, { parallelism: 1 });
    await runTerraform(run);
    const starts = (await terraform.starts()).filter(({ args }) => args[0] === 'plan');
    expect(starts.map(({ client }) => client)).toEqual(clients);
    expect(starts.slice(1).every(({ at }, index) => at >= (starts[index]?.ended ?? 0))).toBe(true);
  });

  it('do not stop one another', async () => {
    await terraform.tell('acme.init', '1');
    await terraform.tell('beta.code', '2');
    const [run, seen] = runOf('plan -detailed-exitcode', clients);
    const { endings } = await runTerraform(run);
    expect(endings.map((ending) => [ending.client, verdictOf(ending), ending.failure?.code])).toEqual([
      ['acme', 'failed', 'terraform-step-failed'],
      ['beta', 'changes', undefined],
      ['hotel-costa', 'done', undefined],
    ]);
    expect(seen.lines).toContain('err acme        │ Error: no backend for acme');
  });

  it('are refused where Terraform would ask', async () => {
    const [run, seen] = runOf('apply', clients);
    await expect(runTerraform(run)).rejects.toMatchObject({ code: 'terraform-consent' });
    expect([await ran(), seen.known]).toEqual([[], []]);
  });
});

describe('a saved plan', () => {
  const planOf = (stack: string) =>
    zipSync({ 'tfconfig/m-/cdk.tf.json': new TextEncoder().encode(stack), tfplan: new Uint8Array(4) });
  const verdict = async (plan: Uint8Array) => {
    const [run] = runOf('apply a.tfplan', ['acme']);
    await mkdir(join(folder, 'out/stacks/acme'), { recursive: true });
    await writeFile(join(folder, 'out/stacks/acme/a.tfplan'), plan);
    const [ending] = (await runTerraform(run)).endings;
    return ending && verdictOf(ending);
  };

  it('of the same files is applied', async () => {
    expect(await verdict(planOf('{"//":"acme"}'))).toBe('done');
    expect((await ran()).at(-1)).toBe('acme: apply a.tfplan');
  });

  it('of other files is refused', async () => {
    expect(await verdict(planOf('{"//":"before"}'))).toBe('stale');
    expect((await ran()).at(-1)).toBe('acme: state pull');
  });

  it('of another kind is left to Terraform', async () => {
    expect(await verdict(new TextEncoder().encode('{"remote_plan_format":1}'))).toBe('done');
  });
});

describe('a workspace or a machine that cannot', () => {
  it('does not start Terraform where the YAML has errors', async () => {
    const wrong = errorDiagnostic('not-a-workspace', { folder: 'x' });
    const [run, seen] = runOf('plan', ['acme'], {
      synthesise: async () => ({ stacks: [], diagnostics: [wrong] }),
    });
    expect(await runTerraform(run)).toEqual({ diagnostics: [wrong], endings: [] });
    expect([await ran(), seen.order]).toEqual([[], []]);
  });

  it('names a program that is not there', async () => {
    const [run] = runOf('plan', ['acme'], { program: join(folder, 'nowhere') });
    await expect(runTerraform(run)).rejects.toMatchObject({ code: 'terraform-missing' });
  });

  it('names a version that is too old', async () => {
    await terraform.tell('version', '1.10.5');
    const [run] = runOf('plan', ['acme']);
    await expect(runTerraform(run)).rejects.toMatchObject({
      code: 'terraform-program-old',
      params: { found: '1.10.5', needed: '1.11.0' },
    });
  });

  it('names a program that is no Terraform', async () => {
    const [run] = runOf('plan', ['acme'], { program: process.execPath });
    await expect(runTerraform(run)).rejects.toMatchObject({ code: 'terraform-unusable' });
  });
});

describe('signals', () => {
  it('reach Terraform once, and the server closes last', async () => {
    await terraform.tell('wait', '700');
    let give = (_signal: NodeJS.Signals): void => undefined;
    const [run, seen] = runOf('plan', ['acme'], {
      signals: (listener) => {
        give = listener;
        return () => undefined;
      },
    });
    const running = runTerraform(run);
    await expect.poll(() => seen.lines, { timeout: 5000 }).toContain('out working on acme');
    give('SIGINT');
    expect((await running).endings).toEqual([{ client: 'acme', code: 0, failure: null }]);
    expect(seen.lines.filter((line) => line.startsWith('out got'))).toEqual(['out got SIGINT']);
    expect(seen.order).toEqual(['serve', 'close']);
  });

  it('before Terraform runs end the run', async () => {
    let give = (_signal: NodeJS.Signals): void => undefined;
    const [run, seen] = runOf('plan', ['acme'], {
      signals: (listener) => {
        give = listener;
        return () => undefined;
      },
      synthesise: async () => {
        give('SIGTERM');
        return { stacks: ['acme'], diagnostics: [] };
      },
    });
    await expect(runTerraform(run)).rejects.toMatchObject({ code: 'command-interrupted' });
    expect([await ran(), seen.order]).toEqual([[], []]);
  });
});
