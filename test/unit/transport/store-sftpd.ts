import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { Via } from '../../../engine/model/index.ts';
import { later } from './servers.ts';

const SSHD = '/usr/sbin/sshd';

/** Whether this machine has OpenSSH. */
export const hasOpenSsh = existsSync(SSHD) && existsSync('/usr/bin/ssh-keygen');

/** An OpenSSH server that gives out files. */
export interface Sftpd {
  readonly via: Via;
  /** Connections that it took. */
  connections(): Promise<number>;
  stop(): void;
}

/**
 * An OpenSSH server of our own: loopback, high port, its own keys and configuration, in the foreground.
 * @param subsystem `internal-sftp`, with options; null = none
 */
export async function startSftpd(folder: string, userKey: string, subsystem: string | null): Promise<Sftpd> {
  const port = await freePort();
  const [hostKey, config, journal] = ['host', 'config', 'journal'].map((name) => path.join(folder, name));
  execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', hostKey ?? '']);
  await writeFile(path.join(folder, 'authorized'), `${userKey}\n`);
  const lines = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${path.join(folder, 'authorized')}`,
    `PidFile ${path.join(folder, 'pid')}`,
    'LogLevel VERBOSE',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
    ...(subsystem === null ? [] : [`Subsystem sftp ${subsystem}`]),
  ];
  await writeFile(config ?? '', lines.join('\n'));
  await chmod(hostKey ?? '', 0o600);
  // The privilege separation of a root's server wants this empty folder, which a service would have made.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const child = spawn(SSHD, ['-D', '-E', journal ?? '', '-f', config ?? ''], { stdio: 'ignore' });
  await answering(port, child);
  const identity = { secret: 'provisioning/oficina/key', scope: 'acme' };
  const hostKeys = [await readFile(`${hostKey}.pub`, 'utf8')];
  return {
    via: { name: 'oficina', host: '127.0.0.1', port, user: userInfo().username, identity, hostKeys },
    connections: async () => (await readFile(journal ?? '', 'utf8')).split('Accepted publickey').length - 1,
    stop: () => {
      child.kill();
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function answering(port: number, child: ChildProcess, tries = 100): Promise<void> {
  const open = await new Promise<boolean>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
  if (open) return;
  if (tries === 0 || child.exitCode !== null) throw new Error('sshd does not start');
  await later(30);
  await answering(port, child, tries - 1);
}
