/** What a browser does before it sends a password to a phone, from the notes of field clients. */
import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

export interface PublicKey {
  n: string;
  e: string;
}

/** RSA PKCS#1 v1.5 as jsbn writes it: hexadecimal, leading zeros dropped, an even number of digits. */
export function rsaHex(text: string, { n, e }: PublicKey): string {
  const part = (hex: string) =>
    Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n: part(n), e: part(e) }, format: 'jwk' });
  const hex = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString('hex');
  const short = hex.replace(/^0+/, '');
  return short.length % 2 === 0 ? short : `0${short}`;
}

/** AES-128-CBC with zero padding, the key and the vector as 32 hexadecimal digits. */
export function aesBase64(text: string, key: string, iv: string): string {
  const plain = Buffer.from(text);
  const padded = Buffer.concat([plain, Buffer.alloc(16 - (plain.length % 16))]);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));
  return Buffer.concat([cipher.setAutoPadding(false).update(padded), cipher.final()]).toString('base64');
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

export function hex32(): string {
  return randomBytes(16).toString('hex');
}
