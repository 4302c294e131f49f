import { connect } from 'node:tls';
import { AltaError, type Endpoint } from '../../engine/model/index.ts';
import { dial } from './dial.ts';
import { siteOf } from './site.ts';
import { type Pins, pinsOf } from './tls.ts';

const longestPeekMs = 10_000;

/**
 * The pins of the certificate that an endpoint shows, trusted or not: for a person to compare with the box and to write into the YAML. Ends the
 * connection right after the handshake; nothing is ever sent. Null for plain http and for endpoints behind a bastion.
 * @throws AltaError `unreachable`, `address-refused`, `url-invalid`, `tls-handshake`
 */
export async function peekPins(endpoint: Endpoint): Promise<Pins | null> {
  const site = siteOf(endpoint);
  if (!site.encrypted || endpoint.via !== undefined) return null;
  const errand = { host: site.host, operation: 'tls' };
  const signal = AbortSignal.timeout(longestPeekMs);
  const stream = await dial(site.hostname, site.port, errand, signal);
  const { minVersion, ciphers } = site.tls;
  const choice = { ...(minVersion ? { minVersion } : {}), ...(ciphers ? { ciphers } : {}) };
  const socket = connect({ socket: stream, rejectUnauthorized: false, ...choice });
  try {
    return await new Promise<Pins | null>((resolve, reject) => {
      const refuse = () => reject(new AltaError('tls-handshake', { ...errand, kind: 'peek' }));
      socket.once('secureConnect', () => {
        const certificate = socket.getPeerX509Certificate();
        resolve(certificate === undefined ? null : pinsOf(certificate));
      });
      socket.once('error', refuse).once('close', refuse);
    });
  } finally {
    socket.destroy();
  }
}
