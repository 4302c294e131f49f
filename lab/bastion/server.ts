import { once, setMaxListeners } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import ssh2, { type Connection } from 'ssh2';
import type { LabExec } from './contract.ts';
import { forwarder, type Routes } from './forwarding.ts';
import { makeKeyPair, type SshKeyPair } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { type Door, loginJudge } from './login.ts';
import { refusals } from './refusal.ts';
import { channelSeats } from './seats.ts';
import { sessionOpener } from './session.ts';
import type { SftpHost } from './sftp/host.ts';

/** What every connection of a host shares. */
export interface Host {
  readonly door: Door;
  readonly routes: Routes;
  readonly channelLimit: number;
  readonly ledger: Ledger;
  readonly sftp: SftpHost | undefined;
  readonly exec: LabExec | undefined;
}

/** A host that listens. */
export interface Listening {
  readonly port: number;
  /** `ssh-ed25519 AAAA…` */
  hostKeys(): string[];
  /** For connections to come. */
  changeHostKey(): void;
  dropConnections(): void;
  close(): Promise<void>;
}

export async function listen(host: Host, place: { host: string; port: number }): Promise<Listening> {
  const sockets = new Set<Socket>();
  let identity = makeKeyPair();
  // Without `noDelay` every answer that goes through a channel waits for an acknowledgement.
  const front = createServer({ noDelay: true }, (socket) => {
    host.ledger.counters.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    receive(socket, identity, host);
  });
  front.listen(place.port, place.host);
  await once(front, 'listening');
  const dropConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (front.address() as AddressInfo).port,
    hostKeys: () => [identity.publicKey],
    changeHostKey() {
      identity = makeKeyPair();
    },
    dropConnections,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        dropConnections();
      }),
  };
}

/** A server of the library for one connection alone: so each has the host key of its day, and can be cut. */
function receive(socket: Socket, { privateKey }: SshKeyPair, host: Host): void {
  const cut = (): void => void socket.destroy();
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => welcome(connection, cut, host));
  server.injectSocket(socket);
}

/** No shell, no forwarding back: addresses of the table and, where they are given, SFTP of a folder and lines to run. */
function welcome(connection: Connection, cut: () => void, host: Host): void {
  const { door, routes, channelLimit, ledger, sftp, exec } = host;
  const gone = new AbortController();
  setMaxListeners(0, gone.signal);
  const seats = channelSeats(channelLimit, ledger);
  const refuse = refusals(connection);
  connection
    .on('error', () => {})
    .on('authentication', loginJudge(door, ledger))
    .on('ready', () => {
      ledger.counters.logins += 1;
    })
    .on('tcpip', forwarder({ routes, seats, ledger, refuse, gone: gone.signal }))
    .on('session', sessionOpener({ seats, ledger, refuse, sftp, exec, cut }))
    .once('close', () => {
      gone.abort();
      seats.vacate();
    });
}
