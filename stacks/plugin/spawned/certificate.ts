import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, der, integer, octets, oid, sequence, set, time, utf8, yes } from './der.ts';

/** A certificate for one process's life, and its key, which never leaves the process. */
export interface Identity {
  /** PEM */
  readonly key: string;
  /** PEM */
  readonly certificate: string;
  readonly der: Uint8Array;
}

const dayMs = 86_400_000;

/**
 * A self-signed certificate for `localhost` (EC P-256), which Terraform trusts because it was told of it on the standard output of the very
 * process that it started. Written by hand: the libraries that can do it take longer to load than everything else here together.
 */
export function createIdentity(now: Date): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const body = sequence(
    der(0xa0, integer(Uint8Array.of(2))),
    integer(Buffer.concat([Uint8Array.of(1), randomBytes(15)])),
    algorithm,
    localhost,
    sequence(time(new Date(now.getTime() - dayMs)), time(new Date(now.getTime() + 365 * dayMs))),
    localhost,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const certificate = sequence(body, algorithm, bits(sign('sha256', body, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem(certificate),
    der: certificate,
  };
}

/** A name with one part: CN=localhost. */
const localhost = sequence(set(sequence(oid(2, 5, 4, 3), utf8('localhost'))));

const critical = (name: readonly [number, number, ...number[]], value: Uint8Array) =>
  sequence(oid(...name), yes, octets(value));

/** The client takes the certificate as its own authority, and looks for the name among the alternative ones. */
const extensions = [
  // Basic constraints: an authority. Key usage: signatures, and signing certificates.
  critical([2, 5, 29, 19], sequence(yes)),
  critical([2, 5, 29, 15], bits(Uint8Array.of(0x84), 2)),
  sequence(oid(2, 5, 29, 37), octets(sequence(oid(1, 3, 6, 1, 5, 5, 7, 3, 1)))),
  sequence(oid(2, 5, 29, 17), octets(sequence(der(0x82, Buffer.from('localhost'))))),
];

function pem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
