import { createHash, type X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { AltaError, type TlsOptions } from '../../engine/model/index.ts';
import type { Errand } from './deadline.ts';
import { kindOf } from './kind.ts';

/** Both forms of a certificate's pin, `SHA256:<base64>` without padding. */
export interface Pins {
  readonly publicKey: string;
  readonly certificate: string;
}

/** The pins of a certificate: SHA-256 of its SPKI and of its DER form. */
export function pinsOf(certificate: X509Certificate): Pins {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return { publicKey: fingerprint(spki), certificate: fingerprint(certificate.raw) };
}

/** `SHA256:<base64>` without padding, the way OpenSSH writes fingerprints. */
export function fingerprint(der: Buffer): string {
  return `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`;
}

/** Throws `tls-pins-invalid` unless the pins are at most two well-formed ones. */
export function checkPins(pins: readonly string[], host: string): void {
  const wellFormed = pins.every((text) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(text));
  if (pins.length > 2 || !wellFormed) throw new AltaError('tls-pins-invalid', { host });
}

/**
 * TLS over an open stream. Without pins the certificate is verified against the system's authorities and the host name,
 * whatever NODE_TLS_REJECT_UNAUTHORIZED says; with pins only they decide, before the first byte of a request exists.
 * Throws `tls-untrusted`, `tls-pin-mismatch`, `tls-handshake`, `connection-reset` or the signal's reason; the stream is closed then.
 */
export async function secure(
  stream: Duplex,
  hostname: string,
  options: TlsOptions,
  errand: Errand,
  signal: AbortSignal,
): Promise<TLSSocket> {
  try {
    const socket = await handshake(connectionOptions(stream, hostname, options), errand, signal);
    if (options.pins?.length) demandPin(socket, options.pins, errand);
    return socket;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/**
 * The handshake alone; the caller closes the stream where it fails. Throws `tls-untrusted` (where the options say `rejectUnauthorized`),
 * `tls-handshake`, `connection-reset` or the signal's reason.
 */
export function handshake(
  options: ConnectionOptions,
  errand: Errand,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = tryConnect(options, errand);
    const stop = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const done = () => signal.removeEventListener('abort', stop);
    socket.once('secureConnect', () => {
      done();
      resolve(socket);
    });
    socket.on('error', (error) => {
      done();
      reject(signal.aborted ? signal.reason : handshakeError(socket, error, errand));
    });
  });
}

/** What every handshake asks for. No `session` is ever given: a resumed one shows no certificate to compare. */
export function connectionOptions(stream: Duplex, hostname: string, options: TlsOptions): ConnectionOptions {
  return {
    socket: stream,
    host: hostname,
    // RFC 6066 allows no IP address as server name.
    ...(isIP(hostname) ? {} : { servername: hostname }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !options.pins?.length,
    ...(options.minVersion ? { minVersion: options.minVersion } : {}),
    ...(options.ciphers ? { ciphers: options.ciphers } : {}),
  };
}

function tryConnect(options: ConnectionOptions, errand: Errand): TLSSocket {
  try {
    return connect(options);
  } catch (error) {
    throw new AltaError('tls-handshake', { ...errand, kind: kindOf(error) });
  }
}

/** A router in front of a box that is switched off hangs up in just this way: that is away, not a TLS problem. */
const cut: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** Node sets `authorizationError` where the handshake went well and the certificate was the problem. */
function handshakeError(socket: TLSSocket, error: Error, errand: Errand): AltaError {
  const kind = kindOf(error);
  const failed = cut.has(kind) ? 'connection-reset' : 'tls-handshake';
  return new AltaError(socket.authorizationError ? 'tls-untrusted' : failed, { ...errand, kind });
}

function demandPin(socket: TLSSocket, pins: readonly string[], errand: Errand): void {
  const certificate = socket.isSessionReused() ? undefined : socket.getPeerX509Certificate();
  if (!certificate) throw new AltaError('tls-pin-mismatch', { ...errand, found: '–' });
  const found = pinsOf(certificate);
  const wanted = pins.map((text) => text.replace(/=$/, ''));
  if (wanted.includes(found.publicKey) || wanted.includes(found.certificate)) return;
  throw new AltaError('tls-pin-mismatch', { ...errand, found: found.publicKey });
}
