import type { Target } from '../../engine/model/index.ts';
import { AltaError } from '../../engine/model/index.ts';
import {
  type LabBoxControl,
  type LabFault,
  type LabYeastar,
  type LabYeastarService,
  startLab,
} from '../../lab/index.ts';
import type { Clock, PoweredSession } from '../../providers/contract.ts';
import { driver } from '../../providers/pbx/yeastar/driver.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Opening, Oracle } from './harness.ts';
import { type Relay, startRelay } from './yeastar-relay.ts';
import { mutations, samples, seedOf, withoutNat } from './yeastar-samples.ts';

/** The boxes that the suite runs on. */
export const editions = {
  shown: { name: 'sede', edition: 'v2.0.0', nat: true },
  hidden: { name: 'sede', edition: 'v2.0.0', nat: false },
  first: { name: 'almacen', edition: 'v1.1.0' },
} as const satisfies Record<string, LabYeastar>;

const timeLimitMs = 300;
const wrongPassword = 'changed by somebody';

/** What a session is opened with, as far as faults change it. */
interface Declared {
  password: string;
  serial: string;
}

/** A simulated box of its own, over TLS with its pin. */
export async function startYeastar(settings: LabYeastar): Promise<ContractHarness> {
  const lab = await startLab({ boxes: [settings] });
  const box = lab.box(settings.name);
  const service = lab.boxes.find(({ name }) => name === settings.name);
  if (service === undefined) throw new Error(`the lab did not start ${settings.name}`);
  const relay = await startRelay(service.url);
  const declared: Declared = { password: service.credentials.password, serial: service.serial };
  const target = () => targetAt(relay.url, service, declared);
  const logs: string[] = [];
  return {
    driver,
    target: target(),
    samples: settings.nat === false || settings.edition === 'v1.1.0' ? samples.map(withoutNat) : samples,
    mutations,
    pageSize: null,
    timeLimitMs,
    oracle: oracleOf(box),
    faults: faultsOf(box, relay, service, declared),
    clock: quickClock,
    open: async (purpose, opening = {}) => {
      const context = contextOf(service, declared, purpose, opening, logs);
      const session = await driver.open(target(), context);
      return settings.edition === 'v1.1.0' ? withPerson(session, box, opening) : session;
    },
    logs: () => logs,
    canaries: () => [service.credentials.password],
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
  { credentials }: LabYeastarService,
  { password }: Declared,
  purpose: 'read' | 'write',
  opening: Opening,
  logs: string[],
) {
  const limits = { ...driver.facts.host, writeIntervalMs: 0 };
  const login = { username: credentials.username, password };
  return {
    ...sessionContext({ ...opening, purpose, limits, credentials: login, logs }),
    clock: quickClock,
  };
}

function targetAt(url: string, { pins, name }: LabYeastarService, { serial }: Declared): Target {
  const login = { username: { literal: 'api' }, password: { env: 'CONTRACT_PASSWORD' } };
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

/**
 * On v1.x a new extension is a guided step: where the driver finds that one of the samples is missing, and may not create
 * it, a person saves it in the panel, once. A session whose writes must not start gets no such help.
 */
function withPerson(session: PoweredSession, box: LabBoxControl, { mayWrite }: Opening): PoweredSession {
  return {
    ...session,
    apply: async (write) => {
      try {
        return await session.apply(write);
      } catch (error) {
        const seed = seedOf(write.key);
        const missing = error instanceof AltaError && error.code === missingCodes[write.action];
        const there = box.saved()[write.key] !== undefined;
        if (!missing || there || seed === undefined || mayWrite !== undefined) throw error;
        box.create(seed);
        return write.action === 'create' ? {} : session.apply(write);
      }
    },
  };
}

/** How the driver says that the extension of a write is not there. Deleting it needs nobody. */
const missingCodes = { create: 'unsupported-operation', update: 'not-found', delete: undefined } as const;

const writing = /\/(extension\/(add|update|delete)|apply)$/;

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
    const kind = index === 1 ? { type: 'FXS', port: '1-1' } : {};
    box.create({ number, username: `Ajena ${number}`, ...kind }, { apply: true });
  }
  return keys;
}

function faultsOf(box: LabBoxControl, relay: Relay, service: LabYeastarService, declared: Declared): Faults {
  const strike = (...faults: readonly LabFault[]) => {
    for (const fault of faults) box.addFault({ times: 0, ...fault });
  };
  return {
    none: async () => {
      box.clearFaults();
      declared.password = service.credentials.password;
      declared.serial = service.serial;
      await relay.plug();
    },
    unreachable: relay.unplug,
    forbidden: () => strike(...['/deviceinfo', '/extension', '/apply'].map((path) => refusal(path))),
    hang: () => strike({ kind: 'hang' }),
    lostAnswer: () =>
      strike(...['/extension/add', '/extension/update', '/extension/delete'].map((path) => loss(path))),
    partialPage: () => strike({ kind: 'truncate', match: { path: '/extension' } }),
    wrongCredentials: () => {
      declared.password = wrongPassword;
    },
    wrongIdentity: () => {
      declared.serial = '000000000000';
    },
  };
}

function refusal(path: string): LabFault {
  return { kind: 'status', status: 403, match: { path } };
}

function loss(path: string): LabFault {
  return { kind: 'lostAnswer', match: { path }, times: 1 };
}
