import { createHash, X509Certificate } from 'node:crypto';
import type { TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';
import type { LabPins } from './contract.ts';

export interface Identity {
  key: string;
  certificate: string;
  pins: LabPins;
}

/** A fresh self-signed certificate. RSA only where the cipher demands it: elliptic keys are made faster. */
export async function makeIdentity(name: string, host: string, cipher: 'default' | 's50'): Promise<Identity> {
  const made = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    ...(cipher === 's50' ? { keyType: 'rsa', keySize: 2048 } : { keyType: 'ec' }),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: host }] },
    ],
  });
  return { key: made.private, certificate: made.cert, pins: pinsOf(made.cert) };
}

/** A real S50 spoke TLS 1.2 with one suite, RSA key exchange (C: client CRM). */
export function secureContext(identity: Identity, cipher: 'default' | 's50'): TlsOptions {
  const pair = { key: identity.key, cert: identity.certificate };
  if (cipher === 'default') return { ...pair, minVersion: 'TLSv1.2' };
  return { ...pair, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' };
}

function pinsOf(pem: string): LabPins {
  const certificate = new X509Certificate(pem);
  return {
    spki: fingerprint(certificate.publicKey.export({ type: 'spki', format: 'der' })),
    certificate: fingerprint(certificate.raw),
  };
}

function fingerprint(der: Buffer): string {
  return `SHA256:${createHash('sha256').update(der).digest('base64')}`;
}
