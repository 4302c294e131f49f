/**
 * A server of one test, on loopback, that answers every call as the test says. A driver's own support gives the calls their shape:
 *
 *     serve((heard) => ({ ...heard, name: `${heard.method} ${heard.path}` }), (call) => json({ said: call.name }))
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Heard {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Raw HTTP. */
export interface Reply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string;
}

/** `drop` hangs up, `hang` never answers. */
export type Answer = Reply | 'drop' | 'hang';

export interface Server<Call = Heard> {
  readonly url: string;
  /** What arrived, in order. */
  readonly calls: Call[];
  stop(): Promise<void>;
}

export async function serve<Call>(
  callOf: (heard: Heard) => Call,
  answer: (call: Call) => Answer,
): Promise<Server<Call>> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = callOf(await hear(request));
    calls.push(call);
    const reply = answer(call);
    if (reply === 'drop') request.socket.destroy();
    else if (reply !== 'hang') send(response, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer in JSON. */
export function json(value: unknown, more: Partial<Reply> = {}): Reply {
  return { headers: { 'content-type': 'application/json' }, text: JSON.stringify(value), ...more };
}

/** A page with that text in it. */
export function html(text: string, more: Partial<Reply> = {}): Reply {
  return { headers: { 'content-type': 'text/html' }, text: `<html><body>\n${text}\n</body></html>`, ...more };
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', headers } = request;
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://box.example');
  return { method, path, query, headers, body: Buffer.concat(chunks).toString() };
}

function send(response: ServerResponse, { status = 200, headers = {}, text }: Reply): void {
  response.writeHead(status, { connection: 'close', ...(headers as Record<string, string>) });
  response.end(text);
}
