import type { Endpoint, Target } from '../../engine/model/index.ts';
import {
  type LabFault,
  type LabPhone,
  type LabPhoneControl,
  type LabPhoneService,
  type LabPins,
  startLab,
} from '../../lab/index.ts';
import type { Clock } from '../../providers/contract.ts';
import { driver } from '../../providers/device/yealink/driver.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Oracle } from './harness.ts';
import { mutations, samples } from './yealink-samples.ts';
import { type Relay, startRelay } from './yeastar-relay.ts';

/** The web interfaces that the suite runs on. All with sixteen lines, since laws fill eight of them. */
export const phones = {
  b0: { name: 'recepcion', generation: 'b0', model: 'T46G', firmware: '28.80.0.125' },
  b1: { name: 'recepcion', generation: 'b1', model: 'T46S', firmware: '66.84.0.15' },
  b2: { name: 'recepcion', generation: 'b2', model: 'T46S', firmware: '66.86.0.15' },
  c: { name: 'recepcion', generation: 'c', model: 'T54W', firmware: '96.86.0.70' },
} as const satisfies Record<string, LabPhone>;

const timeLimitMs = 300;
const wrongPassword = 'changed by somebody';

/** What a session is opened with, as far as faults change it. */
interface Declared {
  password: string;
  mac: string;
}

/** A harness whose phone can be looked at as a whole. */
export interface YealinkHarness extends ContractHarness {
  readonly phone: LabPhoneControl;
}

/** A simulated phone of its own, over TLS with its pin. */
export async function startYealink(settings: LabPhone): Promise<YealinkHarness> {
  const lab = await startLab({ boxes: [], phones: [settings] });
  const phone = lab.phone(settings.name);
  await phone.settled();
  const [service] = lab.phones;
  if (service === undefined) throw new Error(`the lab did not start ${settings.name}`);
  const relay = await startRelay(service.url);
  const declared: Declared = { password: service.credentials.password, mac: plain(service.mac) };
  const target = () => targetAt(relay.url, service, declared);
  const logs: string[] = [];
  return {
    phone,
    driver,
    target: target(),
    samples,
    mutations,
    pageSize: null,
    timeLimitMs,
    oracle: oracleOf(phone),
    faults: faultsOf(phone, relay, service, declared),
    clock: quickClock,
    open: (purpose, opening = {}) => {
      const limits = { ...driver.facts.host, writeIntervalMs: 0 };
      const { username } = service.credentials;
      const credentials = { username, password: declared.password };
      const context = sessionContext({ ...opening, purpose, limits, credentials, logs });
      return driver.open(target(), { ...context, clock: quickClock });
    },
    logs: () => logs,
    canaries: () => [service.credentials.password],
    stop: async () => {
      await relay.unplug();
      await lab.close();
    },
  };
}

const speed = 200;
const start = realClock.now();

/** Two hundred times as fast as the machine's, but for waits that are short anyway. */
export const quickClock: Clock = {
  now: () => start + (realClock.now() - start) * speed,
  elapsed: () => realClock.elapsed() * speed,
  sleep: (ms, signal) => realClock.sleep(Math.max(ms / speed, Math.min(ms, 10)), signal),
};

/** `80:5e:c0:00:00:01` → `805ec0000001` */
export function plain(mac: string): string {
  return mac.replaceAll(':', '');
}

function targetAt(url: string, { pins, name }: LabPhoneService, { mac }: Declared): Target {
  const login = { username: { literal: 'admin' }, password: { env: 'CONTRACT_PASSWORD' } };
  return {
    address: `acme/device:${name}`,
    client: 'acme',
    label: name,
    kind: 'device',
    driver: driver.name,
    mode: 'api',
    presence: 'always',
    key: mac,
    host: url,
    endpoint: endpointAt(url, pins),
    credentials: { read: login, write: login },
    identity: { mac },
    sip: {},
    options: { timeLimitMs },
    origin: { filename: 'clients/acme/client.yaml', path: ['devices', 0] },
  };
}

function endpointAt(url: string, { spki }: LabPins): Endpoint {
  return spki === ''
    ? { url, tls: {}, insecure: 'simulated phone on loopback' }
    : { url, tls: { pins: [spki] } };
}

/** An import of settings: over the JSON interface, or the servlet. */
const imports = ['action=import', 'p=upload'];
const exports = ['action=export', 'q=exportcfgconfig', 'type=export'];

/** The simulator tells the truth by its control, not by its web page. Settings other than the factory's are what is saved. */
function oracleOf(phone: LabPhoneControl): Oracle {
  const saved = (key: string) => lineIn(phone.settings(), key);
  return {
    saved,
    running: saved,
    keys: () => linesIn(phone.settings()),
    writes: () =>
      phone.requests().entries.filter(({ path }) => imports.some((one) => path.includes(one))).length,
    requests: () => phone.requests().total,
    logins: () => phone.logins().length,
    openSessions: () => phone.sessions(),
    addForeign: (count) => addForeign(phone, count),
  };
}

/** What settings say of one line; null where that is nothing. */
export function lineIn(settings: Readonly<Record<string, string>>, line: string): object | null {
  const found = Object.entries(settings).filter(([key]) => lineOf(key) === line);
  return found.length === 0 ? null : Object.fromEntries(found);
}

export function linesIn(settings: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(Object.keys(settings).flatMap((key) => lineOf(key) ?? []))];
}

function lineOf(key: string): string | undefined {
  return /^(?:account|voice_mail\.number)\.(\d+)\b/.exec(key)?.[1];
}

/** Somebody else's lines, from the fourth on. The second of them is switched off. */
function addForeign(phone: LabPhoneControl, count: number): readonly string[] {
  const used = linesIn(phone.settings());
  const free = Array.from({ length: 13 }, (_, index) => String(index + 4)).filter(
    (line) => !used.includes(line),
  );
  const lines = free.slice(0, count);
  if (lines.length < count) throw new Error(`no room for ${count} more lines`);
  for (const [index, line] of lines.entries()) {
    phone.edit({
      [`account.${line}.enable`]: index === 1 ? '0' : '1',
      [`account.${line}.label`]: `Ajena ${line}`,
      [`account.${line}.user_name`]: `ajena${line}`,
      [`account.${line}.auth_name`]: `ajena${line}`,
      [`account.${line}.password`]: `Foreign-${line}-Qx7`,
      [`account.${line}.sip_server.1.address`]: 'sip.otra.example',
    });
  }
  return lines;
}

function faultsOf(
  phone: LabPhoneControl,
  relay: Relay,
  service: LabPhoneService,
  declared: Declared,
): Faults {
  const strike = (kind: LabFault['kind'], paths: readonly string[], times = 0) => {
    for (const path of paths) phone.addFault({ kind, match: { path }, times });
  };
  return {
    none: async () => {
      phone.clearFaults();
      declared.password = service.credentials.password;
      declared.mac = plain(service.mac);
      await relay.plug();
    },
    unreachable: relay.unplug,
    hang: () => strike('hang', ['/']),
    lostAnswer: () => strike('lostAnswer', imports, 1),
    partialPage: () => strike('truncate', exports),
    wrongCredentials: () => {
      declared.password = wrongPassword;
    },
    wrongIdentity: () => {
      declared.mac = '001565000000';
    },
  };
}
