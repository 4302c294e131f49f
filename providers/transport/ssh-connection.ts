import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type {
  Client,
  ClientCallback,
  ConnectConfig,
  ParsedKey,
  PublicKeyAuthMethod,
  SFTPWrapper,
} from 'ssh2';
import { AltaError, type Via } from '../../engine/model/index.ts';
import { dial } from './dial.ts';
import { kindOf } from './kind.ts';
import { type ExecAnswer, runCommand } from './ssh-exec.ts';
import type { HostKeys } from './ssh-keys.ts';
import { streamOf } from './ssh-stream.ts';
import { fingerprint } from './tls.ts';

/** Longest time from the first packet to a session that is logged in, ms. */
const READY_MS = 10_000;
/** A silent bastion is given up after three of these, ms. */
const KEEPALIVE_MS = 15_000;

/** A session with a bastion, logged in. */
export interface SshConnection {
  /** A stream to a host as the bastion sees it. Throws `unreachable`, `ssh-forward-refused`, `ssh-unreachable`. */
  forward(hostname: string, port: number): Promise<Duplex>;
  /** The host's own files. Throws `sftp-refused`, `ssh-unreachable`. */
  sftp(): Promise<SFTPWrapper>;
  /** See {@link runCommand}. */
  exec(command: string, signal: AbortSignal): Promise<ExecAnswer>;
  end(): void;
  /** Settles when the connection is gone, for whatever reason. */
  readonly gone: Promise<void>;
}

/**
 * Connects and logs in with the key only: no password, no agent, no forwarding of one. The errors lack `host` and
 * `operation`, since many targets share them: `ssh-unreachable`, `ssh-host-key`, `ssh-handshake`, `ssh-auth`,
 * `address-refused`.
 */
export async function openSsh(via: Via, key: ParsedKey, hostKeys: HostKeys): Promise<SshConnection> {
  const { default: ssh2 } = await import('ssh2');
  const socket = await dialBastion(via);
  const client = new ssh2.Client();
  const streams = new Set<Duplex>();
  const gone = new Promise<void>((resolve) => {
    client.on('close', () => {
      // Not ECONNRESET: undici takes that for the end of an answer that has no length.
      const lost = Object.assign(new Error('bastion lost'), { code: 'ERR_BASTION_LOST' });
      for (const stream of streams) stream.destroy(lost);
      resolve();
    });
  });
  await logIn(client, socket, via, key, hostKeys);
  return {
    forward: (hostname, port) => forward(client, via, hostname, port, streams),
    sftp: () => openSftp(client, via),
    exec: (command, signal) => runCommand(client, nameOf(via), command, signal),
    end: () => {
      client.end();
    },
    gone,
  };
}

/** `192.0.2.1:22`, for people. */
export function nameOf(via: Via): string {
  return `${via.host}:${via.port}`;
}

async function dialBastion(via: Via): Promise<Socket> {
  const errand = { host: nameOf(via), operation: 'ssh' };
  try {
    return await dial(via.host, via.port, errand, AbortSignal.timeout(READY_MS));
  } catch (error) {
    if (error instanceof AltaError && error.code === 'address-refused') throw error;
    const kind = error instanceof AltaError ? (error.params.kind ?? 'unknown') : 'no-answer';
    throw new AltaError('ssh-unreachable', { bastion: nameOf(via), kind });
  }
}

function logIn(client: Client, socket: Socket, via: Via, key: ParsedKey, hostKeys: HostKeys): Promise<void> {
  const seen: Seen = { wrongKey: null, handshake: false };
  const byKey: PublicKeyAuthMethod = { type: 'publickey', username: via.user, key };
  const config: ConnectConfig = {
    sock: socket,
    username: via.user,
    authHandler: [byKey],
    agentForward: false,
    algorithms: { serverHostKey: hostKeys.algorithms },
    hostVerifier: (shown: Buffer) => {
      const isPinned = hostKeys.blobs.some((blob) => blob.equals(shown));
      if (!isPinned) seen.wrongKey = fingerprint(shown);
      return isPinned;
    },
    readyTimeout: READY_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: 3,
  };
  return new Promise((resolve, reject) => {
    client.once('ready', () => resolve());
    client.once('handshake', () => {
      seen.handshake = true;
    });
    client.on('error', (error) => {
      reject(loginError(error, seen, via, hostKeys));
      socket.destroy();
    });
    client.once('close', () =>
      reject(new AltaError('ssh-unreachable', { bastion: nameOf(via), kind: 'closed' })),
    );
    client.connect(config);
  });
}

/** How far a login came. */
interface Seen {
  wrongKey: string | null;
  handshake: boolean;
}

/**
 * Reasons of a disconnection (RFC 4253 §11.1) that refuse a login. OpenSSH says *protocol error* when it has had enough
 * attempts [wire: OpenSSH 9.2].
 */
const LOGIN_REFUSED: ReadonlySet<unknown> = new Set([2, 13, 14, 15]);

/** ssh2 says in `level` at which stage it failed, or in `code` why the server left; its texts are not looked at. */
function loginError(
  error: Error & { readonly level?: string; readonly code?: unknown },
  seen: Seen,
  via: Via,
  hostKeys: HostKeys,
): AltaError {
  const bastion = nameOf(via);
  if (seen.wrongKey !== null) return new AltaError('ssh-host-key', { bastion, found: seen.wrongKey });
  const isRefused = seen.handshake && LOGIN_REFUSED.has(error.code);
  if (error.level === 'client-authentication' || isRefused) {
    return new AltaError('ssh-auth', { bastion, user: via.user });
  }
  if (error.level === 'handshake') return new AltaError('ssh-handshake', { bastion, types: hostKeys.types });
  return new AltaError('ssh-unreachable', { bastion, kind: error.level ?? kindOf(error) });
}

function forward(
  client: Client,
  via: Via,
  hostname: string,
  port: number,
  streams: Set<Duplex>,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const opened: ClientCallback = (error, channel) => {
      if (error) return reject(forwardError(error, via));
      const stream = streamOf(channel);
      streams.add(stream);
      stream.on('error', () => {});
      stream.once('close', () => streams.delete(stream));
      resolve(stream);
    };
    try {
      client.forwardOut('127.0.0.1', 0, hostname, port, opened);
    } catch {
      // It throws where the connection is gone already.
      reject(new AltaError('ssh-unreachable', { bastion: nameOf(via), kind: 'lost' }));
    }
  });
}

/** Reasons of RFC 4254 §5.1. Only the second speaks of the target; the others are the bastion's own refusals. */
const refusals: Readonly<Record<number, string>> = {
  1: 'prohibited',
  3: 'unknown-channel-type',
  4: 'resources',
};

function forwardError(error: Error, via: Via): AltaError {
  const reason = 'reason' in error ? Number(error.reason) : 0;
  if (reason === 2) return new AltaError('unreachable', { kind: 'refused-behind-bastion' });
  const kind = refusals[reason];
  if (kind) return new AltaError('ssh-forward-refused', { bastion: nameOf(via), kind });
  return new AltaError('ssh-unreachable', { bastion: nameOf(via), kind: 'lost' });
}

function openSftp(client: Client, via: Via): Promise<SFTPWrapper> {
  const lost = () => new AltaError('ssh-unreachable', { bastion: nameOf(via), kind: 'lost' });
  return new Promise((resolve, reject) => {
    client.once('close', () => reject(lost()));
    try {
      client.sftp((error, sftp) => {
        if (error) reject(new AltaError('sftp-refused', { bastion: nameOf(via), user: via.user }));
        else resolve(sftp);
      });
    } catch {
      reject(lost());
    }
  });
}
