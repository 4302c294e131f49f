import net from 'node:net';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import { Secret, type Via } from '../../../engine/model/index.ts';
import { listen, type Started } from './servers.ts';

/** What a bastion of a test does, and what it saw. */
export interface FakeBastion extends Started {
  readonly hostKeys: readonly string[];
  /** Key text of the one user that may log in. */
  readonly userKey: string;
  /** `connection`, `auth publickey refused`, `forward 127.0.0.1:80`, `closed`, … */
  readonly events: string[];
  /** Forwarded connections open now, and the most there were. */
  readonly channels: { open: number; most: number };
  /** Cuts every session without a word. */
  cut(): void;
}

export interface BastionOptions {
  /** Private host keys, in the order in which the server prefers them. */
  readonly hostKeys?: readonly { readonly private: string; readonly public: string }[];
  readonly forwarding?: 'allowed' | 'prohibited' | 'failing';
}

/** A new ed25519 key pair. The library's generator fails now and then (14 of 2,000), so its keys are read back. */
export function newKey(): { private: string; public: string } {
  const pair = ssh2.utils.generateKeyPairSync('ed25519');
  const isGood = [pair.private, pair.public].every((text) => !(ssh2.utils.parseKey(text) instanceof Error));
  return isGood ? pair : newKey();
}

export async function startBastion(options: BastionOptions = {}): Promise<FakeBastion> {
  const { hostKeys = [newKey()], forwarding = 'allowed' } = options;
  const user = newKey();
  const events: string[] = [];
  const channels = { open: 0, most: 0 };
  const sessions = new Set<Connection>();
  const sockets = new Set<net.Socket>();
  const server = new ssh2.Server({ hostKeys: hostKeys.map((key) => key.private) }, (session) => {
    events.push('connection');
    sessions.add(session);
    session.on('error', () => {});
    session.on('close', () => events.push('closed'));
    session.on('authentication', (login) => authenticate(login, user.public, events));
    session.on('request', (_accept, reject, name) => {
      events.push(`request ${name}`);
      reject?.();
    });
    session.on('session', () => events.push('session'));
    // Without a listener the library answers that it is prohibited.
    if (forwarding === 'prohibited') return;
    session.on('tcpip', (accept, reject, { destIP, destPort }) => {
      events.push(`forward ${destIP}:${destPort}`);
      if (forwarding === 'failing') {
        reject();
        return;
      }
      const socket = net.connect({ port: destPort, host: destIP, noDelay: true });
      socket.on('error', () => reject());
      socket.on('connect', () => {
        const channel = accept();
        channels.open += 1;
        channels.most = Math.max(channels.most, channels.open);
        channel.on('close', () => {
          channels.open -= 1;
          socket.destroy();
        });
        channel.on('error', () => {});
        socket.pipe(channel).pipe(socket);
      });
    });
  });
  const front = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    server.injectSocket(socket);
  });
  const started = await listen(front);
  return {
    ...started,
    hostKeys: hostKeys.map((key) => key.public),
    userKey: user.private,
    events,
    channels,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function authenticate(login: AuthContext, allowed: string, events: string[]): void {
  const key = ssh2.utils.parseKey(allowed);
  if (login.method !== 'publickey' || key instanceof Error) {
    events.push(`auth ${login.method} refused`);
    login.reject(['publickey']);
    return;
  }
  const isKnown = login.username === 'alta' && login.key.data.equals(key.getPublicSSH());
  const isSigned =
    !login.signature || (login.blob && key.verify(login.blob, login.signature, login.hashAlgo));
  if (isKnown && isSigned) {
    login.accept();
  } else {
    events.push('auth publickey refused');
    login.reject(['publickey']);
  }
}

export function viaOf(bastion: FakeBastion, change: Partial<Via> = {}): Via {
  const { port, hostKeys } = bastion;
  const identity = { secret: 'access/office/key', scope: 'acme' };
  return { name: 'office', host: '127.0.0.1', port, user: 'alta', hostKeys, identity, ...change };
}

export function accessOf(bastion: FakeBastion): { readonly key: Secret } {
  return { key: new Secret(bastion.userKey) };
}
