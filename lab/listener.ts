import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { FaultBoard } from './faults.ts';
import type { RequestLog } from './requests.ts';
import { answer, type Reply, type Scene } from './sabotage.ts';

export interface Incoming {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
  /** Address of the client, which vendors lock after bad logins. */
  address: string;
}

export interface Endpoint {
  host: string;
  port: number;
  /** Plain HTTP without it. */
  tls?: TlsOptions;
  latencyMs: number;
  keepAlive: boolean;
  faults: FaultBoard;
  log: RequestLog;
  /** What faults are matched with, and what the log may show, once the body is there. Default: path and query of the URL. */
  asked?(incoming: Incoming): string;
  /** Called as a request arrives; the answer says later whether what it reached is still running. Default: it is. */
  arrive?(): () => boolean;
  respond(incoming: Incoming): Reply;
  refuse(errno: string): Reply;
}

export interface Listener {
  port: number;
  /** New handshakes see the new certificate. */
  secure(tls: TlsOptions): void;
  dropConnections(): void;
  /** Connections are refused until {@link Listener.resume}; those that exist end. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

const MAX_BODY = 4 * 1024 * 1024;

/** Serves one box or phone, strikes it with its faults and keeps its log. */
export async function listen(endpoint: Endpoint): Promise<Listener> {
  const wires = wireBook(endpoint.faults);
  const onRequest: RequestListener = (request, response) => {
    serve(endpoint, wires, request, response).catch(() => response.destroy());
  };
  const secure = endpoint.tls === undefined ? undefined : createSecureServer(endpoint.tls, onRequest);
  const server = secure ?? createServer(onRequest);
  server.on('connection', wires.accept).on('error', () => {});
  const open = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, endpoint.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      wires.drop();
    });
  await open(endpoint.port);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    secure: (tls) => secure?.setSecureContext(tls),
    dropConnections: wires.drop,
    stop,
    resume: () => open(port),
    close: stop,
  };
}

async function serve(
  endpoint: Endpoint,
  wires: WireBook,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://box.example');
  const method = request.method ?? 'GET';
  const wire = wires.of(request.socket);
  const entry = endpoint.log.note(method, url, wire.id);
  response.once('close', endpoint.log.done).on('error', () => {});
  if (!endpoint.keepAlive) response.shouldKeepAlive = false;
  const isRunning = endpoint.arrive?.() ?? (() => true);
  const body = await bodyOf(request);
  const { headers, socket } = request;
  const incoming = { method, url, headers, body, address: socket.remoteAddress ?? '' };
  const faults = endpoint.faults.strike(endpoint.asked?.(incoming) ?? url.pathname + url.search);
  const noted = (reply: Reply): Reply => {
    if (reply.errno !== undefined) entry.errno = reply.errno;
    return reply;
  };
  const scene: Scene = {
    response,
    work: () => {
      if (!isRunning()) throw new Error('gone');
      return noted(endpoint.respond(incoming));
    },
    refuse: (errno) => noted(endpoint.refuse(errno)),
    reset: wire.reset,
  };
  await answer(scene, faults, endpoint.latencyMs);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Wire {
  id: number;
  reset(): void;
}

/** The TCP connections beneath HTTP and TLS: only they can be reset. */
interface WireBook {
  accept(socket: Socket): void;
  of(socket: Socket): Wire;
  drop(): void;
}

function wireBook(faults: FaultBoard): WireBook {
  const open = new Map<string, { id: number; socket: Socket }>();
  let accepted = 0;
  return {
    accept(socket) {
      if (faults.strikeConnection()) return void socket.destroy();
      accepted += 1;
      const name = nameOf(socket);
      open.set(name, { id: accepted, socket });
      socket.on('error', () => {}).once('close', () => open.delete(name));
    },
    of(socket) {
      const wire = open.get(nameOf(socket));
      return { id: wire?.id ?? 0, reset: () => (wire?.socket ?? socket).resetAndDestroy() };
    },
    drop() {
      for (const { socket } of open.values()) socket.destroy();
    },
  };
}

function nameOf(socket: Socket): string {
  return `${socket.remoteAddress}:${socket.remotePort}`;
}
