import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** A key pair in OpenSSH's own forms. */
export interface SshKeyPair {
  /** `-----BEGIN OPENSSH PRIVATE KEY-----` … */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicKey: string;
}

const TYPE = 'ssh-ed25519';

/** A fresh ed25519 key pair. */
export function makeKeyPair(): SshKeyPair {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const open = Buffer.from(x, 'base64url');
  const seed = Buffer.from(d, 'base64url');
  const blob = Buffer.concat([text(TYPE), text(open)]);
  return { privateKey: armoured(blob, open, seed), publicKey: `${TYPE} ${blob.toString('base64')}` };
}

/** The layout of OpenSSH's PROTOCOL.key, unencrypted: the private part holds the seed followed by the public key. */
function armoured(blob: Buffer, open: Buffer, seed: Buffer): string {
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    text(TYPE),
    text(open),
    text(Buffer.concat([seed, open])),
    text(''),
  ]);
  const none = text('none');
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[none, none, text(''), number(1), text(blob), text(padded(secret))],
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

/** 1, 2, 3 … up to the block of eight. */
function padded(secret: Buffer): Buffer {
  const missing = (8 - (secret.length % 8)) % 8;
  return Buffer.concat([secret, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A string of RFC 4251: its length, then its bytes. */
function text(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number(bytes.length), bytes]);
}
