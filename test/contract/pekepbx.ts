import type { Target } from '../../engine/model/index.ts';
import type { ProfileDocument } from '../../engine/model/profile.ts';
import {
  type LabBoxControl,
  type LabFault,
  type LabPekepbx,
  type LabPekepbxService,
  startLab,
} from '../../lab/index.ts';
import type { Clock } from '../../providers/contract.ts';
import { driver } from '../../providers/pbx/pekepbx/driver.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Opening, Oracle } from './harness.ts';
import { dids, mutations, profileOf, samples } from './pekepbx-samples.ts';
import { type Relay, startRelay } from './yeastar-relay.ts';

/** Rows of one page; the lists of dialect c have none. */
const pageSize = 7;
const timeLimitMs = 500;
const wrongPassword = 'changed by somebody';

/** What faults change of how a session is opened, and of its next write. */
interface Declared {
  password: string;
  identity: Readonly<Record<string, string>>;
  losesAnswer: boolean;
}

/**
 * A simulated platform of its own with two companies, over TLS with its pin. Its pages are short.
 * @param other what a company that is not the declared one is told by
 */
export async function startPekepbx(
  settings: Partial<LabPekepbx> & Required<Pick<LabPekepbx, 'edition'>>,
  other: 'tenant' | 'tenantName',
): Promise<ContractHarness> {
  const companies = [
    { code: '90001', name: 'Acme S.L.', dids: { ...dids } },
    { code: '90002', name: 'Acme S.L. (antigua)', extensions: 2 },
  ];
  const bare = settings.edition === 'c';
  const lab = await startLab<LabPekepbx>({
    boxes: [
      { driver: 'pekepbx', name: 'nube', companies, ...(bare ? {} : { maxPageSize: pageSize }), ...settings },
    ],
  });
  const box = lab.box('nube');
  const [service] = lab.boxes;
  if (service === undefined) throw new Error('the lab did not start nube');
  const relay = await startRelay(service.url);
  const identity = { tenant: '90001', tenantName: 'Acme S.L.' };
  const declared: Declared = { password: service.credentials.password, identity, losesAnswer: false };
  const target = () => targetAt(relay.url, service, declared, profileOf(settings.edition));
  const logs: string[] = [];
  return {
    driver,
    target: target(),
    samples,
    mutations,
    pageSize: bare ? null : pageSize,
    timeLimitMs,
    oracle: oracleOf(box),
    faults: faultsOf(box, relay, declared, { other, bare }),
    clock: quickClock,
    open: (purpose, opening = {}) =>
      driver.open(target(), contextOf(box, service, declared, purpose, opening, logs)),
    logs: () => logs,
    canaries: () => [service.credentials.password, wrongPassword],
    stop: async () => {
      await relay.unplug();
      await lab.close();
    },
  };
}

/** A thousand times as fast as the machine's, but for waits that are short anyway: a token then lives for seconds. */
const quickClock: Clock = {
  now: () => realClock.now() * 1_000,
  elapsed: () => realClock.elapsed() * 1_000,
  sleep: (ms, signal) => realClock.sleep(Math.max(ms / 1_000, Math.min(ms, 10)), signal),
};

/** Reads and writes go to the same paths, which faults look at alone: the write to be struck is struck as it starts. */
function contextOf(
  box: LabBoxControl,
  { credentials: { username } }: LabPekepbxService,
  declared: Declared,
  purpose: 'read' | 'write',
  opening: Opening,
  logs: string[],
) {
  const mayWrite = () => {
    opening.mayWrite?.();
    if (declared.losesAnswer) box.addFault({ kind: 'lostAnswer', match: { path: '/extension' } });
    declared.losesAnswer = false;
  };
  const limits = { ...driver.facts.host, readIntervalMs: 0, writeIntervalMs: 0 };
  const credentials = { username, password: declared.password };
  const context = sessionContext({ ...opening, mayWrite, purpose, limits, credentials, logs });
  return { ...context, clock: quickClock };
}

function targetAt(
  url: string,
  { pins, name }: LabPekepbxService,
  { identity }: Declared,
  profile: ProfileDocument,
): Target {
  const login = { username: { literal: 'api' }, password: { env: 'CONTRACT_PASSWORD' } };
  return {
    address: `acme/pbx:${name}`,
    client: 'acme',
    label: name,
    kind: 'pbx',
    driver: driver.name,
    mode: 'api',
    presence: 'always',
    key: `platform:${name}/90001`,
    host: url,
    platform: name,
    endpoint: { url, tls: { pins: [pins.spki] } },
    credentials: { read: login, write: login },
    identity,
    sip: {},
    options: { timeLimitMs, writeIntervalMs: 0, profile },
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', name] },
  };
}

/** The simulator tells the truth by its control, not by its API. */
function oracleOf(box: LabBoxControl): Oracle {
  return {
    saved: (key) => box.saved()[key] ?? null,
    running: (key) => box.running()[key] ?? null,
    keys: () => Object.keys(box.saved()),
    writes: () =>
      box
        .requests()
        .entries.filter(
          ({ method, path, errno }) => method !== 'GET' && path.includes('/extension') && errno === undefined,
        ).length,
    requests: () => box.requests().total,
    logins: () => box.logins().length,
    openSessions: () => box.sessions(),
    addForeign: (count) => {
      const free = 5000 + Object.keys(box.saved()).length;
      const keys = Array.from({ length: count }, (_, index) => String(free + index));
      for (const number of keys) box.create({ number, name: `Ajena ${number}` });
      return keys;
    },
  };
}

function faultsOf(
  box: LabBoxControl,
  relay: Relay,
  declared: Declared,
  { other, bare }: { readonly other: 'tenant' | 'tenantName'; readonly bare: boolean },
): Faults {
  const { password, identity } = declared;
  const strike = (fault: LabFault) => {
    box.addFault({ times: 0, ...fault });
  };
  return {
    none: async () => {
      box.clearFaults();
      Object.assign(declared, { password, identity, losesAnswer: false });
      await relay.plug();
    },
    unreachable: relay.unplug,
    forbidden: () => {
      for (const path of ['/company', '/extension', '/did'])
        strike({ kind: 'errno', errno: '403', match: { path } });
    },
    hang: () => strike({ kind: 'hang' }),
    lostAnswer: () => {
      declared.losesAnswer = true;
    },
    partialPage: () => strike({ kind: 'truncate', match: { path: '/extension', nth: bare ? 1 : 2 } }),
    wrongCredentials: () => {
      declared.password = wrongPassword;
    },
    wrongIdentity: () => {
      declared.identity = { ...identity, [other]: other === 'tenant' ? '90009' : 'Otra S.L.' };
    },
  };
}
