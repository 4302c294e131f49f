import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server for Terraform's HTTP backend, on loopback: each path holds one state, or nothing. */
export interface StateServer {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** Path → state. */
  readonly states: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export async function startStateServer(): Promise<StateServer> {
  const states = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const state = states.get(path);
    if (request.method === 'GET') {
      response.writeHead(state === undefined ? 404 : 200).end(state);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'DELETE') states.delete(path);
      else states.set(path, Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    states,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
