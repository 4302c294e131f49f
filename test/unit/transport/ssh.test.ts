import { X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import ssh2 from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { type Endpoint, Secret, type Via } from '../../../engine/model/index.ts';
import { type HttpClient, openHttp } from '../../../providers/transport/http.ts';
import type { SshAccess } from '../../../providers/transport/ssh.ts';
import { pinsOf } from '../../../providers/transport/tls.ts';
import { accessOf, type BastionOptions, type FakeBastion, newKey, startBastion, viaOf } from './bastion.ts';
import {
  contextOf,
  later,
  type Started,
  selfSigned,
  serveHttp,
  serveHttps,
  serveTcp,
  thrown,
} from './servers.ts';

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end();
});

const read = { method: 'GET', path: '/', operation: 'test/read' } as const;
const write = { method: 'POST', path: '/', operation: 'test/write', write: true } as const;

async function bastionOf(options: BastionOptions = {}): Promise<FakeBastion> {
  const bastion = await startBastion(options);
  cleanup.push(bastion.close);
  return bastion;
}

async function box(): Promise<Started> {
  const server = await serveHttp((_request, response) => response.end('ok'));
  cleanup.push(server.close);
  return server;
}

async function through(
  via: Via,
  port: number,
  access?: SshAccess,
  change: Partial<Endpoint> = {},
): Promise<HttpClient> {
  const client = await openHttp(
    { url: `http://127.0.0.1:${port}`, tls: {}, via, ...change },
    contextOf(),
    access,
  );
  cleanup.push(client.close);
  return client;
}

describe('a tunnel', () => {
  it('carries plain http', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const client = await through(viaOf(bastion), port, accessOf(bastion));
    expect((await client.request(read)).body.toString()).toBe('ok');
    expect(bastion.events).toContain(`forward 127.0.0.1:${port}`);
  });

  it('carries a large answer whole', async () => {
    const bastion = await bastionOf();
    const body = Buffer.alloc(5 * 1024 * 1024, 'x');
    const server = await serveHttp((_request, response) => response.end(body));
    cleanup.push(server.close);
    const client = await through(viaOf(bastion), server.port, accessOf(bastion));
    expect((await client.request(read)).body.equals(body)).toBe(true);
  });

  it('carries a large request whole', async () => {
    const bastion = await bastionOf();
    let length = 0;
    const server = await serveHttp((request, response) => {
      request.on('data', (chunk) => {
        length += chunk.length;
      });
      request.on('end', () => response.end());
    });
    cleanup.push(server.close);
    const client = await through(viaOf(bastion), server.port, accessOf(bastion));
    await client.request({ ...write, body: Buffer.alloc(5 * 1024 * 1024) });
    expect(length).toBe(5 * 1024 * 1024);
  });

  it('ends an answer that ends with the connection', async () => {
    const bastion = await bastionOf();
    const server = await serveTcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nok')),
    );
    cleanup.push(server.close);
    const client = await through(viaOf(bastion), server.port, accessOf(bastion));
    expect((await client.request(read)).body.toString()).toBe('ok');
  });

  it('checks pins end to end', async () => {
    const [bastion, certificate] = [await bastionOf(), await selfSigned()];
    const server = await serveHttps(certificate, (_request, response) => response.end('ok'));
    cleanup.push(server.close);
    const pins = [pinsOf(new X509Certificate(certificate.cert)).publicKey];
    const url = `https://127.0.0.1:${server.port}`;
    const client = await through(viaOf(bastion), 0, accessOf(bastion), { url, tls: { pins } });
    expect((await client.request(read)).status).toBe(200);
  });

  it('trusts a box no more than outside', async () => {
    const [bastion, certificate] = [await bastionOf(), await selfSigned()];
    const server = await serveHttps(certificate, (_request, response) => response.end('ok'));
    cleanup.push(server.close);
    const url = `https://127.0.0.1:${server.port}`;
    const client = await through(viaOf(bastion), 0, accessOf(bastion), { url });
    expect(await thrown(client.request(write))).toMatchObject({ code: 'tls-untrusted', written: 'nothing' });
  });

  it('leads to no metadata address', async () => {
    const bastion = await bastionOf();
    const url = 'http://169.254.169.254';
    const client = await through(viaOf(bastion), 0, accessOf(bastion), { url });
    expect(await thrown(client.request(read))).toMatchObject({ code: 'address-refused' });
    expect(bastion.events).toEqual([]);
  });

  it('ends a slow answer at the deadline', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const access = accessOf(bastion);
    await (await through(viaOf(bastion), port, access)).request(read);
    const server = await serveTcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    cleanup.push(server.close);
    const client = await through(viaOf(bastion), server.port, access);
    const error = await thrown(client.request({ ...write, timeoutMs: 250 }));
    expect(error).toMatchObject({ code: 'timeout', written: 'unknown' });
  });

  it('that is cut under a write leaves open what was written', async () => {
    const bastion = await bastionOf();
    const server = await serveHttp(() => bastion.cut());
    cleanup.push(server.close);
    const client = await through(viaOf(bastion), server.port, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'connection-reset',
      written: 'unknown',
    });
  });

  it('that was cut is dug again', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const client = await through(viaOf(bastion), port, accessOf(bastion));
    await client.request(read);
    bastion.cut();
    await later(50);
    expect((await client.request(read)).status).toBe(200);
  });

  it('does not shorten an answer when it is cut', async () => {
    const bastion = await bastionOf();
    const server = await serveTcp((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\n\r\nhalf', () => setTimeout(bastion.cut, 50)),
      ),
    );
    cleanup.push(server.close);
    const client = await through(viaOf(bastion), server.port, accessOf(bastion));
    expect(await thrown(client.request(read))).toMatchObject({ code: 'connection-reset' });
  });
});

