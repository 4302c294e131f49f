import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const daemon = '/usr/sbin/sshd';
const keygen = '/usr/bin/ssh-keygen';

/** Whether this machine has an OpenSSH server to start. */
export const hasSshd = existsSync(daemon) && existsSync(keygen);

export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** An OpenSSH server of our own: loopback, high port, its own keys and configuration, in the foreground. */
export interface Sshd {
  readonly port: number;
  /** Who may log in. */
  readonly user: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly hostKeys: Readonly<Record<HostKeyType, string>>;
  /** What it logged so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface SshdOptions {
  /** Public key of the one who may log in. */
  readonly userKey: string;
  /** `127.0.0.1:8088 …`; default: any. */
  readonly permitOpen?: string;
}

export async function startSshd({ userKey, permitOpen = 'any' }: SshdOptions): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-sshd-'));
  const port = await freePort();
  const hostKeys = {
    ed25519: await newHostKey(folder, 'ed25519'),
    ecdsa: await newHostKey(folder, 'ecdsa'),
    rsa: await newHostKey(folder, 'rsa'),
  };
  await writeFile(join(folder, 'authorized'), `${userKey}\n`);
  await writeFile(join(folder, 'config'), configuration(folder, port, permitOpen));
  // The privilege separation of a root's server wants this empty folder, which a service would have made.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const child = spawn(daemon, ['-D', '-e', '-f', join(folder, 'config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  await answering(port);
  return {
    port,
    user: userInfo().username,
    hostKeys,
    log: () => lines.join(''),
    stop: async () => {
      await ended(child);
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(folder: string, port: number, permitOpen: string): string {
  return [
    `ListenAddress 127.0.0.1:${port}`,
    ...['rsa', 'ecdsa', 'ed25519'].map((type) => `HostKey ${join(folder, type)}`),
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    `PidFile ${join(folder, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
    `PermitOpen ${permitOpen}`,
    // One attempt only: a second one would end the connection.
    'MaxAuthTries 1',
    'LogLevel DEBUG1',
  ].join('\n');
}

async function newHostKey(folder: string, type: HostKeyType): Promise<string> {
  const path = join(folder, type);
  execFileSync(keygen, ['-q', '-t', type, '-N', '', '-C', '', '-f', path]);
  await chmod(path, 0o600);
  return (await readFile(`${path}.pub`, 'utf8')).trim().split(' ').slice(0, 2).join(' ');
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });
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
  await new Promise((resolve) => setTimeout(resolve, 30));
  await answering(port, tries - 1);
}
