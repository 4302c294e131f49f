import type { IncomingMessage } from 'node:http';
import {
  type HarCookie,
  type HarEntry,
  type HarPair,
  type HarRequest,
  type HarResource,
  type HarResponse,
  PAGE,
  timingsOf,
} from './format.ts';

export interface Asked {
  method: string;
  url: string;
  headers: HarPair[];
  /** The body; '' for none. */
  text: string;
}

export interface Performed {
  response: IncomingMessage;
  text: string;
}

/** One request and its answer, as the developer tools write them down. */
export function entryOf(type: HarResource, started: Date, asked: Asked, performed: Performed): HarEntry {
  const taken = Date.now() - started.getTime();
  return {
    ...placeOf(type, new URL(asked.url)),
    request: requestOf(asked),
    response: responseOf(performed),
    startedDateTime: started.toISOString(),
    time: taken,
    timings: timingsOf(taken),
  };
}

function placeOf(type: HarResource, { origin, port, hostname }: URL) {
  const script = `${origin}/assets/app.min.js?v=36.2`;
  const initiator: HarEntry['_initiator'] =
    type === 'document'
      ? { type: 'other' }
      : type === 'xhr'
        ? { type: 'script', url: script }
        : { type: 'parser', url: `${origin}/` };
  return {
    _connectionId: '101',
    _initiator: initiator,
    _priority: type === 'document' || type === 'stylesheet' ? 'VeryHigh' : type === 'image' ? 'Low' : 'High',
    _resourceType: type,
    cache: {},
    connection: port,
    pageref: PAGE,
    serverIPAddress: hostname,
  };
}

function requestOf({ url, method, headers, text }: Asked): HarRequest {
  const cookies = headers
    .filter(({ name }) => name === 'Cookie')
    .flatMap(({ value }) => value.split('; ').map(cookieIn));
  const mimeType = headers.find(({ name }) => name === 'Content-Type')?.value ?? '';
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    headers,
    queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    cookies,
    headersSize: sizeOf(headers),
    bodySize: Buffer.byteLength(text),
    ...(text === '' ? {} : { postData: { mimeType, text } }),
  };
}

function responseOf({ response, text }: Performed): HarResponse {
  const { rawHeaders } = response;
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, value: rawHeaders[index + 1] ?? '' }] : [],
  );
  const size = Buffer.byteLength(text);
  const mimeType = (response.headers['content-type'] ?? 'x-unknown').split(';')[0] ?? '';
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    httpVersion: 'HTTP/1.1',
    headers,
    cookies: cookiesSet(response),
    content: text === '' ? { size, mimeType } : { size, mimeType, text },
    redirectURL: response.headers.location ?? '',
    headersSize: sizeOf(headers),
    bodySize: size,
    _transferSize: size + sizeOf(headers),
    _error: null,
    _fetchedViaServiceWorker: false,
  };
}

/** Cookies that an answer sets. */
export function cookiesSet(response: IncomingMessage): HarCookie[] {
  return (response.headers['set-cookie'] ?? []).map((line) => ({
    ...cookieIn(line.split(';')[0] ?? ''),
    path: '/',
    httpOnly: /httponly/i.test(line),
    secure: /secure/i.test(line),
  }));
}

function cookieIn(text: string): HarPair {
  const at = text.indexOf('=');
  return { name: text.slice(0, at).trim(), value: text.slice(at + 1) };
}

function sizeOf(headers: readonly HarPair[]): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length + 4, 2);
}
