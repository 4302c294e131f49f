import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret, type Via } from '../../../engine/model/index.ts';
import { type HttpClient, openHttp } from '../../../providers/transport/http.ts';
import { newKey } from './bastion.ts';
import { contextOf, later, type Started, serveHttp, thrown } from './servers.ts';

const SSHD = '/usr/sbin/sshd';
const isInstalled = existsSync(SSHD) && existsSync('/usr/bin/ssh-keygen');
if (!isInstalled)
  console.warn('SKIPPED: OpenSSH is not on this machine; the bastion is tested against ssh2 only.');

const read = { method: 'GET', path: '/', operation: 'test/read' } as const;

interface Daemon {
  readonly folder: string;
  readonly port: number;
  readonly child: ChildProcess;
}

/** An OpenSSH server of our own: loopback, high port, its own keys and configuration, in the foreground. */
async function startDaemon(userKey: string, allowedPort: number): Promise<Daemon> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alta-sshd-'));
  const port = await freePort();
  keygen(folder, 'ed25519');
  keygen(folder, 'ecdsa');
  keygen(folder, 'rsa');
  await writeFile(path.join(folder, 'authorized'), `${userKey}\n`);
  const lines = [
    `ListenAddress 127.0.0.1:${port}`,
    ...['rsa', 'ecdsa', 'ed25519'].map((type) => `HostKey ${path.join(folder, type)}`),
    `AuthorizedKeysFile ${path.join(folder, 'authorized')}`,
    `PidFile ${path.join(folder, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
    `PermitOpen 127.0.0.1:${allowedPort} 127.0.0.1:1`,
    // One attempt only: a second one would end the connection.
    'MaxAuthTries 1',
  ];
  await writeFile(path.join(folder, 'config'), lines.join('\n'));
  // The privilege separation of a root's server wants this empty folder, which a service would have made.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  await Promise.all(['ed25519', 'ecdsa', 'rsa'].map((type) => chmod(path.join(folder, type), 0o600)));
  const child = spawn(SSHD, ['-D', '-e', '-f', path.join(folder, 'config')], { stdio: 'ignore' });
  await answering(port);
  return { folder, port, child };
}

function keygen(folder: string, type: string): void {
  execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', path.join(folder, type)]);
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function answering(port: number, tries = 100): Promise<void> {
  const open = await new Promise<boolean>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
  if (open) return;
  if (tries === 0) throw new Error('sshd does not start');
  await later(30);
  await answering(port, tries - 1);
}

describe.skipIf(!isInstalled)('OpenSSH as bastion', () => {
  const user = newKey();
  let box: Started;
  let daemon: Daemon;
  const clients: HttpClient[] = [];

  beforeAll(async () => {
    box = await serveHttp((_request, response) => response.end('ok'));
    daemon = await startDaemon(user.public, box.port);
  });
  afterAll(async () => {
    for (const client of clients) await client.close();
    daemon?.child.kill();
    if (daemon) await rm(daemon.folder, { recursive: true });
    await box?.close();
  });

  async function through(type: string, port: number, key = user.private): Promise<HttpClient> {
    const hostKey = await readFile(path.join(daemon.folder, `${type}.pub`), 'utf8');
    const { username } = userInfo();
    const via: Via = {
      name: 'office',
      host: '127.0.0.1',
      port: daemon.port,
      user: username,
      identity: { secret: 'access/office/key', scope: 'acme' },
      hostKeys: [hostKey],
    };
    const endpoint = { url: `http://127.0.0.1:${port}`, tls: {}, via };
    const client = await openHttp(endpoint, contextOf(), { key: new Secret(key) });
    clients.push(client);
    return client;
  }

  it.each(['ed25519', 'ecdsa', 'rsa'])('is known by its %s key alone', async (type) => {
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
});
