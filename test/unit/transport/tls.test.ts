import { X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Secret, type TlsOptions } from '../../../engine/model/index.ts';
import { openHttp } from '../../../providers/transport/http.ts';
import { pinsOf } from '../../../providers/transport/tls.ts';
import {
  type Certificate,
  contextOf,
  listen,
  type Started,
  selfSigned,
  serveHttps,
  serveTcp,
} from './servers.ts';

const cleanup: (() => Promise<void>)[] = [];
let own: Certificate;
let other: Certificate;

beforeAll(async () => {
  own = await selfSigned();
  other = await selfSigned();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of cleanup.splice(0).reverse()) await end();
});

const pins = (certificate: Certificate) => pinsOf(new X509Certificate(certificate.cert));
const write = {
  method: 'POST',
  path: '/',
  operation: 'test/write',
  write: true,
  headers: { 'x-key': new Secret('k') },
} as const;

/** The answer to one write, or what it throws. */
async function ask(server: Started, options: TlsOptions, times = 1): Promise<unknown> {
  const url = `https://127.0.0.1:${server.port}`;
  const client = await openHttp({ url, tls: options }, contextOf());
  try {
    let last: unknown;
    for (let count = 0; count < times; count += 1) last = await client.request({ ...write, once: true });
    return last;
  } catch (error) {
    return error;
  } finally {
    await client.close();
  }
}

async function box(options: tls.TlsOptions = {}): Promise<Started> {
  const server = await serveHttps({ ...own, ...options }, (_request, response) => response.end('ok'));
  cleanup.push(server.close);
  return server;
}

/** A TLS server that records every decrypted byte. */
async function eavesdropper(options: tls.TlsOptions): Promise<{ server: Started; bytes: () => number }> {
  let bytes = 0;
  const listener = tls.createServer(options, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
  });
  const server = await listen(listener);
  cleanup.push(server.close);
  return { server, bytes: () => bytes };
}

describe('without pins', () => {
  it('a self-signed certificate is not trusted', async () => {
    expect(await ask(await box(), {})).toMatchObject({
      code: 'tls-untrusted',
      params: { kind: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      written: 'nothing',
    });
  });

  it('an empty list of pins trusts nobody more', async () => {
    expect(await ask(await box(), { pins: [] })).toMatchObject({ code: 'tls-untrusted' });
  });

  it('an environment that switches verification off does not', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await box();
    const naive = await new Promise((resolve) => {
      const socket = tls.connect({ host: '127.0.0.1', port: server.port }, () => resolve('accepted'));
      socket.on('error', resolve);
      cleanup.push(async () => void socket.destroy());
    });
    expect(naive).toBe('accepted');
    expect(await ask(server, {})).toMatchObject({ code: 'tls-untrusted', written: 'nothing' });
  });

  it('sends no byte to an untrusted host', async () => {
    const { server, bytes } = await eavesdropper({ ...other });
    await ask(server, {});
    expect(bytes()).toBe(0);
  });
});

describe('with pins', () => {
  it('the public key is enough', async () => {
    expect(await ask(await box(), { pins: [pins(own).publicKey] })).toMatchObject({ status: 200 });
  });

  it('the certificate is enough', async () => {
    expect(await ask(await box(), { pins: [pins(own).certificate] })).toMatchObject({ status: 200 });
  });

  it('the second of two is enough, padded or not', async () => {
    const both = [pins(other).publicKey, `${pins(own).publicKey}=`];
    expect(await ask(await box(), { pins: both })).toMatchObject({ status: 200 });
  });

  it('another certificate is refused', async () => {
    expect(await ask(await box(other), { pins: [pins(own).publicKey, pins(own).certificate] })).toMatchObject(
      {
        code: 'tls-pin-mismatch',
        params: { found: pins(other).publicKey },
        written: 'nothing',
      },
    );
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a man in the middle sees no byte of the request (%s)',
    async (version) => {
      const { server, bytes } = await eavesdropper({ ...other, minVersion: version, maxVersion: version });
      expect(await ask(server, { pins: [pins(own).publicKey] })).toMatchObject({ code: 'tls-pin-mismatch' });
      expect(bytes()).toBe(0);
    },
  );

  it('the same server sees the bytes where the pin is right', async () => {
    const { server, bytes } = await eavesdropper({ ...other });
    await ask(server, { pins: [pins(other).publicKey] });
    expect(bytes()).toBeGreaterThan(0);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('no session is resumed (%s)', async (version) => {
    const resumed: boolean[] = [];
    const listener = tls.createServer({ ...own, minVersion: version, maxVersion: version }, (socket) => {
      resumed.push(socket.isSessionReused());
      socket.on('error', () => {});
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    });
    const server = await listen(listener);
    cleanup.push(server.close);
    expect(await ask(server, { pins: [pins(own).publicKey] }, 3)).toMatchObject({ status: 200 });
    expect(resumed).toEqual([false, false, false]);
  });
});

describe('the handshake', () => {
  it('with a port that speaks plain http fails as such', async () => {
    const server = await serveTcp((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    cleanup.push(server.close);
    expect(await ask(server, {})).toMatchObject({
      code: 'tls-handshake',
      params: { kind: 'ERR_SSL_WRONG_VERSION_NUMBER' },
      written: 'nothing',
    });
  });

  it('with a host that hangs up is a cut connection, and nothing was written', async () => {
    const server = await serveTcp((socket) => socket.once('data', () => socket.destroy()));
    cleanup.push(server.close);
    expect(await ask(server, {})).toMatchObject({ code: 'connection-reset', written: 'nothing' });
  });

  it('that never ends does at the deadline', async () => {
    const server = await serveTcp(() => {});
    cleanup.push(server.close);
    const client = await openHttp({ url: `https://127.0.0.1:${server.port}`, tls: {} }, contextOf());
    cleanup.push(client.close);
    const error = await client.request({ ...write, timeoutMs: 100 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'timeout', written: 'nothing' });
  });

  const old = () => box({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });

  it('with a box of the nineties fails where nothing is said', async () => {
    expect(await ask(await old(), { pins: [pins(own).publicKey] })).toMatchObject({ code: 'tls-handshake' });
  });

  it('with a box of the nineties succeeds where it is allowed', async () => {
    const options: TlsOptions = {
      pins: [pins(own).publicKey],
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    };
    expect(await ask(await old(), options)).toMatchObject({ status: 200 });
  });

  it('with ciphers that do not exist fails as such', async () => {
    expect(await ask(await box(), { ciphers: 'NONSENSE' })).toMatchObject({ code: 'tls-handshake' });
  });

  it('names no server for an IP address', async () => {
    const names: unknown[] = [];
    const server = await box({ SNICallback: (name, done) => done(null, void names.push(name) as never) });
    await ask(server, { pins: [pins(own).publicKey] });
    expect(names).toEqual([]);
  });
});

describe('a socket', () => {
  it('of a refused host is closed', async () => {
    const closed = new Promise<string>((resolve) => {
      const inner = tls.createServer({ ...other });
      inner.on('tlsClientError', () => {});
      const outer = net.createServer((socket) => {
        socket.on('error', () => {});
        socket.on('close', () => resolve('closed'));
        inner.emit('connection', socket);
      });
      listen(outer).then(async (server) => {
        cleanup.push(server.close);
        await ask(server, { pins: [pins(own).publicKey] });
      });
    });
    await expect(closed).resolves.toBe('closed');
  });
});
