import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Code } from '../../../engine/model/index.ts';
import * as engine from '../../../engine/run/index.ts';
import { doctor } from '../../../engine/run/index.ts';
import { startBastion } from '../../../lab/bastion/index.ts';
import type { LabBox, LabBoxService, LabFault } from '../../../lab/index.ts';
import { loadDriver } from '../../../providers/registry.ts';
import { type Bench, startBench } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import { trustIn } from '../../support/papers.ts';
import { play } from '../../unit/cli/stage.ts';
import { englishIn } from '../cli/english.ts';

const boxes: readonly LabBox[] = [
  { driver: 'pekepbx', name: 'nube' },
  { driver: 'meetip', name: 'centralita' },
  { driver: 'yeastar-p', name: 'sede' },
  { driver: 'yeastar-p', name: 'cerrada', api: false },
  { name: 'vieja', edition: 'v2.0.0', extensions: 1 },
];

let bench: Bench<LabBoxService>;

beforeAll(async () => {
  bench = await startBench<LabBox>({ boxes, held: () => [] });
});
beforeEach(() => {
  for (const { name } of bench.lab.boxes) bench.lab.box(name).clearFaults();
});
afterAll(() => bench.close());

/** What tells one PBX's partition from another. */
const tenants: Readonly<Record<string, object>> = {
  pekepbx: { profile: 'pekepbx-v36', tenant: '90001' },
  meetip: { tenant: '301' },
};

/** A box that people write to, with its address. */
function guided(name: string, over: object = {}): object {
  const service = bench.service(name);
  const { driver, url } = service;
  return { mode: 'guided', driver, url, ...trustIn(service), ...tenants[driver], ...over };
}

async function found(pbx: Readonly<Record<string, object>>, over: object = {}) {
  await bench.declare({ pbx, extensions: [], ...over });
  const { findings, diagnostics } = await doctor(bench.context({ command: 'doctor' }), planOptions);
  expect(diagnostics).toEqual([]);
  return findings.filter(({ address }) => address !== 'alta.yaml');
}

/** What is found of one PBX beside that it is guided. */
async function foundOf(name: string, over: object = {}) {
  const [first, ...others] = await found({ [name]: guided(name, over) });
  expect(first).toMatchObject({ code: 'doctor-guided', address: `acme/pbx:${name}` });
  return others;
}

const page: LabFault = { kind: 'nonJson', times: 0 };
const absent: LabFault = { kind: 'status', status: 404, times: 0 };
const gone: LabFault = { kind: 'offline', times: 0 };

const looks: readonly (readonly [
  name: string,
  state: string,
  fault: LabFault | null,
  code: Code,
  evidence: string,
])[] = [
  ['nube', 'with its API open', null, 'doctor-api-on', 'HTTP 401, application/json'],
  ['nube', 'with a page in place of its API', page, 'doctor-api-off', 'text/html'],
  ['nube', 'without an API', absent, 'doctor-api-off', 'HTTP 404'],
  ['nube', 'that is not there', gone, 'doctor-api-unknown', 'connection-reset'],
  ['centralita', 'with its API open', null, 'doctor-api-on', 'HTTP 200, an error in JSON'],
  ['centralita', 'with a page in place of its API', page, 'doctor-api-off', 'HTTP 200, no JSON'],
  ['centralita', 'without an API', absent, 'doctor-api-off', 'HTTP 404, no JSON'],
  ['centralita', 'that is not there', gone, 'doctor-api-unknown', 'connection-reset'],
  ['sede', 'with its API open', null, 'doctor-api-on', 'errcode'],
  ['cerrada', 'with its API switched off', null, 'doctor-api-off', 'text/html'],
  ['sede', 'without an API', absent, 'doctor-api-off', 'HTTP 404'],
  ['sede', 'that is not there', gone, 'doctor-api-unknown', 'connection-reset'],
];

