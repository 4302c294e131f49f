import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A cable between a driver and a simulated box that can be pulled: then nobody listens on the port. */
export interface Relay {
  /** Where the driver finds the box. */
  readonly url: string;
  /** Cuts every connection, and refuses new ones. */
  unplug(): Promise<void>;
  /** Cuts every connection, those that hang too, and takes new ones. */
  plug(): Promise<void>;
}

/** @param url of the box; TLS passes through untouched */
export async function startRelay(url: string): Promise<Relay> {
  const behind = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(behind.port), behind.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    }
    near.once('close', () => far.destroy()).pipe(far);
    far.once('close', () => near.destroy()).pipe(near);
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${behind.protocol}//${behind.hostname}:${port}`,
    unplug: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
    plug: async () => {
      cut();
      if (!server.listening) await listen(server, port);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });
}
