import dns from 'node:dns/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../../../providers/transport/address.ts';
import { openHttp } from '../../../providers/transport/http.ts';
import { contextOf, type Started, serveHttp, thrown } from './servers.ts';

afterEach(() => vi.restoreAllMocks());

describe('never dialled', () => {
  it.each([
    ['169.254.169.254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['fd00:0ec2:0:0::254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['::ffff:a9fe:a9fe', 'metadata'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['febf::1', 'link-local'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['::ffff:0.0.0.0', 'unspecified'],
    ['224.0.1.75', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
  ])('%s (%s)', (address, kind) => {
    expect(refusalOf(address)).toBe(kind);
  });
});

describe('fine', () => {
  it.each([
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.172.10',
    '100.64.0.1',
    'fd00::1',
    'fec0::1',
    '192.0.2.10',
    '2001:db8::1',
    '::ffff:192.0.2.1',
    '169.253.255.255',
  ])('%s', (address) => {
    expect(refusalOf(address)).toBeNull();
  });
});

const read = { method: 'GET', path: '/', operation: 'test/read' } as const;

function stubNames(...answers: string[][]): ReturnType<typeof vi.spyOn> {
  const lookup = vi.spyOn(dns, 'lookup');
  for (const addresses of answers) {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    // The declared type is that of the last overload; the one in use asks for all addresses.
    lookup.mockResolvedValueOnce(found as never);
  }
  return lookup;
}

async function ask(url: string): Promise<unknown> {
  const client = await openHttp({ url, tls: {}, insecure: 'test' }, contextOf());
  try {
    return await client.request(read).catch((error: unknown) => error);
  } finally {
    await client.close();
  }
}

async function served<T>(work: (server: Started) => Promise<T>): Promise<T> {
  const server = await serveHttp((_request, response) => response.end('ok'));
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

describe('a name', () => {
  it('that stands for a metadata address is refused', async () => {
    stubNames(['169.254.169.254']);
    const error = await ask('http://box.example');
    expect(error).toMatchObject({
      code: 'address-refused',
      params: { address: '169.254.169.254', kind: 'metadata' },
    });
  });

  it('that also stands for a refused address is refused', async () => {
    stubNames(['127.0.0.1', 'fe80::1']);
    expect(await ask('http://box.example')).toMatchObject({ code: 'address-refused' });
  });

  it('is looked up once, and that address is dialled', async () => {
    await served(async ({ port }) => {
      const lookup = stubNames(['127.0.0.1'], ['169.254.169.254']);
      expect(await ask(`http://box.example:${port}`)).toMatchObject({ status: 200 });
      expect(lookup).toHaveBeenCalledTimes(1);
    });
  });

  it('is tried at its second address where nobody is at the first', async () => {
    await served(async ({ port }) => {
      stubNames(['::1', '127.0.0.1']);
      expect(await ask(`http://box.example:${port}`)).toMatchObject({ status: 200 });
    });
  });

  it('that does not exist is unreachable', async () => {
    const missing = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    vi.spyOn(dns, 'lookup').mockRejectedValueOnce(missing);
    expect(await ask('http://box.example')).toMatchObject({
      code: 'unreachable',
      params: { kind: 'ENOTFOUND' },
    });
  });
});

describe('a literal', () => {
  it.each(['http://169.254.169.254', 'http://2852039166', 'http://[::ffff:a9fe:a9fe]', 'http://0'])(
    '%s is refused',
    async (url) => {
      expect(await ask(url)).toMatchObject({ code: 'address-refused' });
    },
  );

  it('that does not answer until the deadline is unreachable', async () => {
    vi.spyOn(dns, 'lookup').mockReturnValueOnce(new Promise<never>(() => {}));
    const client = await openHttp({ url: 'https://box.example', tls: {} }, contextOf());
    const error = await thrown(client.request({ ...read, method: 'POST', write: true, timeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'unreachable', params: { kind: 'no-answer' }, written: 'nothing' });
  });
});