describe('alta doctor looks at the API of a PBX that people write to:', () => {
  it.each(looks)('%s, %s', async (name, _, fault, code, evidence) => {
    const box = bench.lab.box(name);
    if (fault !== null) box.addFault(fault);
    const { driver, url } = bench.service(name);
    const ask = (await loadDriver(driver))?.facts.access;
    expect(ask?.es).toMatch(/\w{3}/);
    expect(await foundOf(name)).toEqual([
      {
        address: `acme/pbx:${name}`,
        code,
        params: { host: url, evidence: expect.stringContaining(evidence) },
        ask,
      },
    ]);
    expect([box.logins(), box.lockouts(), box.sessions()]).toEqual([[], [], 0]);
  });

  it('a few requests are enough, and none of them writes', async () => {
    for (const name of ['nube', 'centralita', 'sede', 'cerrada']) {
      bench.lab.box(name).resetRequests();
      await foundOf(name);
      expect(bench.lab.box(name).requests().total).toBeLessThanOrEqual(2);
    }
  });

  it('one look is enough for all the tenants of a platform', async () => {
    bench.lab.box('centralita').resetRequests();
    const tenant = (code: string) => guided('centralita', { tenant: code });
    const findings = await found({ norte: tenant('301'), sur: tenant('412') });
    expect(findings.filter(({ code }) => code === 'doctor-api-on').map(({ address }) => address)).toEqual([
      'acme/pbx:norte',
      'acme/pbx:sur',
    ]);
    expect(bench.lab.box('centralita').requests().total).toBe(1);
  });

  it('nobody there', async () => {
    const url = 'https://127.0.0.1:1';
    for (const name of ['nube', 'centralita', 'sede']) {
      const [door] = await foundOf(name, { url });
      expect(door).toMatchObject({
        code: 'doctor-api-unknown',
        params: { host: url, evidence: 'unreachable' },
      });
    }
  });

  it('a login that is declared is not used, however wrong it is', async () => {
    const wrong = { secret: 'pbx/wrong' };
    await bench.secret('connect', wrong.secret, 'Hn2sYb7dCx-j8GwT5kVq');
    const logins: Readonly<Record<string, object>> = {
      nube: { username: 'nadie', password: wrong },
      centralita: { apiKey: wrong },
      sede: { clientId: 'nadie', clientSecret: wrong },
    };
    for (const [name, credentials] of Object.entries(logins)) {
      const [door] = await foundOf(name, { credentials });
      expect(door?.code).toBe('doctor-api-on');
      const box = bench.lab.box(name);
      expect([box.logins(), box.lockouts()]).toEqual([[], []]);
    }
  });

  it('where it knows of no way to look, or of no address, it says whom to ask', async () => {
    const nowhere = { mode: 'guided', driver: 'pekepbx', ...tenants.pekepbx };
    const findings = await found({ vieja: guided('vieja'), lejos: nowhere });
    expect(findings.map(({ address, code, ask }) => [address, code, ask?.en.slice(0, 12)])).toEqual([
      ['acme/pbx:vieja', 'doctor-guided', undefined],
      ['acme/pbx:vieja', 'doctor-access', 'The API is o'],
      ['acme/pbx:lejos', 'doctor-guided', undefined],
      ['acme/pbx:lejos', 'doctor-access', 'The REST API'],
    ]);
    expect(bench.lab.box('vieja').requests().total).toBe(0);
  });

  it('a certificate that nobody vouches for: its pin, to compare', async () => {
    const findings = await foundOf('centralita', { tls: {} });
    expect(findings).toMatchObject([
      { code: 'doctor-api-unknown', params: { evidence: 'tls-untrusted' } },
      { code: 'doctor-pin', params: { pin: bench.service('centralita').pins.spki.replace(/=+$/, '') } },
    ]);
  });

  it('through the SSH host of its network', async () => {
    const { port } = new URL(bench.service('sede').url);
    const inside = '192.0.2.131:8088';
    const forwards = { [inside]: { host: '127.0.0.1', port: Number(port) } };
    const bastion = await startBastion({ forwards });
    try {
      const { credentials, hostKeys, ...place } = bastion.service;
      await bench.secret('connect', 'access/oficina/key', credentials.privateKey);
      const ssh = { host: place.host, port: place.port, user: credentials.username, hostKeys };
      const pbx = { sede: guided('sede', { url: `https://${inside}`, via: 'oficina' }) };
      const findings = await found(pbx, { access: { oficina: { ssh } } });
      expect(findings.at(-1)).toMatchObject({ code: 'doctor-api-on', params: { host: `https://${inside}` } });
      expect(bastion.control.counters().forwards).toEqual({ [inside]: 1 });
    } finally {
      await bastion.close();
    }
  });

  it('says it as a person would, in both languages', async () => {
    await bench.declare({ pbx: { cerrada: guided('cerrada') }, extensions: [] });
    const cwd = bench.context().root;
    const english = await play(['doctor'], { cwd, engine });
    expect([english.code, english.out]).toEqual([
      0,
      expect.stringContaining('answers, and its API does not ('),
    ]);
    const spanish = await play(['doctor', '--lang', 'es'], { cwd, engine });
    expect(spanish.out).toMatch(
      /acme\/pbx:cerrada: Su API está cerrada \[doctor-api-off\]\n {2}https:\S+ responde, pero su API no \(.*\)\.\n {2}→ La API viene desactivada\./,
    );
    // What was seen, in technical words, and a label of the panel.
    const ours = spanish.out.replace(/pero su API no \(.*\)/, '').replace('Blocked IPs', '');
    expect(englishIn(ours + spanish.err)).toEqual([]);
    const { out } = await play(['doctor', '--json', '--lang', 'es'], { cwd, engine });
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly { readonly code: string; readonly hint: string }[];
    };
    expect(findings.at(-1)).toMatchObject({
      code: 'doctor-api-off',
      hint: expect.stringMatching(/^La API viene desactivada\./),
    });
  });
});
