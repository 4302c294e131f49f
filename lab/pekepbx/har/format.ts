/** HAR 1.2 as Chrome's developer tools export it; keys with an underscore are Chrome's own. */

export interface HarPair {
  name: string;
  value: string;
}

export interface HarCookie extends HarPair {
  path?: string;
  domain?: string;
  expires?: string | null;
  httpOnly?: boolean;
  secure?: boolean;
  sameSite?: string;
}

export interface HarRequest {
  method: string;
  url: string;
  httpVersion: string;
  headers: HarPair[];
  queryString: HarPair[];
  cookies: HarCookie[];
  headersSize: number;
  bodySize: number;
  postData?: { mimeType: string; text: string };
}

export interface HarResponse {
  status: number;
  statusText: string;
  httpVersion: string;
  headers: HarPair[];
  cookies: HarCookie[];
  content: { size: number; mimeType: string; text?: string };
  redirectURL: string;
  headersSize: number;
  bodySize: number;
  _transferSize: number;
  _error: string | null;
  _fetchedViaServiceWorker: boolean;
}

export type HarResource = 'document' | 'stylesheet' | 'script' | 'image' | 'xhr' | 'ping';

export interface HarEntry {
  _connectionId: string;
  _initiator: { type: 'other' | 'parser' | 'script'; url?: string };
  _priority: string;
  _resourceType: HarResource;
  cache: Record<string, never>;
  connection: string;
  pageref: string;
  request: HarRequest;
  response: HarResponse;
  serverIPAddress: string;
  startedDateTime: string;
  time: number;
  timings: {
    blocked: number;
    dns: number;
    ssl: number;
    connect: number;
    send: number;
    wait: number;
    receive: number;
    _blocked_queueing: number;
  };
}

export interface Har {
  log: {
    version: '1.2';
    creator: { name: 'WebInspector'; version: string };
    pages: Array<{
      startedDateTime: string;
      id: string;
      title: string;
      pageTimings: { onContentLoad: number; onLoad: number };
    }>;
    entries: HarEntry[];
  };
}

export const PAGE = 'page_1';

/** The whole recording of one page. */
export function harWith(url: string, entries: HarEntry[]): Har {
  const startedDateTime = entries[0]?.startedDateTime ?? new Date(0).toISOString();
  return {
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [
        { startedDateTime, id: PAGE, title: url, pageTimings: { onContentLoad: 210.5, onLoad: 260.25 } },
      ],
      entries,
    },
  };
}

/**
 * What Chrome leaves out when it exports without sensitive data: cookies on both sides, and the headers Cookie, Set-Cookie and
 * Authorization. Bodies stay, passwords in them included (V: the developer tools' exporter).
 */
export function sanitized(entry: HarEntry): HarEntry {
  const without = (headers: HarPair[], ...names: string[]) =>
    headers.filter(({ name }) => !names.includes(name.toLowerCase()));
  const { request, response } = entry;
  return {
    ...entry,
    request: { ...request, cookies: [], headers: without(request.headers, 'authorization', 'cookie') },
    response: { ...response, cookies: [], headers: without(response.headers, 'set-cookie') },
  };
}

/** A call that panels of this kind make to somebody else. It is written by hand: nobody is contacted. */
export function analyticsEntry(page: string, started: Date): HarEntry {
  const url = 'https://stats.example/collect?v=2&tid=G-0000000000&en=page_view';
  const text = JSON.stringify({ events: [{ name: 'page_view', page: '/#!/users' }] });
  return {
    _connectionId: '900',
    _initiator: { type: 'script', url: `${page}/assets/app.min.js?v=36.2` },
    _priority: 'Low',
    _resourceType: 'ping',
    cache: {},
    connection: '443',
    pageref: PAGE,
    request: {
      method: 'POST',
      url,
      httpVersion: 'http/2.0',
      headers: [
        { name: ':authority', value: 'stats.example' },
        { name: ':method', value: 'POST' },
        { name: 'content-type', value: 'text/plain;charset=UTF-8' },
        { name: 'origin', value: page },
      ],
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      cookies: [],
      headersSize: -1,
      bodySize: text.length,
      postData: { mimeType: 'text/plain;charset=UTF-8', text },
    },
    response: {
      status: 204,
      statusText: '',
      httpVersion: 'http/2.0',
      headers: [{ name: 'server', value: 'stats' }],
      cookies: [],
      content: { size: 0, mimeType: 'text/plain' },
      redirectURL: '',
      headersSize: -1,
      bodySize: 0,
      _transferSize: 64,
      _error: null,
      _fetchedViaServiceWorker: false,
    },
    serverIPAddress: '203.0.113.80',
    startedDateTime: started.toISOString(),
    time: 31,
    timings: timingsOf(31),
  };
}

export function timingsOf(wait: number): HarEntry['timings'] {
  return { blocked: 0, dns: -1, ssl: -1, connect: -1, send: 0, wait, receive: 0, _blocked_queueing: 0 };
}
