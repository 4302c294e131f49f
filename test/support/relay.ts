import net, { type AddressInfo } from 'node:net';

/** Connections through relays, counted together. */
export interface Traffic {
  /** Ever. */
  total: number;
  /** Now. */
  open: number;
  /** At the same time, at most. */
  most: number;
}

export const noTraffic = (): Traffic => ({ total: 0, open: 0, most: 0 });

/** A wire to a port of this machine that can be watched and cut. */
export interface Relay {
  readonly port: number;
  readonly traffic: Traffic;
  /** Ends every connection without a word, and takes no more. */
  fall(): Promise<void>;
  /** Takes connections again, on the same port. */
  rise(): Promise<void>;
  close(): Promise<void>;
}

export async function startRelay(to: number, traffic = noTraffic()): Promise<Relay> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    const far = net.connect({ port: to, host: '127.0.0.1', noDelay: true });
    traffic.total += 1;
    traffic.open += 1;
    traffic.most = Math.max(traffic.most, traffic.open);
    socket.once('close', () => {
      traffic.open -= 1;
    });
    for (const [one, other] of [
      [socket, far],
      [far, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const fall = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return { port, traffic, fall, rise: () => listen(port), close: fall };
}
