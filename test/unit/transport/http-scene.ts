import { afterEach } from 'vitest';
import { type HttpClient, type HttpContext, openHttp } from '../../../providers/transport/http.ts';
import { contextOf, plainEndpoint, type Started } from './servers.ts';

export const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end();
});

export async function opened(
  server: Started,
  change: Partial<HttpContext> = {},
  path = '',
): Promise<HttpClient> {
  const client = await openHttp(plainEndpoint(server.port, path), contextOf(change));
  cleanup.push(server.close, client.close);
  return client;
}

export const read = { method: 'GET', path: '/', operation: 'test/read' } as const;
export const write = { method: 'POST', path: '/', operation: 'test/write', body: '{}', write: true } as const;
export const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n';
export const OK = `${HEAD}content-length: 2\r\n\r\nok`;
