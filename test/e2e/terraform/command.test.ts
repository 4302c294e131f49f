import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alta, type Ended, startAlta } from '../cli/alta.ts';
import { type Pretender, pretender } from './pretender.ts';

let folder = '';
let terraform: Pretender;

const workspace = `apiVersion: alta/v1
kind: Workspace
secrets:
  sources: { env: { PBX_LOGIN: { use: connect, origin: "https://sede.acme.example" } } }
`;

const client = (id: string, engine: string) => `apiVersion: alta/v1
kind: Client
engine: ${engine}
client: { id: ${id}, name: ${id} }
pbx: { sede: { mode: guided, driver: yeastar } }
extensions: [{ pbx: sede, number: "10", name: Recepción, secrets: { sip: { source: unmanaged } } }]
`;

async function lay(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alta-command-'));
  terraform = await pretender(join(folder, 'bin'));
  await lay('alta.yaml', workspace);
  await lay('clients/acme/client.yaml', client('acme', 'terraform'));
  await lay('clients/beta/client.yaml', client('beta', 'terraform'));
  await lay('clients/otro/client.yaml', client('otro', 'alta'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const env = {
  LANG: 'C',
  PBX_LOGIN: 'canary-1',
  ALTA_AGE_KEY: 'canary-2',
  TF_VAR_x: 'kept',
  TF_CLI_ARGS: '-no-color',
};

const run = (...args: readonly string[]): Promise<Ended> =>
  alta(['terraform', '--program', terraform.path, ...args], { cwd: folder, env });

const ran = async () => (await terraform.starts()).filter(({ args }) => args[0] === 'plan');

describe('alta terraform', () => {
  it('runs in the stack of every client of its engine, and of no other', async () => {
    const { code, out, err } = await run('--', 'plan', '-var', 'a=b c');
    expect([code, err.includes('acme: terraform plan')], err).toEqual([0, true]);
    expect((await ran()).map(({ client, args }) => [client, args]).sort()).toEqual([
      ['acme', ['plan', '-var', 'a=b c']],
      ['beta', ['plan', '-var', 'a=b c']],
    ]);
    expect(out.split('\n').slice(-4)).toEqual(['2 clients:', '  acme: done', '  beta: done', '']);
  });

  it('tells Terraform where the drivers are, and nothing secret', async () => {
    await run('--client', 'acme', '--', 'plan');
    const [start] = await ran();
    expect(start?.env).toMatchObject({ TF_VAR_x: 'kept', ALTA_WORKSPACE: folder });
    expect(start?.env.TF_REATTACH_PROVIDERS).toContain('"terraform.local/alta/alta":{"Protocol":"grpc"');
    expect(JSON.stringify(await terraform.starts())).not.toContain('canary');
  });

  it.each([
    ['0', '0', 0],
    ['0', '2', 2],
    ['2', '1', 1],
  ])('ends with the worst of %s and %s', async (acme, beta, code) => {
    await terraform.tell('acme.code', acme);
    await terraform.tell('beta.code', beta);
    expect((await run('--', 'plan', '-detailed-exitcode')).code).toBe(code);
  });

  it('speaks Spanish, and JSON', async () => {
    await terraform.tell('beta.code', '2');
    const spanish = await run('--lang', 'es', '--', 'plan');
    expect(spanish.out).toMatch(/2 clientes:\n {2}acme: hecho\n {2}beta: cambios\n$/);
    expect(spanish.err).toContain('Escribiendo los stacks');
    const { out, err } = await run('--json', '--', 'plan');
    expect(JSON.parse(out)).toMatchObject({
      command: 'terraform',
      errored: false,
      clients: [
        { client: 'acme', exit_code: 0, result: 'done' },
        { client: 'beta', exit_code: 2, result: 'changes' },
      ],
    });
    expect(err).toContain('acme │ working on acme');
  });

  it.each([
    [['--'], 'Something is missing'],
    [['--', '-chdir=x', 'plan'], 'The folder is already decided'],
    [['--', 'apply'], 'Several questions at once'],
    [['--', 'plan', '-out=/tmp/x.tfplan'], 'One plan file for several clients'],
    [['--client', 'otro', '--', 'plan'], 'Client belongs to Alta itself'],
    [['--client', 'nadie', '--', 'plan'], 'Unknown client'],
    [['--program', './nowhere', '--', 'plan'], 'Terraform not found'],
  ])('refuses %j: %s', async (args, words) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
    expect(await ran()).toEqual([]);
  });

  it('says so where no client is for Terraform', async () => {
    for (const id of ['acme', 'beta']) await lay(`clients/${id}/client.yaml`, client(id, 'alta'));
    expect(await run('--', 'plan')).toMatchObject({
      code: 1,
      err: expect.stringContaining('No client for Terraform'),
    });
  });

  it('shows mistakes of the YAML where they are', async () => {
    await lay('clients/acme/client.yaml', client('acme', 'terraform').replace('"10"', '"1O"'));
    const { code, err } = await run('--', 'plan');
    expect([code, err]).toEqual([1, expect.stringMatching(/clients\/acme\/client\.yaml:\d+:\d+/)]);
    expect(await terraform.starts()).toEqual([]);
  });

  it('needs no workspace for what concerns no client', async () => {
    const args = ['terraform', '--program', terraform.path, '--', 'version'];
    expect(await alta(args, { cwd: join(folder, 'bin'), env })).toMatchObject({
      code: 0,
      out: expect.stringContaining('terraform_version'),
    });
  });

  it.each([['version'], ['-help'], ['plan', '-help'], ['login', 'app.example.com']].map((args) => [args]))(
    'gives %j no variable that may be a secret, whatever alta.yaml lists',
    async (args) => {
      const { code, err } = await run('--', ...args);
      expect(code, err).toBe(0);
      const starts = await terraform.starts();
      expect(starts.map((start) => start.args)).toEqual([args]);
      expect(JSON.stringify(starts)).not.toContain('canary');
      expect(starts[0]?.env).toMatchObject({ TF_CLI_ARGS: '-no-color' });
    },
  );

  it.each([
    ['SIGTERM', 1],
    ['SIGHUP', 2],
  ] as const)('hands %s on once, to every Terraform, and waits for them', async (signal, times) => {
    await terraform.tell('wait', '1500');
    const running = await startAlta(['terraform', '--program', terraform.path, '--', 'plan'], {
      cwd: folder,
      env,
    });
    await running.seen(/acme │ working[\s\S]*beta │ working|beta │ working[\s\S]*acme │ working/);
    for (let n = 0; n < times; n += 1) running.send(signal);
    const { code, out } = await running.ended;
    expect([code, out.match(/got SIGTERM/g)?.length, out.match(/done (acme|beta)/g)?.length]).toEqual([
      0, 2, 2,
    ]);
  });
});

describe('alta terraform mirror', () => {
  it('says what to do where nothing was bundled', async () => {
    const { code, err } = await alta(['terraform', 'mirror', join(folder, 'mirror')], { cwd: folder, env });
    expect([code, err]).toEqual([1, expect.stringContaining('npm run build')]);
  });
});
