import type { Dispatcher } from 'undici';
import { AltaError, reveal, Secret } from '../../engine/model/index.ts';
import type { Errand } from './deadline.ts';
import type { HttpRequest } from './http.ts';

/** A request in undici's form. Every part of it may hold secrets; none of it may reach an error or a log. */
export interface Outgoing {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
}

/**
 * Opens the secrets of a request, the only place of the transport that does. `base` is the path of the endpoint. Throws
 * `request-unsendable` for a path that would smuggle a query and for text that is no text (lone surrogates).
 */
export function outgoingOf(request: HttpRequest, base: string, errand: Errand): Outgoing {
  if (!/^\/[^?#\s]*$/.test(request.path)) throw unsendable(errand, 'path');
  const query = Object.entries(request.query ?? {}).map(
    ([name, value]) => `${encode(name, errand)}=${encode(clear(value), errand)}`,
  );
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name, clear(value)] as const);
  return {
    method: request.method,
    path: [`${base}${request.path}`, ...(query.length > 0 ? [query.join('&')] : [])].join('?'),
    headers: Object.fromEntries(headers),
    body: request.body === undefined ? null : clear(request.body),
  };
}

function encode(text: string, errand: Errand): string {
  if (/\p{Surrogate}/u.test(text)) throw unsendable(errand, 'text');
  return encodeURIComponent(text);
}

function clear<T>(value: T | Secret): T | string {
  return value instanceof Secret ? reveal(value) : value;
}

function unsendable(errand: Errand, kind: string): AltaError {
  return new AltaError('request-unsendable', { ...errand, kind }, { written: 'nothing' });
}