describe('one connection', () => {
  it('serves all targets of a bastion', async () => {
    const [bastion, one, two] = [await bastionOf(), await box(), await box()];
    const access = accessOf(bastion);
    const clients = [
      await through(viaOf(bastion), one.port, access),
      await through(viaOf(bastion), two.port, access),
    ];
    await Promise.all(clients.map((client) => client.request(read)));
    expect(bastion.events.filter((event) => event === 'connection')).toHaveLength(1);
  });

  it('is not shared with another user of the bastion', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const access = accessOf(bastion);
    await (await through(viaOf(bastion), port, access)).request(read);
    const other = await through(viaOf(bastion, { user: 'other' }), port, access);
    expect(await thrown(other.request(read))).toMatchObject({ code: 'ssh-auth', params: { user: 'other' } });
  });

  /** A box that takes its time and counts how many it serves at once. */
  async function slowBox(ms: number): Promise<{ readonly server: Started; readonly most: () => number }> {
    let serving = 0;
    let most = 0;
    const server = await serveHttp((_request, response) => {
      serving += 1;
      most = Math.max(most, serving);
      setTimeout(() => {
        serving -= 1;
        response.end('ok');
      }, ms);
    });
    cleanup.push(server.close);
    return { server, most: () => most };
  }

  it('has eight channels at most', async () => {
    const [bastion, { server, most }] = [await bastionOf(), await slowBox(30)];
    const client = await through(viaOf(bastion), server.port, accessOf(bastion));
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.request(read)));
    expect([answers.length, most()]).toEqual([20, 8]);
  });

  it('has as many channels as it is given', async () => {
    const [bastion, { server, most }] = [await bastionOf(), await slowBox(10)];
    const client = await through(viaOf(bastion), server.port, { ...accessOf(bastion), channels: 2 });
    await Promise.all(Array.from({ length: 6 }, () => client.request(read)));
    expect(most()).toBe(2);
  });

  it('does not keep an idle channel from another target', async () => {
    const [bastion, one, two] = [await bastionOf(), await box(), await box()];
    const access = { ...accessOf(bastion), channels: 1 };
    await (await through(viaOf(bastion), one.port, access)).request(read);
    const second = await through(viaOf(bastion), two.port, access);
    expect((await second.request({ ...read, timeoutMs: 500 })).status).toBe(200);
  });

  it('gives channels back when a client closes', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const access = { ...accessOf(bastion), channels: 1 };
    const first = await through(viaOf(bastion), port, access);
    await first.request(read);
    await first.close();
    const second = await through(viaOf(bastion), port, access);
    expect((await second.request(read)).status).toBe(200);
  });

  it('ends soon after its last target', async () => {
    const [bastion, one, two] = [await bastionOf(), await box(), await box()];
    const access = accessOf(bastion);
    const first = await through(viaOf(bastion), one.port, access);
    const second = await through(viaOf(bastion), two.port, access);
    await first.request(read);
    await first.close();
    await later(350);
    expect(bastion.events).not.toContain('closed');
    await second.close();
    await later(350);
    expect(bastion.events).toContain('closed');
  });

  it('waits a little for the next target', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const access = accessOf(bastion);
    const first = await through(viaOf(bastion), port, access);
    await first.request(read);
    await first.close();
    const second = await through(viaOf(bastion), port, access);
    await later(350);
    await second.request(read);
    expect(bastion.events.filter((event) => event === 'connection')).toHaveLength(1);
  });

  it('asks for no agent and no shell', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    await (await through(viaOf(bastion), port, accessOf(bastion))).request(read);
    expect(bastion.events).toEqual(['connection', `forward 127.0.0.1:${port}`]);
  });
});

