import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret, type Via } from '../../../engine/model/index.ts';
import { type HttpClient, openHttp } from '../../../providers/transport/http.ts';
import { peekHostKeys } from '../../../providers/transport/peek-ssh.ts';
import { type HostKeyType, hasSshd, type Sshd, startSshd } from '../../support/sshd.ts';
import { newKey } from './bastion.ts';
import { contextOf, type Started, serveHttp, thrown } from './servers.ts';

if (!hasSshd)
  console.warn('SKIPPED: OpenSSH is not on this machine; the bastion is tested against ssh2 only.');

const read = { method: 'GET', path: '/', operation: 'test/read' } as const;

describe.skipIf(!hasSshd)('OpenSSH as bastion (needs sshd)', () => {
  const user = newKey();
  let box: Started;
  let daemon: Sshd;
  const clients: HttpClient[] = [];

  beforeAll(async () => {
    box = await serveHttp((_request, response) => response.end('ok'));
    const permitOpen = `127.0.0.1:${box.port} 127.0.0.1:1`;
    daemon = await startSshd({ userKey: user.public, permitOpen });
  });
  afterAll(async () => {
    for (const client of clients) await client.close();
    await daemon?.stop();
    await box?.close();
  });

  async function through(type: HostKeyType, port: number, key = user.private): Promise<HttpClient> {
    const via: Via = {
      name: 'office',
      host: '127.0.0.1',
      port: daemon.port,
      user: daemon.user,
      identity: { secret: 'access/office/key', scope: 'acme' },
      hostKeys: [daemon.hostKeys[type]],
    };
    const endpoint = { url: `http://127.0.0.1:${port}`, tls: {}, via };
    const client = await openHttp(endpoint, contextOf(), { key: new Secret(key) });
    clients.push(client);
    return client;
  }

  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('is known by its %s key alone', async (type) => {
    const client = await through(type, box.port);
    expect((await client.request(read)).body.toString()).toBe('ok');
  });

  it('carries twenty requests at once', async () => {
    const client = await through('ed25519', box.port);
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.request(read)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
  });

  it('that does not permit the address says so', async () => {
    const client = await through('ed25519', daemon.port);
    expect(await thrown(client.request(read))).toMatchObject({
      code: 'ssh-forward-refused',
      params: { kind: 'prohibited' },
    });
  });

  it('that finds nobody at the address says that the host is unreachable', async () => {
    const client = await through('ed25519', 1);
    expect(await thrown(client.request(read))).toMatchObject({ code: 'unreachable' });
  });

  it('that refuses the key is asked once', async () => {
    const client = await through('ed25519', box.port, newKey().private);
    expect(await thrown(client.request(read))).toMatchObject({ code: 'ssh-auth' });
  });

  it('shows all its host keys to whoever asks, before anybody logs in', async () => {
    const before = daemon.log().length;
    const found = await peekHostKeys('127.0.0.1', daemon.port, new AbortController().signal);
    expect(found.map(({ line }) => line).sort()).toEqual(Object.values(daemon.hostKeys).sort());
    expect(daemon.log().slice(before)).not.toContain('userauth-request');
  });
});
