import { constants, createDecipheriv, generateKeyPair, type KeyObject, privateDecrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** The key pair whose public half the login page shows. */
export interface WebKey {
  /** Hexadecimal. */
  modulus: string;
  /** Hexadecimal. */
  exponent: string;
  secret: KeyObject;
}

const BITS = 1024;

/** 1024 bits, as a T31G shows (C). */
export async function makeWebKey(): Promise<WebKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { modulus: hexOf(n), exponent: hexOf(e), secret: privateKey };
}

/** Undoes RSA PKCS#1 v1.5 given in hexadecimal, leading zeros left out or not; undefined for anything else. */
export function decryptHex(key: WebKey, hex: string): string | undefined {
  if (!/^[0-9a-f]+$/i.test(hex) || hex.length > BITS / 4) return undefined;
  try {
    const cipher = Buffer.from(hex.padStart(BITS / 4, '0'), 'hex');
    return unpad(privateDecrypt({ key: key.secret, padding: constants.RSA_NO_PADDING }, cipher));
  } catch {
    return undefined;
  }
}

/** Undoes AES-128-CBC with zero padding: key and initial vector as 32 hexadecimal digits, the text in base64. */
export function decryptAes(key: string, iv: string, base64: string): string | undefined {
  if (![key, iv].every((half) => /^[0-9a-f]{32}$/i.test(half))) return undefined;
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));
    const text = Buffer.concat([decipher.setAutoPadding(false).update(base64, 'base64'), decipher.final()]);
    return text.toString('utf8').replace(/\0+$/, '');
  } catch {
    return undefined;
  }
}

/** 00 02, eight or more bytes that are not zero, 00, the message. */
function unpad(block: Buffer): string | undefined {
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) return undefined;
  return block.subarray(end + 1).toString('utf8');
}

function hexOf(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('hex');
}
