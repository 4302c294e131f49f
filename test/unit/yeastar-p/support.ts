import { type Desired, Secret, type Target } from '../../../engine/model/index.ts';
import type { PoweredSession, SessionContext, Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar-p/driver.ts';
import { type Heard, json, type Reply as Raw, type Server as Serving, serve } from '../../support/serve.ts';
import { type Opening as AnyOpening, inSession, sessionContext } from '../../support/session.ts';

/** One call as it arrived. */
export interface Call {
  readonly method: string;
  /** Without `/openapi/v1.0/`. */
  readonly path: string;
  /** Without the token. */
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly agent: string;
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer in JSON, or raw HTTP. */
export type Reply = Readonly<Record<string, unknown>> | Raw;
export type Answer = Reply | 'drop' | 'hang';

export interface Server extends Serving<Call> {
  /** The paths that arrived, in order. */
  paths(): string[];
}

/** Answers every call with what `answer` says. */
export async function serveBox(answer: (call: Call) => Answer): Promise<Server> {
  const server = await serve(callOf, (call) => {
    const reply = answer(call);
    return typeof reply === 'string' || isRaw(reply) ? reply : json(reply);
  });
  return { ...server, paths: () => server.calls.map(({ path }) => path) };
}

function callOf({ method, path, query, headers, body: raw }: Heard): Call {
  const { access_token: token = null, ...rest } = Object.fromEntries(query);
  const body = raw === '' ? {} : (JSON.parse(raw) as Record<string, unknown>);
  const agent = headers['user-agent'] ?? '';
  return { method, path: path.replace('/openapi/v1.0/', ''), query: rest, token, agent, raw, body };
}

function isRaw(reply: Reply): reply is Raw {
  return typeof reply.text === 'string';
}

export const ok = { errcode: 0, errmsg: 'SUCCESS' };
export const refusal = (errcode: number, errmsg = 'FAILURE'): Reply => ({ errcode, errmsg });

export interface Opening extends AnyOpening {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly identity?: Readonly<Record<string, string>>;
}

export const CLIENT_SECRET = 'Client-Secret-51c7';

export function targetAt(url: string, { options = {}, identity = {} }: Opening = {}): Target {
  return {
    address: 'acme/pbx:sede',
    client: 'acme',
    label: 'sede',
    kind: 'pbx',
    driver: 'yeastar-p',
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
  const parts = { clientId: 'client-id', clientSecret: CLIENT_SECRET };
  return sessionContext(parts, driver.facts.host, opening);
}

export function opening(server: Server, how: Opening = {}): Promise<PoweredSession> {
  return driver.open(targetAt(server.url, how), contextOf(how));
}

/** Opens a session, uses it, closes it. */
export function using<T>(
  server: Server,
  how: Opening,
  use: (session: PoweredSession) => Promise<T>,
): Promise<T> {
  return inSession(opening(server, how), use);
}

export const all = { kinds: ['extension'] } as const;
export const only = (...keys: string[]) => ({ kinds: ['extension'], keys }) as const;

export function desired(values: Desired['values'], more: Partial<Desired> = {}): Desired {
  const secret = (field: string) => ({
    name: `extensions/sede/10/${field}`,
    source: 'declared' as const,
    marker: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  });
  return {
    address: 'acme/pbx:sede/extension:10',
    kind: 'extension',
    key: '10',
    values,
    secrets: { sip: secret('sip'), portal: secret('portal') },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
    ...more,
  };
}

export const SIP_SECRET = 'Kw4mTz-Qp7rXb9sNd3hV';
export const PORTAL_SECRET = 'Portal-Rt5yHn8mWq';

/** The secrets of a new extension. */
export const both = (): Record<string, Secret> => ({
  sip: new Secret(SIP_SECRET),
  portal: new Secret(PORTAL_SECRET),
});

export function creation(
  values: Desired['values'] = { name: 'Ana Lopez' },
  key = '10',
  secrets: Readonly<Record<string, Secret>> = both(),
): Write {
  return {
    action: 'create',
    kind: 'extension',
    key,
    address: `acme/pbx:sede/extension:${key}`,
    values,
    secrets,
  };
}

export function update(
  values: Desired['values'],
  secrets: Readonly<Record<string, Secret>> = {},
  id?: string,
): Write {
  return {
    action: 'update',
    kind: 'extension',
    key: '10',
    address: 'acme/pbx:sede/extension:10',
    values,
    secrets,
    before: { name: 'Ana Lopez' },
    ...(id === undefined ? {} : { id }),
  };
}

export function deletion(id?: string): Write {
  return {
    action: 'delete',
    kind: 'extension',
    key: '10',
    address: 'acme/pbx:sede/extension:10',
    ...(id === undefined ? {} : { id }),
  };
}
