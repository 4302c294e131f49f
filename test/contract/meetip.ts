import type { Target } from '../../engine/model/index.ts';
import {
  type LabBoxControl,
  type LabFault,
  type LabMeetip,
  type LabMeetipService,
  startLab,
} from '../../lab/index.ts';
import type { Clock } from '../../providers/contract.ts';
import { actions } from '../../providers/pbx/meetip/actions.ts';
import { driver } from '../../providers/pbx/meetip/driver.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Opening, Oracle } from './harness.ts';
import { mutations, samples } from './meetip-samples.ts';
import { type Relay, startRelay } from './yeastar-relay.ts';

/** The rights that the driver says it needs, but for some. */
function keyWithout(...denied: readonly string[]): { actions: string[] }[] {
  const asked = Object.values(actions).map((action) => action.replace('pbxware.', ''));
  return [{ actions: asked.filter((action) => !denied.includes(action)) }];
}

const server = { driver: 'meetip', name: 'centralita' } as const;

/** The servers that the suite runs on. */
export const editions = {
  v1: { ...server, edition: 'v1', keys: keyWithout() },
  v2: { ...server, edition: 'v2' },
  /** Its key lists no tenants. */
  scoped: { ...server, edition: 'v1', keys: keyWithout('tenant.list') },
  /** Its key sees no tenant at all: who one is, only its extensions tell. */
  blind: { ...server, edition: 'v1', keys: keyWithout('tenant.list', 'tenant.configuration') },
} as const satisfies Record<string, LabMeetip>;

const timeLimitMs = 300;
const wrongKey = 'revoked-by-somebody-0123456789ab';

/** What a session is opened with, as far as faults change it. */
interface Declared {
  key: string;
  tenant: string;
}

export interface MeetipHarness extends ContractHarness {
  readonly box: LabBoxControl;
}

/** A simulated server of its own with one tenant of ours, over TLS with its pin. */
export async function startMeetip(settings: LabMeetip): Promise<MeetipHarness> {
  const lab = await startLab<LabMeetip>({ boxes: [settings] });
  const box = lab.box(settings.name);
  const service = lab.boxes.find(({ name }) => name === settings.name);
  if (service === undefined) throw new Error(`the lab did not start ${settings.name}`);
  const relay = await startRelay(service.url);
  const [tenant = { code: '', id: '' }] = service.tenants;
  const declared: Declared = { key: service.credentials.apiKey, tenant: tenant.code };
  const listsTenants = settings.keys?.[0]?.actions?.includes('tenant.list') ?? true;
  const options = listsTenants ? {} : { serverId: Number(tenant.id) };
  const target = () => targetAt(relay.url, service, declared, options);
  const logs: string[] = [];
  return {
    driver,
    box,
    target: target(),
    samples,
    mutations,
    pageSize: null,
    timeLimitMs,
    oracle: oracleOf(box),
    faults: faultsOf(box, relay, declared),
    clock: quickClock,
    open: (purpose, opening = {}) => {
      const context = contextOf(declared, purpose, opening, logs);
      return driver.open(target(), context);
    },
    logs: () => logs,
    canaries: () => [service.credentials.apiKey, wrongKey],
    stop: async () => {
      await relay.unplug();
      await lab.close();
    },
  };
}

/** A thousand times as fast as the machine's, but for waits that are short anyway. */
const quickClock: Clock = {
  now: () => realClock.now() * 1_000,
  elapsed: () => realClock.elapsed() * 1_000,
  sleep: (ms, signal) => realClock.sleep(Math.max(ms / 1_000, Math.min(ms, 10)), signal),
};

function contextOf({ key }: Declared, purpose: 'read' | 'write', opening: Opening, logs: string[]) {
  const limits = { ...driver.facts.host, writeIntervalMs: 0 };
  const context = sessionContext({ ...opening, purpose, limits, credentials: { apiKey: key }, logs });
  return { ...context, clock: quickClock };
}

function targetAt(
  url: string,
  { pins, name }: LabMeetipService,
  { tenant }: Declared,
  options: Target['options'],
): Target {
  const login = { apiKey: { env: 'CONTRACT_KEY' } };
  return {
    address: `acme/pbx:${name}`,
    client: 'acme',
    label: name,
    kind: 'pbx',
    driver: driver.name,
    mode: 'api',
    presence: 'always',
    key: `platform:${name}/${tenant}`,
    host: url,
    endpoint: { url, tls: { pins: [pins.spki] } },
    credentials: { read: login, write: login },
    identity: { tenant },
    sip: {},
    options: { timeLimitMs, writeIntervalMs: 0, ...options },
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', name] },
  };
}

const writing = /=pbxware\.ext\.(add|edit|delete|es\.callerid\.(edit|set))(&|$)/;

/** What a session writes first, by the action API or (an extension by its id) by API v2. */
const lossy = ['pbxware.ext.add', 'pbxware.ext.edit', 'pbxware.ext.delete', '/v2/extensions/1'];

/** The simulator tells the truth by its control, not by its API. */
function oracleOf(box: LabBoxControl): Oracle {
  return {
    saved: (key) => box.saved()[key] ?? null,
    running: (key) => box.running()[key] ?? null,
    keys: () => Object.keys(box.saved()),
    writes: () => {
      const done = box.requests().entries.filter(({ errno }) => errno === undefined);
      return done.filter(({ method, path }) =>
        path.startsWith('/api/') ? method !== 'GET' : writing.test(decodeURIComponent(path)),
      ).length;
    },
    requests: () => box.requests().total,
    logins: () => box.logins().length,
    openSessions: () => box.sessions(),
    addForeign: (count) => addForeign(box, count),
  };
}

/** The second of them speaks another protocol. */
function addForeign(box: LabBoxControl, count: number): readonly string[] {
  const free = 500 + Object.keys(box.saved()).length;
  const keys = Array.from({ length: count }, (_, index) => String(free + index));
  for (const [index, number] of keys.entries()) {
    const kind = index === 1 ? { prot: 'iax' } : {};
    box.create({ number, name: `Ajena ${number}`, department: '4', callerid: '910000077', ...kind });
  }
  return keys;
}

function faultsOf(box: LabBoxControl, relay: Relay, declared: Declared): Faults {
  const { key, tenant } = declared;
  const strike = (fault: LabFault) => {
    box.addFault({ times: 0, ...fault });
  };
  return {
    none: async () => {
      box.clearFaults();
      Object.assign(declared, { key, tenant });
      await relay.plug();
    },
    unreachable: relay.unplug,
    forbidden: () => strike({ kind: 'errno', errno: 'Selected action not allowed' }),
    hang: () => strike({ kind: 'hang' }),
    lostAnswer: () => {
      for (const path of lossy) strike({ kind: 'lostAnswer', match: { path }, times: 1 });
    },
    partialPage: () => strike({ kind: 'truncate' }),
    wrongCredentials: () => {
      declared.key = wrongKey;
    },
    /** An extension there tells the tenant to a key that sees nothing else of it. */
    wrongIdentity: () => {
      declared.tenant = '999';
      box.create({ number: '480', name: 'Ajena' });
    },
  };
}
