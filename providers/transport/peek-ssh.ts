import type { Client, ServerHostKeyAlgorithm } from 'ssh2';
import { AltaError } from '../../engine/model/index.ts';
import { dial } from './dial.ts';
import { kindOf } from './kind.ts';
import { algorithmsOf, typeOfBlob } from './ssh-keys.ts';
import { fingerprint } from './tls.ts';

const longestPeekMs = 10_000;

/** A host key that an SSH server offers. */
export interface OfferedHostKey {
  /** `ssh-ed25519` */
  readonly type: string;
  /** `ssh-ed25519 AAAA…`: what stands under `hostKeys`. */
  readonly line: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it on the server. */
  readonly fingerprint: string;
}

/**
 * Every host key that a server offers, the preferred one first. A server shows one key in a handshake, so it is asked again for the
 * types it has not shown yet. Each connection ends before the log-in: no user name and no key of ours is sent.
 * @throws AltaError `ssh-unreachable`, `address-refused`, `ssh-handshake`, or the signal's reason
 */
export async function peekHostKeys(
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<readonly OfferedHostKey[]> {
  const found: OfferedHostKey[] = [];
  const asked = new Set(Object.keys(algorithmsOf));
  while (asked.size > 0) {
    signal.throwIfAborted();
    const shown = await nextKey(host, port, [...asked], signal);
    if (shown === null || !asked.has(shown.type)) break;
    asked.delete(shown.type);
    found.push(shown);
  }
  if (found.length > 0) return found;
  throw new AltaError('ssh-handshake', { bastion: `${host}:${port}`, types: Object.keys(algorithmsOf) });
}

/** The key that the server shows to whoever takes these types; null where it has none of them. */
async function nextKey(
  host: string,
  port: number,
  types: readonly string[],
  signal: AbortSignal,
): Promise<OfferedHostKey | null> {
  const { default: ssh2 } = await import('ssh2');
  const socket = await dialServer(host, port, signal);
  const client = new ssh2.Client();
  const algorithms = types.flatMap((type) => algorithmsOf[type] ?? []);
  const stop = () => socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await shownTo(client, algorithms, socket, `${host}:${port}`);
  } finally {
    signal.removeEventListener('abort', stop);
    client.destroy();
    socket.destroy();
  }
}

async function dialServer(host: string, port: number, signal: AbortSignal) {
  const bastion = `${host}:${port}`;
  const soon = AbortSignal.any([signal, AbortSignal.timeout(longestPeekMs)]);
  try {
    return await dial(host, port, { host: bastion, operation: 'ssh' }, soon);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof AltaError && error.code === 'address-refused') throw error;
    const kind = error instanceof AltaError ? (error.params.kind ?? 'unknown') : 'no-answer';
    throw new AltaError('ssh-unreachable', { bastion, kind });
  }
}

function shownTo(
  client: Client,
  serverHostKey: ServerHostKeyAlgorithm[],
  sock: Awaited<ReturnType<typeof dialServer>>,
  bastion: string,
): Promise<OfferedHostKey | null> {
  return new Promise((resolve, reject) => {
    const lost = (kind: string) => reject(new AltaError('ssh-unreachable', { bastion, kind }));
    client.on('error', (error: Error & { readonly level?: string }) => {
      if (error.level === 'handshake') resolve(null);
      else lost(error.level ?? kindOf(error));
    });
    client.once('close', () => lost('closed'));
    client.connect({
      sock,
      // Never sent: the connection ends at the host key. The library wants one.
      username: 'nobody',
      algorithms: { serverHostKey },
      hostVerifier: (blob: Buffer) => {
        resolve(offered(blob));
        return false;
      },
      readyTimeout: longestPeekMs,
    });
  });
}

function offered(blob: Buffer): OfferedHostKey {
  const type = typeOfBlob(blob);
  return { type, line: `${type} ${blob.toString('base64')}`, fingerprint: fingerprint(blob) };
}
