import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import {
  type LabAsterisk,
  type LabAsteriskOptions,
  type LabAsteriskPeer,
  startAsterisk,
} from '../../../lab/asterisk/index.ts';

const open: LabAsterisk[] = [];
const sockets: Socket[] = [];

/** Starts a host, closed after the test. Refused logins do not wait. */
export async function start(
  peers: readonly LabAsteriskPeer[] | LabAsteriskOptions['peers'],
  options: Partial<LabAsteriskOptions> = {},
): Promise<LabAsterisk> {
  const list = typeof peers === 'function' ? peers : () => peers;
  const ami = { refusalMs: 0, ...options.ami };
  const host = await startAsterisk({ peers: list, ...options, ami });
  open.push(host);
  return host;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((host) => host.close()));
});

/** What the daemon prints for a command. */
export async function ask(host: LabAsterisk, command: string): Promise<string> {
  return (await host.exec(`asterisk -rx '${command}'`)).stdout;
}

/** A raw connection to the manager interface. */
export interface Line {
  socket: Socket;
  /** Bytes heard up to now. */
  heard(): string;
  /** All that is heard until the pattern shows. */
  until(pattern: RegExp): Promise<string>;
  /** All that is heard until it ends. */
  end(): Promise<string>;
  /** Sends a packet. */
  send(...fields: string[]): void;
}

export async function dial({ service }: LabAsterisk): Promise<Line> {
  const socket = connect({ host: service.host, port: service.port, noDelay: true });
  sockets.push(socket);
  await once(socket, 'connect');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return {
    socket,
    heard: () => heard,
    async until(pattern) {
      while (!pattern.test(heard)) {
        await Promise.race([once(socket, 'data'), ended]);
        if (socket.closed && !pattern.test(heard)) throw new Error(`it ended: ${heard}`);
      }
      return heard;
    },
    async end() {
      await ended;
      return heard;
    },
    send: (...fields) => void socket.write(`${fields.join('\r\n')}\r\n\r\n`),
  };
}

/** Logs in as the service says. */
export function logIn(line: Line, { service }: LabAsterisk, ...more: string[]): void {
  const { username, secret } = service.credentials;
  line.send('Action: Login', `Username: ${username}`, `Secret: ${secret}`, ...more);
}

/** All that is said to a client that logs in without events, asks, and logs off. */
export async function conversation(host: LabAsterisk, ...requests: string[][]): Promise<string> {
  const line = await dial(host);
  logIn(line, host, 'Events: off');
  for (const request of requests) line.send(...request);
  line.send('Action: Logoff');
  return line.end();
}
