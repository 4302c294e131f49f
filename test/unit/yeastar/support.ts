import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { AltaError, type Desired, Secret, type Target } from '../../../engine/model/index.ts';
import type { Clock, PoweredSession, SessionContext, Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar/driver.ts';
import { createGate } from '../../../providers/transport/gate.ts';

/** One call as it arrived. `path` is without `/api/`. */
export interface Call {
  readonly path: string;
  readonly body: Record<string, string>;
  readonly raw: string;
  readonly token: string | null;
}

/** An answer in JSON, or raw HTTP. */
export type Reply =
  | Record<string, unknown>
  | { readonly status: number; readonly headers?: Record<string, string>; readonly text: string };

export interface Server {
  readonly url: string;
  readonly calls: Call[];
  /** The paths that arrived, in order. */
  paths(): string[];
  stop(): Promise<void>;
}

/** Answers every call with what `answer` says. */
export async function serve(answer: (call: Call) => Reply | 'drop' | 'hang'): Promise<Server> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await callOf(request);
    calls.push(call);
    const reply = answer(call);
    if (reply === 'drop') request.socket.destroy();
    else if (reply !== 'hang') send(response, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    paths: () => calls.map(({ path }) => path),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://box.example');
  const body = raw === '' ? {} : (JSON.parse(raw) as Record<string, string>);
  return { path: url.pathname.replace('/api/', ''), body, raw, token: url.searchParams.get('token') };
}

function send(response: ServerResponse, reply: Reply): void {
  if (typeof reply.text === 'string' && typeof reply.status === 'number') {
    response.writeHead(reply.status, { connection: 'close', ...(reply.headers as Record<string, string>) });
    response.end(reply.text);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(reply));
}

export const ok = { status: 'Success' };
export const failed = (errno: string): Reply => ({ status: 'Failed', errno });

/** Time that passes only when somebody sleeps or says so. */
export interface HandClock extends Clock {
  readonly slept: number[];
  pass(ms: number): void;
}

export function handClock(): HandClock {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    elapsed: () => now,
    pass: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

export interface Opening {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly identity?: Readonly<Record<string, string>>;
  readonly purpose?: 'read' | 'write';
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly logs?: string[];
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
  const clock = opening.clock ?? handClock();
  const limits = { ...driver.facts.host, writeIntervalMs: 0 };
  return {
    credentials: { username: new Secret('api-user'), password: new Secret(PASSWORD) },
    signal: opening.signal ?? new AbortController().signal,
    gate: createGate(limits, clock),
    purpose: opening.purpose ?? 'write',
    clock,
    root: tmpdir(),
    log: (event, facts) => opening.logs?.push(`${event} ${JSON.stringify(facts)}`),
  };
}

/** Opens a session, uses it, closes it. */
export async function using<T>(
  server: Server,
  opening: Opening,
  use: (session: PoweredSession) => Promise<T>,
): Promise<T> {
  const session = await driver.open(targetAt(server.url, opening), contextOf(opening));
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** The AltaError that a promise must fail with. */
export async function errorOf(promise: Promise<unknown>): Promise<AltaError> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof AltaError) return outcome;
  throw new Error(`expected an AltaError, got ${String(outcome)}`);
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
