import net from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { type ObserverPlace, Secret, type Target, type Via } from '../../../engine/model/index.ts';
import type { SessionContext } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import type { SshAccess } from '../../../providers/transport/ssh.ts';
import { newKey } from '../transport/bastion.ts';
import { listen, type Started, wide } from '../transport/servers.ts';

/** What a command leaves, or what goes wrong with it. */
export type Outcome =
  | { readonly stdout?: string | Buffer; readonly stderr?: string; readonly code?: number }
  | 'hangs'
  | 'is refused'
  | 'is cut'
  | 'is killed';

/** An SSH server that runs nothing: it looks up what each line would leave. */
export interface FakeHost extends Started {
  readonly via: Via;
  readonly access: SshAccess;
  /** Lines as the login shell would get them. */
  readonly lines: string[];
  /** Commands under way now, the most there were, and how many channels were closed. */
  readonly channels: { open: number; most: number; closed: number };
  readonly connections: () => number;
}

export async function startHost(run: (line: string) => Outcome): Promise<FakeHost> {
  const [hostKey, userKey] = [newKey(), newKey()];
  const lines: string[] = [];
  const channels = { open: 0, most: 0, closed: 0 };
  let connections = 0;
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
    connections += 1;
    connection.on('error', () => {});
    connection.on('authentication', (login) => login.accept());
    connection.on('session', (accept) => {
      const session = accept();
      session.on('exec', (take, refuse, { command }) => {
        lines.push(command);
        const outcome = run(command);
        if (outcome === 'is refused') return refuse();
        const channel = take();
        channels.open += 1;
        channels.most = Math.max(channels.most, channels.open);
        channel.on('error', () => {});
        // Without it the end of its input, and so its own, is never seen.
        channel.resume();
        channel.on('close', () => {
          channels.open -= 1;
          channels.closed += 1;
        });
        leave(channel, outcome, connection);
      });
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const socket = net.connect({ port: destPort, host: destIP, noDelay: true });
      socket.on('error', () => reject());
      socket.on('connect', () => {
        const channel = accept();
        channel.on('error', () => {});
        channel.on('close', () => socket.destroy());
        socket.pipe(channel).pipe(socket);
      });
    });
  });
  const started = await listen(net.createServer({ noDelay: true }, (socket) => server.injectSocket(socket)));
  const via: Via = {
    name: 'pbx',
    host: '127.0.0.1',
    port: started.port,
    user: 'verifier',
    hostKeys: [hostKey.public],
    identity: { literal: 'unused' },
  };
  const access = { key: new Secret(userKey.private) };
  return { ...started, via, access, lines, channels, connections: () => connections };
}

function leave(
  channel: ServerChannel,
  outcome: Exclude<Outcome, 'is refused'>,
  connection: Connection,
): void {
  if (outcome === 'hangs') return;
  if (outcome === 'is cut') {
    connection.end();
    return;
  }
  if (outcome === 'is killed') {
    channel.exit('SIGKILL', false, '');
    channel.end();
    return;
  }
  const { stdout = '', stderr = '', code = 0 } = outcome;
  if (stderr !== '') channel.stderr.write(stderr);
  channel.write(stdout, () => {
    channel.exit(code);
    channel.end();
  });
}

export function targetOf(via: Via, change: Partial<ObserverPlace> = {}): Target {
  return {
    address: 'acme/pbx:sede',
    client: 'acme',
    label: 'sede',
    kind: 'pbx',
    driver: 'memory',
    mode: 'guided',
    presence: 'always',
    key: 'sede',
    host: 'sede',
    endpoint: null,
    observer: { driver: 'asterisk', via, options: {}, ...change },
    credentials: { read: {}, write: {} },
    identity: {},
    sip: {},
    options: {},
    origin: { filename: 'client.yaml', path: ['pbx', 'sede'] },
  };
}

export function contextOf(access: SshAccess, change: Partial<SessionContext> = {}): SessionContext {
  return {
    credentials: {},
    ssh: access,
    root: '/',
    signal: new AbortController().signal,
    gate: createGate({ ...wide, concurrency: 4 }, realClock),
    purpose: 'read',
    clock: realClock,
    log: () => {},
    ...change,
  };
}
