import type { Duplex } from 'node:stream';
import { AltaError, type Endpoint } from '../../engine/model/index.ts';
import { type Errand, startDeadline } from './deadline.ts';
import { type Site, siteOf } from './site.ts';
import { joinBastion, type SshAccess } from './ssh.ts';
import { connectionOptions, handshake, type Pins, pinsOf } from './tls.ts';
import { reach } from './way.ts';

const longestPeekMs = 10_000;

/** What a server shows of itself in a TLS handshake, trusted or not. */
export interface ShownCertificate {
  readonly pins: Pins;
  /** `CN=box.example, O=Example`: foreign text, on one line. Empty where there is none. */
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339, UTC; the certificate's own words where they are no date. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Whether the system's authorities vouch for it under the endpoint's host name. */
  readonly verified: boolean;
}

/**
 * The certificate that an endpoint shows, for a person to compare with the box and to pin. Ends the connection right after the handshake:
 * no request is ever sent, and through a bastion nothing but the log-in there. Null for plain http. `ssh` is needed where the endpoint has
 * a bastion.
 * @throws AltaError `unreachable`, `address-refused`, `url-invalid`, `insecure-url`, `tls-handshake`, `timeout`, `connection-reset`, and
 * the `ssh-…` codes
 */
export async function peekCertificate(
  endpoint: Endpoint,
  signal: AbortSignal,
  ssh?: SshAccess,
): Promise<ShownCertificate | null> {
  const site = siteOf(endpoint);
  if (!site.encrypted) return null;
  const { via } = endpoint;
  const bastion = via === undefined ? null : await joinBastion(via, ssh, site.host, () => {});
  const errand = { host: site.host, operation: 'tls' };
  const deadline = startDeadline(longestPeekMs, [signal], errand);
  try {
    const stream = await reach(site, bastion, errand, deadline.signal);
    try {
      return await shownOver(stream, site, errand, deadline.signal);
    } finally {
      stream.destroy();
    }
  } finally {
    deadline.end();
    bastion?.leave();
  }
}

async function shownOver(
  stream: Duplex,
  site: Site,
  errand: Errand,
  signal: AbortSignal,
): Promise<ShownCertificate> {
  const options = { ...connectionOptions(stream, site.hostname, site.tls), rejectUnauthorized: false };
  const socket = await handshake(options, errand, signal);
  const certificate = socket.getPeerX509Certificate();
  const verified = socket.authorized;
  socket.destroy();
  if (certificate === undefined) throw new AltaError('tls-handshake', { ...errand, kind: 'no-certificate' });
  return {
    pins: pinsOf(certificate),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: dated(certificate.validFrom),
    validTo: dated(certificate.validTo),
    verified,
  };
}

/** OpenSSL puts each part of a name on its own line. Node's types do not say that a certificate may have no name at all. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

function dated(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}
