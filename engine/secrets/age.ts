import type { Secret } from '../model/index.ts';
import { AltaError, reveal } from '../model/index.ts';
import type { Group } from './file.ts';

/** Most recipients of one group: every value carries one stanza for each. */
export const maxRecipients = 4;

/** Seals bytes for one group: base64, one line, of a binary age file. Two calls never give the same text. */
export type Sealer = (plaintext: Uint8Array) => Promise<string>;

/** Opens a sealed text: the plaintext, or why not: no key at hand fits, or it is no intact age file. */
export type Opener = (sealed: string) => Promise<Uint8Array | 'no-key' | 'corrupt'>;

const identityPattern = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;
const recipientPattern = /^age1[02-9ac-hj-np-z]{58}$/;

/** The library takes about 100 ms to load, so only what encrypts or decrypts pays for it. */
function library(): Promise<typeof import('age-encryption')> {
  return import('age-encryption');
}

/** Whether a text is the public key of an X25519 recipient, checksum included. */
export async function isRecipient(text: string): Promise<boolean> {
  if (!recipientPattern.test(text)) return false;
  const { Encrypter } = await library();
  return succeeds(() => new Encrypter().addRecipient(text));
}

/** Whether a text is an X25519 identity (one `AGE-SECRET-KEY-1…`), checksum included. */
export async function isIdentity(text: string): Promise<boolean> {
  if (!identityPattern.test(text)) return false;
  const { Decrypter } = await library();
  return succeeds(() => new Decrypter().addIdentity(text));
}

/** A new X25519 identity. */
export async function newIdentity(): Promise<{ identity: string; recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await library();
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The public keys of identities, in their order. */
export async function recipientsOf(identities: readonly Secret[]): Promise<string[]> {
  const { identityToRecipient } = await library();
  return Promise.all(identities.map((identity) => identityToRecipient(reveal(identity))));
}

/**
 * A sealer for the named recipients of a group.
 *
 * @throws AltaError `recipients-missing`, `recipients-too-many`, `recipient-invalid`.
 */
export async function sealerFor(group: Group, recipients: Readonly<Record<string, string>>): Promise<Sealer> {
  const named = Object.entries(recipients);
  if (named.length === 0) throw new AltaError('recipients-missing', { group });
  if (named.length > maxRecipients) throw tooMany(group, named.length);
  const { Encrypter } = await library();
  const encrypter = new Encrypter();
  for (const [name, key] of named) {
    if (!(await isRecipient(key))) throw new AltaError('recipient-invalid', { group, name });
    encrypter.addRecipient(key);
  }
  return async (plaintext) => Buffer.from(await encrypter.encrypt(plaintext)).toString('base64');
}

function tooMany(group: Group, count: number): AltaError {
  return new AltaError('recipients-too-many', { group, count, max: maxRecipients });
}

/** An opener that tries the identities in order. The identities must be valid ({@link isIdentity}). */
export async function openerFor(identities: readonly Secret[]): Promise<Opener> {
  const { Decrypter } = await library();
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(reveal(identity));
  decrypter.addIdentity(lastResort);
  return async (sealed) => {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.toString('base64') !== sealed) return 'corrupt';
    try {
      return await decrypter.decrypt(bytes);
    } catch (error) {
      return error instanceof NoKeyFits ? 'no-key' : 'corrupt';
    }
  };
}

class NoKeyFits extends Error {}

/**
 * Asked only after every real identity declined an intact header. It tells a missing key from a broken file
 * without reading the library's error text.
 */
const lastResort = {
  unwrapFileKey(): never {
    throw new NoKeyFits();
  },
};

function succeeds(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    // The library quotes its input in its errors, which here may be a private key.
    return false;
  }
}
