import { createHmac, randomBytes } from 'node:crypto';
import { AltaError, reveal, Secret } from '../model/index.ts';

/** The workspace's connect secret that holds the fingerprint key: 256 bits in base64. Made by `init`. */
export const fingerprintKeyName = 'fingerprint-key';

/** What a fingerprint is for. Equal values of different purposes or contexts have unrelated fingerprints. */
export type Purpose = 'marker' | 'fingerprint';

/** `hmac:<hex>` of a value in a context. */
export type Fingerprinter = (purpose: Purpose, context: string, value: Secret) => string;

const keyBytes = 32;

/** A new key, as it goes into secrets.yaml. */
export function newFingerprintKey(): Secret {
  return new Secret(randomBytes(keyBytes).toString('base64'));
}

/**
 * HMAC-SHA256 under the workspace's key. A plain or salted hash would not do: the values include PINs of four
 * digits, and the results stand in state, which may be public to a team.
 *
 * @throws AltaError `fingerprint-key-invalid`.
 */
export function fingerprinter(key: Secret): Fingerprinter {
  const bytes = Buffer.from(reveal(key), 'base64');
  if (bytes.length !== keyBytes) throw new AltaError('fingerprint-key-invalid', { bits: keyBytes * 8 });
  return (purpose, context, value) => {
    // JSON of the three parts cannot be read in two ways, whatever characters they hold.
    const message = JSON.stringify([`alta1 ${purpose}`, context, reveal(value)]);
    return `hmac:${createHmac('sha256', bytes).update(message).digest('hex')}`;
  };
}
