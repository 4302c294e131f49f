import { type Desired, Secret, type Target } from '../../../engine/model/index.ts';
import type { PoweredSession, Reading, SessionContext, Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/meetip/driver.ts';
import type { Answer, Heard, Server as Serving } from '../../support/serve.ts';
import { type Opening as AnyOpening, inSession, sessionContext } from '../../support/session.ts';

/** One call as it arrived: of the action API, or (with `path`) of API v2. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** Without `pbxware.`; empty for API v2. */
  readonly action: string;
  /** Arguments, without key and action. */
  readonly params: Readonly<Record<string, string>>;
  readonly key: string | null;
  /** The key stood in the address. */
  readonly exposed: boolean;
  readonly body: string;
}

export type Server = Serving<Call>;
export type Reply = Answer;

export function callOf({ method, path, query, headers, body }: Heard): Call {
  if (path.startsWith('/api/')) {
    const key = headers.authorization?.replace('Bearer ', '') ?? null;
    return { method, path, action: '', params: {}, key, exposed: false, body };
  }
  const form = new URLSearchParams(body);
  const { apikey = null, action = '', ...params } = Object.fromEntries([...query, ...form]);
  const exposed = query.has('apikey');
  return { method, path, action: action.replace('pbxware.', ''), params, key: apikey, exposed, body };
}

export interface Opening extends AnyOpening {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly identity?: Readonly<Record<string, string>>;
  readonly key?: string;
}

export const KEY = 'k3y-Canary-0f1e2d3c4b5a6978';
export const SIP_SECRET = 'Kw4mTz-Qp7rXb9sNd3hV';
export const PIN = '4071';
export const ADDRESS = 'acme/pbx:main/extension:118';

export function targetAt(url: string, { options = {}, identity }: Opening = {}): Target {
  return {
    address: 'acme/pbx:main',
    client: 'acme',
    label: 'main',
    kind: 'pbx',
    driver: 'meetip',
    mode: 'api',
    presence: 'always',
    key: 'platform:meetip-sip17/301',
    host: url,
    platform: 'meetip-sip17',
    endpoint: { url, tls: {}, insecure: 'test on loopback' },
    credentials: { read: {}, write: {} },
    identity: identity ?? { tenant: '301', tenantName: 'Acme S.L.' },
    sip: {},
    options,
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', 'main'] },
  };
}

export function contextOf(opening: Opening = {}): SessionContext {
  return sessionContext({ apiKey: opening.key ?? KEY }, driver.facts.host, opening);
}

/** Opens a session, uses it, closes it. */
export function using<T>(
  server: Pick<Server, 'url'>,
  opening: Opening,
  use: (session: PoweredSession) => Promise<T>,
): Promise<T> {
  return inSession(driver.open(targetAt(server.url, opening), contextOf(opening)), use);
}

export function readAll(server: Pick<Server, 'url'>, opening: Opening = {}): Promise<Reading> {
  return using(server, { purpose: 'read', ...opening }, (session) => session.read({ kinds: ['extension'] }));
}

const marker = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

export function desired(values: Desired['values'], more: Partial<Desired> = {}): Desired {
  return {
    address: ADDRESS,
    kind: 'extension',
    key: '118',
    values,
    secrets: {
      sip: { name: 'extensions/main/118/sip', source: 'declared', marker },
      pin: { name: 'extensions/main/118/pin', source: 'declared', marker },
    },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
    ...more,
  };
}

export const person = { name: 'Ana', email: 'ana@acme.example' };

export function creation(values: Desired['values'] = {}, key = '118'): Write {
  return {
    action: 'create',
    kind: 'extension',
    key,
    address: `acme/pbx:main/extension:${key}`,
    values: { ...person, ...values },
    secrets: { sip: new Secret(SIP_SECRET), pin: new Secret(PIN) },
  };
}

export function update(values: Desired['values'], secrets: Record<string, Secret> = {}): Write {
  const before = { name: 'Ana' };
  return { action: 'update', kind: 'extension', key: '118', address: ADDRESS, values, secrets, before };
}

export const deletion: Write = { action: 'delete', kind: 'extension', key: '118', address: ADDRESS };
