import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A wire to a port of this machine that remembers everything said on it. Goes with the test. */
export interface Tap {
  readonly port: number;
  said(): string;
}

export async function startTap(to: number): Promise<Tap> {
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const far = connect({ port: to, host: '127.0.0.1' });
    for (const [one, other] of [
      [socket, far],
      [far, socket],
    ] as const) {
      sockets.add(one);
      one.on('data', (chunk: Buffer) => heard.push(chunk));
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  return {
    port: (server.address() as AddressInfo).port,
    said: () => Buffer.concat(heard).toString('latin1'),
  };
}

const passes = [/JSESSIONID=([^;\s]+)/g, /"[\w.]*token"\s*:\s*"([^"]+)"/gi, /g_strToken\W+([0-9a-f]{8,})/gi];

/** Cookies and tokens of web sessions that went over a wire: as good as the password while they live. */
export function passesIn(said: string): readonly string[] {
  return [
    ...new Set(passes.flatMap((pattern) => [...said.matchAll(pattern)].map(([, value = '']) => value))),
  ];
}
