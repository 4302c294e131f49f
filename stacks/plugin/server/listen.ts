import { mkdtemp, rm } from 'node:fs/promises';
import { createSecureServer, createServer, type Http2Server, type Http2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from './routes.ts';

/** Where Terraform connects to. */
export interface Address {
  readonly network: 'unix' | 'tcp';
  /** A path, or `127.0.0.1:port`. */
  readonly text: string;
}

export interface Listening {
  readonly address: Address;
  /** Ends every connection and removes the socket. Safe to call twice. */
  close(): Promise<void>;
}

/** PEM. Whoever does not show `client` as its certificate is refused. */
export interface MutualTls {
  readonly key: string;
  readonly certificate: string;
  readonly client: string;
}

/** How long answers that are being sent may take to arrive after `close`. */
const lastAnswersMs = 200;

/** What is done with one connection. */
export interface Session {
  readonly answer: Answer;
  readonly ended: () => void;
}

/**
 * Serves HTTP/2 on a unix socket in a folder that is this user's alone; on Windows, which has none, on a port of the loopback.
 * Without TLS the folder is the only protection.
 *
 * @param opened asked once for each connection
 */
export async function listen(
  opened: () => Session,
  tls?: MutualTls,
  platform: NodeJS.Platform = process.platform,
): Promise<Listening> {
  const server = tls === undefined ? createServer() : createSecureServer(secureOptions(tls));
  const sessions = serveSessions(server, opened);
  const folder = platform === 'win32' ? null : await mkdtemp(join(shortFolder(), 'alta-plugin-'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (folder === null) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socketIn(folder), resolve);
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const session of sessions.keys()) session.close();
    const cut = setTimeout(() => {
      for (const session of sessions.keys()) session.destroy();
    }, lastAnswersMs);
    await closed;
    clearTimeout(cut);
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  return {
    address: folder === null ? portOf(server) : { network: 'unix', text: socketIn(folder) },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** A path of a socket has at most about a hundred characters: a short name, in a folder with a short one. */
const socketIn = (folder: string): string => join(folder, 's');
const shortFolder = (): string => (tmpdir().length > 75 ? '/tmp' : tmpdir());

function portOf(server: Http2Server): Address {
  return { network: 'tcp', text: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function secureOptions({ key, certificate, client }: MutualTls) {
  return { key, cert: certificate, ca: client, requestCert: true, rejectUnauthorized: true };
}

/** The connections that are open, each with what is done with it. */
function serveSessions(server: Http2Server, opened: () => Session): ReadonlyMap<Http2Session, Session> {
  const sessions = new Map<Http2Session, Session>();
  server.on('session', (session) => {
    const served = opened();
    sessions.set(session, served);
    session.on('error', () => {});
    session.once('close', () => {
      sessions.delete(session);
      served.ended();
    });
  });
  server.on('request', (request, response) => {
    const { session } = request.stream;
    if (session !== undefined) sessions.get(session)?.answer(request, response);
  });
  return sessions;
}
