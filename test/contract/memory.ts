import type { Desired, Target } from '../../engine/model/index.ts';
import type { Driver } from '../../providers/contract.ts';
import { driver as memory } from '../../providers/memory/driver.ts';
import type { World } from '../../providers/memory/world.ts';
import { addForeign, createWorld, inject, removeWorld } from '../../providers/memory/world.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Mutation, Oracle, Sample } from './harness.ts';

const credentials = { username: 'contract-user', password: 'Canary-Login-7319' };
const identity = { tenant: '301', tenantName: 'Acme S.L.' };
const pageSize = 3;
const timeLimitMs = 300;
let started = 0;

/** A memory box of its own, with the driver given (a mutant, for the tests of the suite itself). */
export function startMemory(edition: World['edition'] = 'full', driver: Driver = memory): ContractHarness {
  started += 1;
  const url = `memory://contract-${started}`;
  const world = createWorld(url, { edition, pageSize, identity, login: credentials });
  const target = targetAt(url, driver.name);
  const logs: string[] = [];
  return {
    driver,
    target,
    samples,
    mutations,
    pageSize,
    timeLimitMs,
    oracle: oracleOf(world),
    faults: faultsOf(world),
    clock: realClock,
    open: (purpose, opening = {}) =>
      driver.open(
        target,
        sessionContext({ ...opening, purpose, credentials, limits: driver.facts.host, logs }),
      ),
    logs: () => logs,
    canaries: () => [credentials.password, ...world.issued],
    stop: () => removeWorld(url),
  };
}

function targetAt(url: string, driver: string): Target {
  const login = { username: { literal: credentials.username }, password: { env: 'CONTRACT_PASSWORD' } };
  return {
    address: 'acme/pbx:main',
    client: 'acme',
    label: 'main',
    kind: 'pbx',
    driver,
    mode: 'api',
    presence: 'always',
    key: `${url}#301`,
    host: url,
    endpoint: { url, tls: {} },
    credentials: { read: login, write: login },
    identity,
    sip: {},
    options: { timeLimitMs },
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', 'main'] },
  };
}

function sample(key: string, values: Desired['values'], secrets: Sample['secrets']): Sample {
  const address = `acme/pbx:main/extension:${key}`;
  const names = Object.keys(secrets).map((field) => {
    const name = `extensions/main/${key}/${field}`;
    return [field, { name, source: 'declared', marker: '01JABCDEFGHJKMNPQRSTVWXYZ0' }] as const;
  });
  const desired: Desired = {
    address,
    kind: 'extension',
    key,
    values: { number: key, ...values },
    secrets: Object.fromEntries(names),
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
  };
  return { desired, secrets };
}

/** Between them they meet every quirk of the box: padding, case, spaces, words for numbers, fields that are never shown. */
const samples: readonly Sample[] = [
  sample(
    '110',
    {
      name: 'Recepción  Norte',
      email: 'Recepcion@Acme.example',
      callerId: '+34910000001',
      role: 'user',
      internalOnly: true,
      concurrentRegistrations: 2,
      nat: false,
      department: 'Ventas',
      location: 'local',
    },
    { sip: 'Canary-Sip-5Tk8', portal: 'Canary-Portal-2Wm4', pin: '918273' },
  ),
  sample('7', { name: 'Almacén', callerId: 'anonymous', role: 'admin' }, { sip: 'Canary-Sip-9Rb3' }),
  sample('99999', { name: ' Sala ', callerId: 'internal', department: '' }, { sip: 'Canary-Sip-"%&<' }),
];

const mutations: readonly Mutation[] = [
  { field: 'name', value: 'Recepción   Sur' },
  { field: 'email', value: 'Sur@Acme.example' },
  { field: 'callerId', value: 'internal' },
  { field: 'internalOnly', value: false },
  { field: 'concurrentRegistrations', value: 5 },
  { field: 'nat', value: true },
  { field: 'department', value: 'Compras' },
  { field: 'location', value: 'remote' },
  { field: 'voicemail', value: true },
  { field: 'sip', secret: 'Canary-Sip-6Hn2' },
  { field: 'portal', secret: 'Canary-Portal-8Qd7' },
  { field: 'pin', secret: '564738' },
];

/** The box pads numbers to five digits; the suite speaks of them as people do. */
function oracleOf(world: World): Oracle {
  const ext = (key: string) => key.padStart(5, '0');
  return {
    saved: (key) => world.saved.get(ext(key)) ?? null,
    running: (key) => world.running.get(ext(key)) ?? null,
    keys: () => [...world.saved.keys()].map((native) => native.replace(/^0+/, '')),
    writes: () => world.counts.writes,
    requests: () => world.counts.requests,
    logins: () => world.counts.logins,
    openSessions: () => world.sessions.size,
    addForeign: (count) => {
      const keys = Array.from({ length: count }, (_, index) => String(500 + index));
      for (const key of keys) addForeign(world, ext(key), { sippw: `Foreign-${key}` });
      return keys;
    },
  };
}

function faultsOf(world: World): Faults {
  return {
    none: () => {
      inject(world, {});
      world.login = credentials;
      world.identity = identity;
    },
    unreachable: () => inject(world, { unreachable: true }),
    forbidden: () => inject(world, { forbidden: true }),
    hang: () => inject(world, { hang: true }),
    lostAnswer: () => inject(world, { loseAnswer: true }),
    partialPage: () => inject(world, { partialPage: true }),
    wrongCredentials: () => {
      world.login = { ...credentials, password: 'changed by somebody' };
    },
    wrongIdentity: () => {
      world.identity = { tenant: '302', tenantName: 'Otra S.A.' };
    },
  };
}
