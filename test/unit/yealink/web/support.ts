import {
  constants,
  createDecipheriv,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto';
import { Secret, type Target } from '../../../../engine/model/index.ts';
import type { Clock, SessionContext, Write } from '../../../../providers/contract.ts';
import { openWeb, type WebSession } from '../../../../providers/device/yealink/web/session.ts';
import { type Answer, type Heard, html, type Server as Serving, serve } from '../../../support/serve.ts';
import { type Opening as AnyOpening, inSession, sessionContext } from '../../../support/session.ts';

/** One request as it arrived. */
export interface Call extends Heard {
  /** `POST /api/auth/login`, `GET status/load`: what tests list. */
  readonly name: string;
}

export interface Server extends Serving<Call> {
  names(): string[];
}

export async function servePhone(answer: (call: Call) => Answer): Promise<Server> {
  const server = await serve(callOf, answer);
  return { ...server, names: () => server.calls.map(({ name }) => name) };
}

function callOf(heard: Heard): Call {
  const { method, path, query } = heard;
  const page = [query.get('p') ?? query.get('m') ?? '', query.get('q') ?? 'upload'].join('/');
  const name = path === '/servlet' ? `${method} ${page}` : `${method} ${path.replace('/api/', '')}`;
  return { ...heard, name };
}

export const notFound = html('404', { status: 404 });

/** A key pair of a phone of these tests: made anew in each run. */
export interface Keys {
  readonly n: string;
  readonly e: string;
  readonly open: (hex: string) => string;
}

export function newKeys(bits = 1024): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const hex = (text: string) => Buffer.from(text, 'base64url').toString('hex');
  return { n: hex(n), e: hex(e), open: (sealed) => unsealed(sealed, privateKey) };
}

/** PKCS#1 v1.5 taken apart by hand: 00 02, filling without a zero, 00, the text. */
function unsealed(hex: string, key: KeyObject): string {
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(hex, 'hex'));
  if (block[0] !== 0 || block[1] !== 2) throw new Error('not PKCS#1 v1.5');
  return block.subarray(block.indexOf(0, 2) + 1).toString('utf8');
}

/** What AES-128-CBC with zeros at the end hides. Key and IV as hex. */
export function unwrapped(base64: string, key: string, iv: string): string {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));
  decipher.setAutoPadding(false);
  const clear = Buffer.concat([decipher.update(Buffer.from(base64, 'base64')), decipher.final()]);
  return clear.toString('utf8').replace(/\0+$/, '');
}

export const PASSWORD = 'Web-Word-7ñ';
export const SIP_SECRET = 'Kw4mTz-Qp7rXb9sNd3hV';
export const MAC = '805ec0000001';

export interface Opening extends AnyOpening {
  readonly mac?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly password?: string;
}

export function targetAt(url: string, { mac = MAC, options = {} }: Opening = {}): Target {
  return {
    address: 'acme/device:recepcion',
    client: 'acme',
    label: 'recepcion',
    kind: 'device',
    driver: 'yealink',
    mode: 'api',
    presence: 'always',
    key: `mac:${mac}`,
    host: url,
    endpoint: { url, tls: {}, insecure: 'test on loopback' },
    credentials: { read: {}, write: {} },
    identity: { mac },
    sip: {},
    options,
    origin: { filename: 'clients/acme/client.yaml', path: ['devices', 0] },
  };
}

const clock: Clock = {
  now: () => 1_700_000_000_000,
  elapsed: () => performance.now(),
  sleep: async () => {},
};

export function contextOf(opening: Opening = {}): SessionContext {
  const limits = { concurrency: 1, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: 1 };
  const parts = { username: 'admin', password: opening.password ?? PASSWORD };
  return sessionContext(parts, limits, { clock, ...opening });
}

export function open(server: Server, opening: Opening = {}): Promise<WebSession> {
  return openWeb(targetAt(server.url, opening), contextOf(opening));
}

/** Opens a session, uses it, closes it. */
export function using<T>(
  server: Server,
  opening: Opening,
  use: (session: WebSession) => Promise<T>,
): Promise<T> {
  return inSession(open(server, opening), use);
}

export const scope = { kinds: ['account'] } as const;

export const creation: Write = {
  action: 'create',
  kind: 'account',
  key: '2',
  address: 'acme/device:recepcion/account:2',
  values: { active: true, label: 'Almacén', userName: '301110', server: 'pbx.acme.example', port: 5060 },
  secrets: { password: new Secret(SIP_SECRET) },
};

export const relabel: Write = {
  action: 'update',
  kind: 'account',
  key: '1',
  address: 'acme/device:recepcion/account:1',
  values: { label: 'Nueva' },
  secrets: {},
  before: { label: 'Recepción' },
};

export const deletion: Write = {
  action: 'delete',
  kind: 'account',
  key: '1',
  address: 'acme/device:recepcion/account:1',
};
