import dns from 'node:dns/promises';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openHttp } from '../../../providers/transport/http.ts';
import { type Certificate, contextOf, type Started, selfSigned, serveHttps } from './servers.ts';

/** Adds one authority to those of the system, which no option of ours can. */
const authority = vi.hoisted(() => ({ cert: '' }));
vi.mock('node:tls', async (original) => {
  const real = await original<typeof import('node:tls')>();
  return {
    ...real,
    connect: (options: tls.ConnectionOptions) => real.connect({ ...options, ca: authority.cert }),
  };
});

let box: Certificate;
const names: (string | false | null)[] = [];
const cleanup: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const ca = await selfSigned('Authority of the test');
  authority.cert = ca.cert;
  box = await selfSigned('box.example', ca);
});
afterEach(async () => {
  vi.restoreAllMocks();
  names.length = 0;
  for (const end of cleanup.splice(0).reverse()) await end();
});

async function ask(hostname: string): Promise<unknown> {
  const server: Started = await serveHttps(box, (request, response) => {
    if (request.socket instanceof tls.TLSSocket) names.push(request.socket.servername ?? null);
    response.end('ok');
  });
  cleanup.push(server.close);
  vi.spyOn(dns, 'lookup').mockResolvedValue([{ address: '127.0.0.1', family: 4 }] as never);
  const client = await openHttp({ url: `https://${hostname}:${server.port}`, tls: {} }, contextOf());
  cleanup.push(client.close);
  const read = { method: 'GET', path: '/', operation: 'test/read' } as const;
  return await client.request(read).catch((error: unknown) => error);
}

describe('a certificate of a known authority', () => {
  it('is trusted for its name, which is sent along', async () => {
    expect(await ask('box.example')).toMatchObject({ status: 200 });
    expect(names).toEqual(['box.example']);
  });

  it('is trusted for its address, and no name is sent', async () => {
    expect(await ask('127.0.0.1')).toMatchObject({ status: 200 });
    expect(names).toEqual([false]);
  });

  it('is not trusted for another name', async () => {
    expect(await ask('other.example')).toMatchObject({
      code: 'tls-untrusted',
      params: { kind: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });
});
