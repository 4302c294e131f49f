import type { Target } from '../../engine/model/index.ts';
import {
  type LabBoxControl,
  type LabFault,
  type LabYeastarP,
  type LabYeastarPService,
  startLab,
} from '../../lab/index.ts';
import type { Clock } from '../../providers/contract.ts';
import { driver } from '../../providers/pbx/yeastar-p/driver.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Opening, Oracle } from './harness.ts';
import { mutations, organizations, without } from './yeastar-p-samples.ts';
import { type Relay, startRelay } from './yeastar-relay.ts';

/** A box that the suite runs on: how it is set up, and what of the samples only a person sets there. */
interface Edition {
  readonly settings: Partial<LabYeastarP>;
  readonly lacks: readonly string[];
}

/** `old`: firmware without `extension/getpassword`, which shows none of the panel's own keys either. */
export const editions = {
  full: { settings: { advancedKeys: true, organizations }, lacks: [] },
  old: { settings: { getPassword: false, organizations }, lacks: ['nat', 'internalOnly'] },
} satisfies Record<string, Edition>;

const pageSize = 7;
/** The box ends each connection, so that each request has a handshake of its own: more than others need. */
const timeLimitMs = 600;
const wrongSecret = 'changed by somebody';

/** What a session is opened with, as far as faults change it. */
interface Declared {
  clientSecret: string;
  serial: string;
}

/** A simulated box of its own, over TLS with its pin, whose pages are short. */
export async function startYeastarP({ settings, lacks }: Edition): Promise<ContractHarness> {
  const doubts = { maxPageSize: pageSize, overlongPage: 'clamp' } as const;
  const lab = await startLab<LabYeastarP>({
    boxes: [{ driver: 'yeastar-p', name: 'sede', ...settings, doubts }],
  });
  const box = lab.box('sede');
  const [service] = lab.boxes;
  if (service === undefined) throw new Error('the lab did not start sede');
  const relay = await startRelay(service.url);
  const declared: Declared = { clientSecret: service.credentials.clientSecret, serial: service.serial };
  const target = () => targetAt(relay.url, service, declared);
  const logs: string[] = [];
  return {
    driver,
    target: target(),
    samples: without(lacks),
    mutations,
    pageSize,
    timeLimitMs,
    oracle: oracleOf(box),
    faults: faultsOf(box, relay, service, declared),
    clock: quickClock,
    open: (purpose, opening = {}) =>
      driver.open(target(), contextOf(service, declared, purpose, opening, logs)),
    logs: () => logs,
    canaries: () => [service.credentials.clientSecret],
    stop: async () => {
      await relay.unplug();
      await lab.close();
    },
  };
}

/** Fifty times as fast as the machine's, but for waits that are short anyway. */
const quickClock: Clock = {
  now: () => realClock.now() * 50,
  elapsed: () => realClock.elapsed() * 50,
  sleep: (ms, signal) => realClock.sleep(Math.max(ms / 50, Math.min(ms, 10)), signal),
};

function contextOf(
  { credentials: { clientId } }: LabYeastarPService,
  { clientSecret }: Declared,
  purpose: 'read' | 'write',
  opening: Opening,
  logs: string[],
) {
  const limits = { ...driver.facts.host, writeIntervalMs: 0 };
  const credentials = { clientId, clientSecret };
  return { ...sessionContext({ ...opening, purpose, limits, credentials, logs }), clock: quickClock };
}

function targetAt(url: string, { pins, name }: LabYeastarPService, { serial }: Declared): Target {
  const login = { clientId: { literal: 'api' }, clientSecret: { env: 'CONTRACT_SECRET' } };
  return {
    address: `acme/pbx:${name}`,
    client: 'acme',
    label: name,
    kind: 'pbx',
    driver: driver.name,
    mode: 'api',
    presence: 'always',
    key: url,
    host: url,
    endpoint: { url, tls: { pins: [pins.spki] } },
    credentials: { read: login, write: login },
    identity: { serial },
    sip: {},
    options: { timeLimitMs, writeIntervalMs: 0 },
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', name] },
  };
}

const writing = /\/extension\/(create|update|delete)(\?|$)/;

/** The simulator tells the truth by its control, not by its API. */
function oracleOf(box: LabBoxControl): Oracle {
  return {
    saved: (key) => box.saved()[key] ?? null,
    running: (key) => box.running()[key] ?? null,
    keys: () => Object.keys(box.saved()),
    writes: () => box.requests().entries.filter(({ path, errno }) => writing.test(path) && !errno).length,
    requests: () => box.requests().total,
    logins: () => box.logins().length,
    openSessions: () => box.sessions(),
    addForeign: (count) => addForeign(box, count),
  };
}

/** The second of them is an analogue extension. */
function addForeign(box: LabBoxControl, count: number): readonly string[] {
  const free = 5000 + Object.keys(box.saved()).length;
  const keys = Array.from({ length: count }, (_, index) => String(free + index));
  for (const [index, number] of keys.entries()) {
    const kind = index === 1 ? { type: 'FXS' } : {};
    box.create({ number, first_name: 'Ajena', last_name: number, ...kind }, { apply: true });
  }
  return keys;
}

const writes = ['/extension/create', '/extension/update', '/extension/delete'];

function faultsOf(box: LabBoxControl, relay: Relay, service: LabYeastarPService, declared: Declared): Faults {
  const strike = (...faults: readonly LabFault[]) => {
    for (const fault of faults) box.addFault({ times: 0, ...fault });
  };
  return {
    none: async () => {
      box.clearFaults();
      declared.clientSecret = service.credentials.clientSecret;
      declared.serial = service.serial;
      await relay.plug();
    },
    unreachable: relay.unplug,
    forbidden: () => strike(...['/system', '/extension'].map((path) => refusal(path))),
    hang: () => strike({ kind: 'hang' }),
    lostAnswer: () =>
      strike(...writes.map((path): LabFault => ({ kind: 'lostAnswer', match: { path }, times: 1 }))),
    partialPage: () => strike({ kind: 'truncate', match: { path: '/extension/list', nth: 2 } }),
    wrongCredentials: () => {
      declared.clientSecret = wrongSecret;
    },
    wrongIdentity: () => {
      declared.serial = '000000000000';
    },
  };
}

/** The API client was not granted the interface. */
function refusal(path: string): LabFault {
  return { kind: 'errno', errno: '10005', match: { path } };
}
