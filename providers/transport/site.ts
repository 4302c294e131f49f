import { AltaError, type Endpoint, type TlsOptions } from '../../engine/model/index.ts';
import { checkPins } from './tls.ts';

/** An endpoint taken apart and found fit to talk to. */
export interface Site {
  /** Host and port as in the URL, for people: `192.0.2.10:8088`. */
  readonly host: string;
  /** `https://192.0.2.10:8088` */
  readonly origin: string;
  /** Without the brackets of IPv6. */
  readonly hostname: string;
  readonly port: number;
  readonly encrypted: boolean;
  /** The path of the URL without a trailing slash; every request's path follows it. */
  readonly base: string;
  readonly tls: TlsOptions;
}

/**
 * Throws `url-invalid`, `tls-pins-invalid`, and `insecure-url` for plain http without a tunnel or a declared reason. The
 * errors name the host at most: whoever wrote a password into the URL does not read it back in a log.
 */
export function siteOf(endpoint: Endpoint): Site {
  const url = URL.canParse(endpoint.url) ? new URL(endpoint.url) : null;
  if (!url) throw new AltaError('url-invalid', { host: '?', kind: 'not-a-url' });
  const flaw = flawOf(url);
  if (flaw) throw new AltaError('url-invalid', { host: url.host, kind: flaw });
  const encrypted = url.protocol === 'https:';
  if (!encrypted && !endpoint.via && !endpoint.insecure?.trim()) {
    throw new AltaError('insecure-url', { host: url.host });
  }
  checkPins(endpoint.tls.pins ?? [], url.host);
  return {
    host: url.host,
    origin: url.origin,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (encrypted ? 443 : 80),
    encrypted,
    base: url.pathname.replace(/\/+$/, ''),
    tls: endpoint.tls,
  };
}

function flawOf(url: URL): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username || url.password) return 'user-in-url';
  if (url.search || url.hash) return 'query-in-url';
  return null;
}
