import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type LabProvisioning,
  type LabProvisioningOptions,
  startProvisioning,
} from '../../../lab/provisioning/index.ts';

const phone = 'Yealink SIP-T46U 108.86.0.45 80:5e:c0:00:00:01';
const cfg = 'account.1.enable = 1\naccount.1.label = Recepcion\n';
let home = '';
let server: LabProvisioning;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'alta-provisioning-'));
  mkdirSync(join(home, 'files/sub'), { recursive: true });
  writeFileSync(join(home, 'files/805ec0000001.cfg'), cfg);
  writeFileSync(join(home, 'secret.txt'), 'not for phones');
});
afterEach(async () => {
  await server.close();
  rmSync(join(home, 'logs'), { recursive: true, force: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function start(change: Partial<LabProvisioningOptions> = {}): Promise<void> {
  const log = join(home, 'logs/access.log');
  const now = () => Date.UTC(2026, 10, 23, 10, 0, 0);
  server = await startProvisioning({ folder: join(home, 'files'), log, now, ...change });
}

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(server.service.url + path, { ...init, headers: { 'User-Agent': phone, ...init.headers } });
const log = (): string => readFileSync(join(home, 'logs/access.log'), 'utf8');
const basic = (text: string) => ({
  headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` },
});

describe('a phone that asks', () => {
  it('gets its file as plain text', async () => {
    await start();
    const answer = await ask('/805ec0000001.cfg');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/plain',
      cfg,
    ]);
  });

  it.each([
    ['what is not there', '/y000000000108.cfg', 404],
    ['a folder', '/sub', 403],
    ['the folder itself', '/', 403],
    ['what is outside', '/..%2fsecret.txt', 404],
    ['what is outside, through dots', '/sub/%2e%2e/%2e%2e/secret.txt', 404],
    ['nonsense', '/%zz', 400],
    ['a name with a zero byte', '/a%00.cfg', 400],
  ])('for %s hears %s: %i', async (_what, path, status) => {
    await start();
    expect((await ask(path)).status).toBe(status);
  });

  it('cannot write', async () => {
    await start();
    expect((await ask('/805ec0000001.cfg', { method: 'PUT', body: 'x' })).status).toBe(405);
  });

  it('may ask about a file without getting it', async () => {
    await start();
    const answer = await ask('/805ec0000001.cfg', { method: 'HEAD' });
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual([String(cfg.length), '']);
  });
});

describe('with a login', () => {
  const login = { username: 'phones', password: 'Vela-48-norte' };

  it.each([
    ['none', {}, 401],
    ['the right one', basic('phones:Vela-48-norte'), 200],
    ['a wrong password', basic('phones:vela'), 401],
    ['another name', basic('phone:Vela-48-norte'), 401],
  ])('%s is answered as it should be', async (_what, init, status) => {
    await start({ login });
    expect((await ask('/805ec0000001.cfg', init)).status).toBe(status);
  });

  it('asks for it', async () => {
    await start({ login });
    expect((await ask('/805ec0000001.cfg')).headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  it('hands it out', async () => {
    await start({ login });
    expect(server.service.credentials).toEqual(login);
  });

  it('stands in the log by its name, never by its password', async () => {
    await start({ login });
    await ask('/805ec0000001.cfg', basic('phones:Vela-48-norte'));
    expect(log()).toMatch(/^127\.0\.0\.1 - phones \[/);
    expect(log()).not.toContain('Vela');
  });
});

describe('the access log', () => {
  it('has a line in combined format for each request', async () => {
    await start();
    await (await ask('/805ec0000001.cfg')).text();
    await ask('/absent.cfg?x=1', { headers: { Referer: 'http://phone.example/' } });
    expect(log().split('\n')).toEqual([
      `127.0.0.1 - - [23/Nov/2026:10:00:00 +0000] "GET /805ec0000001.cfg HTTP/1.1" 200 ${cfg.length} "-" "${phone}"`,
      expect.stringMatching(
        /^127\.0\.0\.1 - - \[23\/Nov\/2026:10:00:00 \+0000\] "GET \/absent\.cfg\?x=1 HTTP\/1\.1" 404 \d+ "http:\/\/phone\.example\/" "Yealink/,
      ),
      '',
    ]);
  });

  it('escapes what could forge a line', async () => {
    await start();
    await ask('/absent.cfg', { headers: { 'User-Agent': 'a" "b\\\té' } });
    expect(log()).toContain('"a\\x22 \\x22b\\x5C\\x09\\xE9"\n');
  });

  it('counts no body for HEAD', async () => {
    await start();
    await ask('/805ec0000001.cfg', { method: 'HEAD' });
    expect(log()).toContain('"HEAD /805ec0000001.cfg HTTP/1.1" 200 0 ');
  });

  it('is written before the phone has its file', async () => {
    await start();
    const answer = await ask('/805ec0000001.cfg');
    await answer.text();
    expect(log()).toContain('" 200 ');
  });
});

describe('mishaps', () => {
  it.each([
    ['missing', 404, 'text/html'],
    ['error', 500, 'text/html'],
    ['html', 200, 'text/html'],
  ] as const)('%s: status %i of type %s', async (kind, status, type) => {
    await start();
    server.control.addFault({ kind });
    const answer = await ask('/805ec0000001.cfg');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
  });

  it('truncated: the connection ends in the middle of the file', async () => {
    await start();
    server.control.addFault({ kind: 'truncated' });
    const answer = await ask('/805ec0000001.cfg');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(cfg.length)]);
    await expect(answer.text()).rejects.toThrow();
    expect(log()).toContain(`" 200 ${Math.floor(cfg.length / 2)} `);
  });

  it('strike as often as asked', async () => {
    await start();
    server.control.addFault({ kind: 'error', times: 2 });
    const answers = [
      await ask('/805ec0000001.cfg'),
      await ask('/805ec0000001.cfg'),
      await ask('/805ec0000001.cfg'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 200]);
  });

  it('strike the path asked for alone', async () => {
    await start();
    server.control.addFault({ kind: 'error', path: '805ec0', times: 0 });
    const answers = [
      await ask('/absent.cfg'),
      await ask('/805ec0000001.cfg'),
      await ask('/805ec0000001.cfg'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 500, 500]);
  });

  it('end when asked', async () => {
    await start();
    server.control.addFault({ kind: 'error', times: 0 });
    server.control.clearFaults();
    expect((await ask('/805ec0000001.cfg')).status).toBe(200);
  });
});

it('remembers who asked for what', async () => {
  await start();
  await ask('/absent.cfg');
  const at = Date.UTC(2026, 10, 23, 10, 0, 0);
  const [first] = server.control.requests();
  server.control.resetRequests();
  expect(first).toEqual({ method: 'GET', path: '/absent.cfg', status: 404, userAgent: phone, at });
  expect(server.control.requests()).toEqual([]);
});
