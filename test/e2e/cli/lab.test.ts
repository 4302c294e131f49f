import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alta, type Ended, startAlta } from './alta.ts';

let cwd = '';
let lab: Ended;

/** One lab, started, used once and ended; the tests look at what it said and left. */
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'alta-lab-'));
  const running = await startAlta(['lab', '--json', '--workspace', 'taller'], { cwd });
  await running.seen(/\n/);
  planned = await alta(['plan', '--workspace', 'taller', '--detailed-exitcode'], { cwd });
  running.send('SIGTERM');
  lab = await running.ended;
});
let planned: Ended;

afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('alta lab --json', () => {
  it('ends with 0 at SIGTERM', () => {
    expect([lab.code, lab.signal, lab.err]).toEqual([0, null, '']);
  });

  it('says one line', () => {
    expect(lab.out.match(/\n/g)).toHaveLength(1);
  });

  it('says where the boxes are and how to log in', () => {
    expect(JSON.parse(lab.out)).toEqual({
      ready: true,
      workspace: join(cwd, 'taller'),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      services: ['sede', 'almacen'].map((name) => ({
        name,
        driver: 'yeastar',
        url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
        credentials: { username: 'api', password: expect.stringMatching(/^\S{8,}$/) },
      })),
    });
  });

  it('has a workspace ready, with something to do', () => {
    expect([planned.code, planned.err]).toEqual([2, expect.not.stringContaining('error:')]);
  });
});

describe('the workspace of the lab', () => {
  const read = (name: string): Promise<string> => readFile(join(cwd, 'taller', name), 'utf8');

  it.each(['alta.yaml', 'clients/acme/client.yaml'])('has the schema that %s names', async (name) => {
    const [, path = ''] = /\$schema=(\S+)/.exec(await read(name)) ?? [];
    const schema = await readFile(resolve(join(cwd, 'taller', dirname(name)), path), 'utf8');
    expect(JSON.parse(schema)).toHaveProperty('$schema');
  });

  it('keeps its password to itself', async () => {
    const [service] = JSON.parse(lab.out).services as { credentials: { password: string } }[];
    expect(await read('clients/acme/secrets.yaml')).not.toContain(service?.credentials.password);
  });

  it('holds the schemas and the exclusions that alta init writes', async () => {
    await alta(['init', 'mio'], { cwd });
    const mine = join(cwd, 'mio');
    expect(await readdir(join(cwd, 'taller/schemas'))).toEqual(await readdir(join(mine, 'schemas')));
    expect(await read('.gitignore')).toBe(await readFile(join(mine, '.gitignore'), 'utf8'));
  });

  it.each([
    ['.alta/identity.txt', true],
    ['state/client-acme.lease.3', true],
    ['datos/estado/acme.journal.2', true],
    ['datos/estado/.acme.json.tmp-0a1b', true],
    ['datos/estado/acme.errored.state.json', true],
    ['datos/estado/acme.json', false],
    ['clients/acme/client.yaml', false],
  ])('keeps out of git, or in it: %s %s', (name, ignored) => {
    const git = (...args: string[]) => spawnSync('git', args, { cwd: join(cwd, 'taller') });
    git('init', '-q');
    expect(git('check-ignore', '-q', name).status).toBe(ignored ? 0 : 1);
  });

  it('is not overwritten by another lab', async () => {
    const { code, err } = await alta(['lab', '--workspace', 'taller', '--lang', 'es'], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining('[lab-folder-used]')]);
  });
});

it('without --json speaks to people, and ends with 0 at Ctrl-C', async () => {
  const running = await startAlta(['lab', '--boxes', 'norte:v2.0.0', '--lang', 'es'], { cwd });
  await running.seen(/Ctrl-C lo termina/);
  running.send('SIGINT');
  const { code, out } = await running.ended;
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^El laboratorio está en marcha\.\n {2}norte +yeastar v2\.0\.0/),
  ]);
});

it('adds the mishaps that are asked for', async () => {
  const fault = ['--fault', 'status:login:1'];
  const running = await startAlta(['lab', '--json', '--workspace', 'averia', '--boxes', 'sede', ...fault], {
    cwd,
  });
  await running.seen(/\n/);
  const { code, err } = await alta(['plan', '--workspace', 'averia'], { cwd });
  running.send('SIGTERM');
  await running.ended;
  expect([code, err]).toEqual([1, expect.stringContaining('HTTP 500')]);
});
