import type { ParsedKey, ServerHostKeyAlgorithm } from 'ssh2';
import { AltaError, reveal, type Secret } from '../../engine/model/index.ts';

/** The declared host keys of a bastion. */
export interface HostKeys {
  readonly types: readonly string[];
  /** Only these are offered: a server with several keys would else show another one than the pinned. */
  readonly algorithms: ServerHostKeyAlgorithm[];
  readonly blobs: readonly Buffer[];
}

/** Type of a host key that can be declared → signature algorithms to offer. SHA-1 (`ssh-rsa`) is left out; RSA keys sign with SHA-2 (RFC 8332). */
export const algorithmsOf: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/**
 * Reads `ssh-ed25519 AAAA… comment` lines. Null where there is none, one is malformed, or its type is none of those
 * offered.
 */
export function readHostKeys(lines: readonly string[]): HostKeys | null {
  const keys = lines.map(readHostKey);
  const good = keys.filter((key) => key !== null);
  if (good.length === 0 || good.length < keys.length) return null;
  const types = [...new Set(good.map(({ type }) => type))];
  return {
    types,
    algorithms: types.flatMap((type) => algorithmsOf[type] ?? []),
    blobs: good.map(({ blob }) => blob),
  };
}

/** The blob begins with the length and the text of its type (RFC 4253 §6.6); line and blob must say the same. */
function readHostKey(line: string): { readonly type: string; readonly blob: Buffer } | null {
  const [type = '', base64 = ''] = line.trim().split(/\s+/);
  if (!Object.hasOwn(algorithmsOf, type) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  const blob = Buffer.from(base64, 'base64');
  return typeOfBlob(blob) === type ? { type, blob } : null;
}

/** The type that a key says it is; empty where it says nothing. */
export function typeOfBlob(blob: Buffer): string {
  return blob.length < 4 ? '' : blob.toString('latin1', 4, 4 + blob.readUInt32BE());
}

/**
 * Opens a private key. Throws `ssh-key`: `no-key` without one, `unreadable` for what is none or has another passphrase.
 * The library's own message is dropped.
 */
export async function readPrivateKey(
  access: { readonly key: Secret; readonly passphrase?: Secret } | undefined,
  bastion: string,
  host: string,
): Promise<ParsedKey> {
  if (!access) throw new AltaError('ssh-key', { bastion, host, kind: 'no-key' });
  const { default: ssh2 } = await import('ssh2');
  const parsed = access.passphrase
    ? ssh2.utils.parseKey(reveal(access.key), reveal(access.passphrase))
    : ssh2.utils.parseKey(reveal(access.key));
  if (parsed instanceof Error || !parsed.isPrivateKey()) {
    throw new AltaError('ssh-key', { bastion, host, kind: 'unreadable' });
  }
  return parsed;
}