describe('the key of the host', () => {
  it('must be the declared one', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const client = await through(viaOf(bastion, { hostKeys: [newKey().public] }), port, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'ssh-host-key',
      params: { found: expect.stringMatching(/^SHA256:/), bastion: `127.0.0.1:${bastion.port}` },
      written: 'nothing',
    });
  });

  it('is asked for by its type where the server has several', async () => {
    const rsa = rsaKey();
    const ed = newKey();
    const [bastion, { port }] = [await bastionOf({ hostKeys: [rsa, ed] }), await box()];
    const byEd = await through(viaOf(bastion, { hostKeys: [ed.public] }), port, accessOf(bastion));
    const byRsa = await through(viaOf(bastion, { hostKeys: [rsa.public] }), port, accessOf(bastion));
    expect([(await byEd.request(read)).status, (await byRsa.request(read)).status]).toEqual([200, 200]);
  });

  it('of another type than the server has ends the handshake', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const client = await through(viaOf(bastion, { hostKeys: [rsaKey().public] }), port, accessOf(bastion));
    expect(await thrown(client.request(read))).toMatchObject({
      code: 'ssh-handshake',
      params: { types: ['ssh-rsa'] },
    });
  });

  it('is not asked for again once it was wrong', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const client = await through(viaOf(bastion, { hostKeys: [newKey().public] }), port, accessOf(bastion));
    await thrown(client.request(read));
    expect(await thrown(client.request(read))).toMatchObject({ code: 'ssh-host-key' });
    expect(bastion.events.filter((event) => event === 'connection')).toHaveLength(1);
  });

  it.each([
    ['none', []],
    ['a fingerprint', ['SHA256:AAAA']],
    ['a type that says otherwise', [newKey().public.replace('ssh-ed25519', 'ssh-rsa')]],
    ['an unknown type', ['ssh-dss AAAA']],
    ['one good and one bad', [newKey().public, 'ssh-ed25519']],
  ])('cannot be %s', async (_name, hostKeys) => {
    const bastion = await bastionOf();
    const error = await thrown(through(viaOf(bastion, { hostKeys }), 80, accessOf(bastion)));
    expect(error).toMatchObject({ code: 'ssh-key', params: { kind: 'host-keys' } });
  });
});

describe('our own key', () => {
  it('that is refused is tried once', async () => {
    const [bastion, { port }] = [await bastionOf(), await box()];
    const client = await through(viaOf(bastion), port, { key: new Secret(newKey().private) });
    expect(await thrown(client.request(write))).toMatchObject({ code: 'ssh-auth', written: 'nothing' });
    expect(await thrown(client.request(write))).toMatchObject({ code: 'ssh-auth', written: 'nothing' });
    expect(bastion.events.filter((event) => event.startsWith('auth'))).toEqual(['auth publickey refused']);
  });

  it.each([
    ['missing', undefined, 'no-key'],
    ['no key', { key: new Secret('canary') }, 'unreadable'],
    ['a public key', { key: new Secret(newKey().public) }, 'unreadable'],
  ])('that is %s is said at once', async (_name, access, kind) => {
    const bastion = await bastionOf();
    const error = await thrown(through(viaOf(bastion), 80, access));
    expect(error).toMatchObject({ code: 'ssh-key', params: { kind } });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });
});

describe('a bastion', () => {
  it('that is not there is unreachable', async () => {
    const bastion = await startBastion();
    await bastion.close();
    const client = await through(viaOf(bastion), 80, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'ssh-unreachable',
      params: { kind: 'ECONNREFUSED', host: '127.0.0.1', operation: 'test/write' },
      written: 'nothing',
    });
  });

  it('that speaks no SSH is unreachable', async () => {
    const bastion = await bastionOf();
    const { port } = await box();
    const client = await through(viaOf(bastion, { port }), 80, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'ssh-unreachable',
      written: 'nothing',
    });
  });

  it('at a metadata address is refused', async () => {
    const bastion = await bastionOf();
    const client = await through(viaOf(bastion, { host: '169.254.169.254' }), 80, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'address-refused',
      written: 'nothing',
    });
  });

  it('that does not forward says so', async () => {
    const bastion = await bastionOf({ forwarding: 'prohibited' });
    const client = await through(viaOf(bastion), 80, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'ssh-forward-refused',
      params: { kind: 'prohibited' },
      written: 'nothing',
    });
  });

  it('that cannot reach the host says that the host is unreachable', async () => {
    const bastion = await bastionOf({ forwarding: 'failing' });
    const client = await through(viaOf(bastion), 80, accessOf(bastion));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'unreachable',
      params: { kind: 'refused-behind-bastion' },
      written: 'nothing',
    });
  });

  it('that never logs us in does not outlast the deadline', async () => {
    const bastion = await bastionOf();
    const silent = await serveTcp(() => {});
    cleanup.push(silent.close);
    const client = await through(viaOf(bastion, { port: silent.port }), 80, accessOf(bastion));
    expect(await thrown(client.request({ ...write, timeoutMs: 100 }))).toMatchObject({
      code: 'timeout',
      written: 'nothing',
    });
  });
});

function rsaKey(): { private: string; public: string } {
  return ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 });
}
