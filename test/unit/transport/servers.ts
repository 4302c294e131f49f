import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { Endpoint, HostLimits } from '../../../engine/model/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import type { HttpContext } from '../../../providers/transport/http.ts';

/** A server of one test, on loopback. */
export interface Started {
  readonly port: number;
  close(): Promise<void>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export const wide: HostLimits = {
  concurrency: 100,
  writers: 100,
  readIntervalMs: 0,
  writeIntervalMs: 0,
  sessions: null,
};

/** What a session hands to the transport, with a gate that never holds anybody up. */
export function contextOf(change: Partial<HttpContext> = {}): HttpContext {
  return {
    signal: new AbortController().signal,
    gate: createGate(wide, realClock),
    clock: realClock,
    log: () => {},
    ...change,
  };
}

export function plainEndpoint(port: number, path = ''): Endpoint {
  return { url: `http://127.0.0.1:${port}${path}`, tls: {}, insecure: 'test on loopback' };
}

export async function listen(server: net.Server): Promise<Started> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export function serveHttp(listener: http.RequestListener): Promise<Started> {
  return listen(http.createServer({ keepAliveTimeout: 60_000 }, listener));
}

export function serveHttps(options: https.ServerOptions, listener: http.RequestListener): Promise<Started> {
  const server = https.createServer(options, listener);
  server.on('tlsClientError', () => {});
  return listen(server);
}

/** A server that speaks bytes. */
export function serveTcp(onSocket: (socket: net.Socket) => void): Promise<Started> {
  return listen(net.createServer(onSocket));
}

export async function selfSigned(name = 'box.example', ca?: Certificate): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...(ca ? { ca } : {}),
    extensions: [
      { name: 'basicConstraints', cA: ca === undefined, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** What `work` throws. Fails where it does not. */
export async function thrown(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

export function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
