import { type Desired, Secret, type Target } from '../../../engine/model/index.ts';
import type { PoweredSession, SessionContext, Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar/driver.ts';
import { type Heard, json, type Server as Serving, serve } from '../../support/serve.ts';
import { type Opening as AnyOpening, inSession, sessionContext } from '../../support/session.ts';

/** One call as it arrived. `path` is without `/api/`. */
export interface Call {
  readonly path: string;
  readonly body: Record<string, string>;
  readonly raw: string;
  readonly token: string | null;
}

interface Raw {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly text: string;
}

/** An answer in JSON, or raw HTTP. */
export type Reply = Record<string, unknown> | Raw;

export interface Server extends Serving<Call> {
  /** The paths that arrived, in order. */
  paths(): string[];
}

/** Answers every call with what `answer` says. */
export async function serveBox(answer: (call: Call) => Reply | 'drop' | 'hang'): Promise<Server> {
  const server = await serve(callOf, (call) => {
    const reply = answer(call);
    return typeof reply === 'string' || isRaw(reply) ? reply : json(reply);
  });
  return { ...server, paths: () => server.calls.map(({ path }) => path) };
}

function callOf({ path, query, body: raw }: Heard): Call {
  const body = raw === '' ? {} : (JSON.parse(raw) as Record<string, string>);
  return { path: path.replace('/api/', ''), body, raw, token: query.get('token') };
}

function isRaw(reply: Reply): reply is Raw {
  return typeof reply.text === 'string' && typeof reply.status === 'number';
}

export const ok = { status: 'Success' };
export const failed = (errno: string): Reply => ({ status: 'Failed', errno });

export interface Opening extends AnyOpening {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly identity?: Readonly<Record<string, string>>;
}

export const PASSWORD = 'Panel-Word-7';

export function targetAt(url: string, { options = {}, identity = {} }: Opening = {}): Target {
  return {
    address: 'acme/pbx:sede',
    client: 'acme',
    label: 'sede',
    kind: 'pbx',
    driver: 'yeastar',
    mode: 'api',
    presence: 'always',
    key: url,
    host: url,
    endpoint: { url, tls: {}, insecure: 'test on loopback' },
    credentials: { read: {}, write: {} },
    identity,
    sip: {},
    options: { writeIntervalMs: 0, ...options },
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', 'sede'] },
  };
}

export function contextOf(opening: Opening = {}): SessionContext {
  return sessionContext({ username: 'api-user', password: PASSWORD }, driver.facts.host, opening);
}

/** Opens a session, uses it, closes it. */
export function using<T>(
  server: Server,
  opening: Opening,
  use: (session: PoweredSession) => Promise<T>,
): Promise<T> {
  return inSession(driver.open(targetAt(server.url, opening), contextOf(opening)), use);
}

export function desired(values: Desired['values'], more: Partial<Desired> = {}): Desired {
  return {
    address: 'acme/pbx:sede/extension:10',
    kind: 'extension',
    key: '10',
    values,
    secrets: {
      sip: { name: 'extensions/sede/10/sip', source: 'declared', marker: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
    },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
    ...more,
  };
}

export const SIP_SECRET = 'Kw4mTz-Qp7rXb9sNd3hV';

export function creation(values: Desired['values'] = { name: 'Almacen' }, key = '10'): Write {
  return {
    action: 'create',
    kind: 'extension',
    key,
    address: `acme/pbx:sede/extension:${key}`,
    values,
    secrets: { sip: new Secret(SIP_SECRET) },
  };
}

export function update(values: Desired['values'], secrets: Record<string, Secret> = {}): Write {
  return {
    action: 'update',
    kind: 'extension',
    key: '10',
    address: 'acme/pbx:sede/extension:10',
    values,
    secrets,
    before: { name: 'Almacen' },
  };
}

export const deletion: Write = {
  action: 'delete',
  kind: 'extension',
  key: '10',
  address: 'acme/pbx:sede/extension:10',
};
