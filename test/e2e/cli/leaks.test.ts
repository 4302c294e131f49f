import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findCanary } from '../../../engine/secrets/canary.ts';
import type { Ended } from './alta.ts';
import { type Desk, extension, openDesk, password, sede } from './desk.ts';

/** The box's login comes from the environment, and so does the key that opens everything else. */
let desk: Desk;
let login = '';
let env: Record<string, string> = {};

beforeAll(async () => {
  desk = await openDesk([sede]);
  const [service] = desk.lab.services;
  if (service === undefined) throw new Error('no box');
  login = service.credentials.password;
  const identity = await desk.read('.alta/identity.txt');
  env = { BOX_PASSWORD: login, ALTA_AGE_KEY: identity.trim() };
  const sources = `  sources:\n    env:\n      BOX_PASSWORD: { use: connect, origin: "${service.url}" }\n`;
  const credentials = { username: 'api', password: { env: 'BOX_PASSWORD' } };
  await rm(join(desk.root, '.alta/identity.txt'));
  await desk.write('alta.yaml', `${await desk.read('alta.yaml')}${sources}`);
  await desk.passwords(['2000']);
  await desk.declare([extension('2000')], { pbx: { sede: desk.pbx('sede', { credentials }) } });
});

afterEach(() => {
  desk.lab.box('sede').clearFaults();
  desk.lab.box('sede').empty();
});

afterAll(() => desk.close());

/** What of the secrets stands in a text, in any form. */
function leaksIn(text: string): string[] {
  const named = { login, password, key: env.ALTA_AGE_KEY?.match(/AGE-SECRET-KEY-\S+/)?.[0] ?? '-' };
  const found = Object.entries(named).flatMap(([name, value]) =>
    findCanary(text, value).map(({ form }) => `${name} as ${form}`),
  );
  return /[?&]token=/.test(text) ? [...found, 'a session token'] : found;
}

const apply = (over: Record<string, string> = {}, args: readonly string[] = []): Promise<Ended> =>
  desk.run(['apply', '--yes', '--recreate', '1', ...args], { env: { ...env, ...over } });

describe('what Node prints by itself', () => {
  it('holds tokens where nobody takes care', () => {
    const careless = `import { request } from 'undici'; await request('http://127.0.0.1:9/?token=x').catch(() => 0);`;
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', careless], {
      env: { PATH: process.env.PATH, NODE_DEBUG: 'undici' },
      encoding: 'utf8',
    });
    expect(stderr).toContain('127.0.0.1:9');
  });

  it.each(['undici', 'fetch', 'http,https,net,tls', '*'])('under NODE_DEBUG=%s holds none', async (debug) => {
    const { code, out, err } = await apply({ NODE_DEBUG: debug });
    expect([code, leaksIn(out + err)]).toEqual([0, []]);
  });

  it('under NODE_DEBUG=undici is nothing at all', async () => {
    expect((await apply({ NODE_DEBUG: 'undici' })).err).not.toContain('UNDICI');
  });

  it('under NODE_DEBUG_NATIVE holds none', async () => {
    const { out, err } = await apply({ NODE_DEBUG_NATIVE: 'HTTP2,CRYPTO,ASYNC_WRAP' });
    expect(leaksIn(out + err)).toEqual([]);
  });
});

it('--debug holds no secret', async () => {
  const { code, out, err } = await apply({}, ['--debug']);
  expect([code, leaksIn(out + err), err]).toEqual([0, [], expect.stringContaining('[debug]')]);
});

describe('Node’s diagnostic report', () => {
  const reports = () => join(desk.root, 'reports');

  /** Runs out of memory soon after the start, as a defect might. */
  const exhaust = `const held = []; setTimeout(() => { for (;;) held.push(new Array(1e5).fill(held.length)); }, 200);`;

  async function exhausted(...script: readonly string[]): Promise<string[]> {
    await rm(reports(), { recursive: true, force: true });
    await mkdir(reports());
    await desk.write('exhaust.cjs', exhaust);
    const options = `--max-old-space-size=48 --report-on-fatalerror --report-uncaught-exception --report-directory=${reports()}`;
    const over = { ...env, NODE_OPTIONS: `${options} --require ${join(desk.root, 'exhaust.cjs')}` };
    if (script.length > 0) {
      spawnSync(process.execPath, script, { env: { PATH: process.env.PATH, ...over } });
    } else {
      desk.lab.box('sede').addFault({ kind: 'latency', ms: 2000, match: { path: 'login' } });
      expect((await desk.run(['plan'], { env: over })).code).not.toBe(0);
    }
    const names = await readdir(reports());
    return Promise.all(names.map((name) => readFile(join(reports(), name), 'utf8')));
  }

  it('holds the environment where nobody takes care', async () => {
    const [report = ''] = await exhausted('-e', '0');
    expect(leaksIn(report)).toContain('login as raw');
  });

  it('is not written', async () => {
    expect(await exhausted()).toEqual([]);
  });
});

describe('the environment', () => {
  it('has lost its secrets once they are read', async () => {
    const file = join(desk.root, 'env.json');
    await desk.write(
      'at-exit.cjs',
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env)));`,
    );
    expect((await apply({ NODE_OPTIONS: `--require ${join(desk.root, 'at-exit.cjs')}` })).code).toBe(0);
    const left = await readFile(file, 'utf8');
    expect([leaksIn(left), left.includes('PATH')]).toEqual([[], true]);
  });

  it('of a child holds neither secrets nor what they might be hidden in', async () => {
    const bin = join(desk.root, 'bin');
    const file = join(desk.root, 'git.txt');
    await mkdir(bin);
    await writeFile(join(bin, 'git'), `#!/bin/sh\nenv >> ${file}\nexit 1\n`);
    await chmod(join(bin, 'git'), 0o755);
    const over = {
      PATH: [bin, process.env.PATH].join(delimiter),
      NODE_OPTIONS: '--no-warnings',
      GIT_DIR: '/tmp',
      TOKEN: login,
    };
    expect((await apply(over)).code).toBe(0);
    const seen = await readFile(file, 'utf8');
    expect([leaksIn(seen), /^(NODE_OPTIONS|GIT_DIR|TOKEN|BOX_PASSWORD|ALTA_AGE_KEY)=/m.test(seen)]).toEqual([
      [],
      false,
    ]);
  });
});

it.skipIf(process.platform !== 'linux')('ps shows no secret (needs Linux)', async () => {
  desk.lab.box('sede').addFault({ kind: 'latency', ms: 1500, match: { path: 'login' } });
  const running = await desk.start(['apply', '--yes', '--recreate', '1'], { env });
  await running.seen(/Reading the targets/);
  const line = await readFile(`/proc/${running.pid}/cmdline`, 'utf8');
  expect([leaksIn(line), line.includes('apply')]).toEqual([[], true]);
  await running.ended;
});

it.each([
  ['a word', [password], 'excess-arguments'],
  ['an option', [`--value=${password}`], 'unknown-option'],
])('a secret given as %s is refused, and not repeated', async (_, given, error) => {
  const { code, out, err } = await desk.run(['secrets', 'set', 'extensions/sede/2000/sip', ...given]);
  expect([code, out, leaksIn(err)]).toEqual([1, '', []]);
  expect(err).toContain(`[${error}]`);
});
