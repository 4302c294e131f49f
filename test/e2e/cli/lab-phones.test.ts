import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alta, type Ended, startAlta } from './alta.ts';

let cwd = '';
let lab: Ended;
let validated: Ended;
let checked: Ended;
let left: readonly string[];

/** One lab with the usual phones, started, looked at and ended; the tests look at what it said and left. */
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'alta-phones-'));
  const env = { TMPDIR: join(cwd, 'tmp') };
  await mkdir(env.TMPDIR);
  const running = await startAlta(['lab', '--json', '--phones', '--workspace', 'taller'], { cwd, env });
  await running.seen(/\n/);
  validated = await alta(['validate', '--workspace', 'taller'], { cwd });
  checked = await alta(['secrets', 'check', '--workspace', 'taller'], { cwd });
  running.send('SIGTERM');
  running.send('SIGINT');
  lab = await running.ended;
  left = await readdir(env.TMPDIR);
}, 60_000);

afterAll(() => rm(cwd, { recursive: true, force: true }));

interface Device extends Record<string, unknown> {
  readonly id: string;
}

/** What is not the same in every lab, or for every phone. */
const facts = new Set(['driver', 'name', 'model', 'firmware', 'mac', 'tls']);

function withoutFacts(device: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(device).filter(([key]) => !facts.has(key)));
}

const read = (name: string): Promise<string> => readFile(join(cwd, 'taller', name), 'utf8');

it('ends with 0, also where it is told twice, and leaves nothing outside the workspace', () => {
  expect([lab.code, lab.err, left]).toEqual([0, '', []]);
});

describe('alta lab --json --phones', () => {
  const loopback = (scheme: string) =>
    expect.stringMatching(new RegExp(`^${scheme}://127\\.0\\.0\\.1:\\d+$`));
  const services = (): Record<string, unknown>[] => JSON.parse(lab.out).services;

  it('lists boxes, phones and what is around them', () => {
    expect(services().map(({ name, driver }) => [name, driver])).toEqual([
      ['sede', 'yeastar'],
      ['almacen', 'yeastar'],
      ...['mostrador', 'despacho', 'muelle', 'sala', 'entrada'].map((name) => [name, 'yealink']),
      ['bastion', 'ssh'],
      ['provisioning', 'http'],
    ]);
  });

  it('says how to log in to a phone', () => {
    const credentials = { username: 'admin', password: expect.stringMatching(/^\S{5,}$/) };
    const [, , phone] = services();
    expect(phone).toEqual({ name: 'mostrador', driver: 'yealink', url: loopback('https'), credentials });
  });

  it('says how to log in to the SSH host', () => {
    expect(services().at(-2)).toEqual({
      name: 'bastion',
      driver: 'ssh',
      url: loopback('ssh'),
      credentials: { username: 'alta', privateKey: expect.stringMatching(/^-----BEGIN OPENSSH/) },
      hostKeys: [expect.stringMatching(/^ssh-ed25519 AAAA\S+$/)],
    });
  });

  it('says where phones fetch their files', () => {
    expect(services().at(-1)).toEqual({
      name: 'provisioning',
      driver: 'http',
      url: loopback('http'),
      credentials: { username: 'telefonos', password: expect.stringMatching(/^\S{10,}$/) },
    });
  });
});

describe('its workspace', () => {
  it('is valid', () => {
    expect([validated.code, validated.err]).toEqual([0, expect.not.stringMatching(/error:|warning:/)]);
    expect(validated.out).toContain('5 devices');
  });

  it('has every secret', () => {
    expect([checked.code, checked.err]).toEqual([0, expect.not.stringMatching(/error:|warning:/)]);
  });

  it('declares a phone of every kind', async () => {
    const { devices } = parse(await read('clients/acme/client.yaml')) as { devices: Device[] };
    const brief = devices.map(({ id, ...rest }) => [id, withoutFacts(rest)]);
    const account = (number: string, label: string) => [{ line: 1, extension: `sede/${number}`, label }];
    const direct = expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(Object.fromEntries(brief)).toEqual({
      mostrador: { address: direct, accounts: account('501', 'Mostrador') },
      despacho: { address: 'https://192.0.2.132', via: 'oficina', accounts: account('502', 'Despacho') },
      muelle: {
        publish: { method: 'provisioning', store: 'telefonos' },
        accounts: account('503', 'Muelle'),
      },
      sala: { address: direct, presence: 'sometimes', accounts: account('504', 'Sala') },
      entrada: { mode: 'guided', accounts: account('505', 'Entrada') },
    });
  });

  it('declares logins once, by their usual names', async () => {
    const { connect } = parse(await read('clients/acme/secrets.yaml'));
    expect(Object.keys(connect).sort()).toEqual([
      'access/oficina/key',
      'devices/despacho/password',
      'devices/despacho/username',
      'devices/mostrador/password',
      'devices/mostrador/username',
      'devices/sala/password',
      'devices/sala/username',
      'pbx/almacen/password',
      'pbx/sede/password',
      'provisioning/telefonos/key',
    ]);
  });

  it('has the phones register where their PBX says', async () => {
    const { pbx } = parse(await read('clients/acme/client.yaml'));
    expect(pbx.sede.sip).toEqual({ server: 'sede.example', port: 5060, transport: 'udp' });
  });

  it('holds no private key in clear', async () => {
    const text = await read('clients/acme/secrets.yaml');
    expect(text).not.toContain('OPENSSH');
  });
});

it.each([
  ['a generation that there is not', 'mostrador:d'],
  ['a way that there is not', 'mostrador:c:radio'],
])('refuses %s', async (_what, phones) => {
  const { code, err } = await alta(['lab', '--phones', phones, '--lang', 'es'], { cwd });
  expect([code, err]).toEqual([1, expect.stringContaining('[option-value]')]);
});

it('refuses a name that the lab itself needs', async () => {
  const { code, err } = await alta(['lab', '--phones', 'bastion:c'], { cwd });
  expect([code, err]).toEqual([1, expect.stringContaining('[lab-name-taken]')]);
});
