import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { cookiesSet, entryOf, type Performed } from './entries.ts';
import type { HarEntry, HarPair, HarResource } from './format.ts';

/** A browser on one page: it performs requests, keeps cookies, and writes down what it did. */
export interface Recorder {
  entries: HarEntry[];
  /** Throws on a status that is not a success. */
  ask(wanted: Ask): Promise<unknown>;
  /** Goes with every request of the page's script from now on. */
  carry(header: HarPair): void;
}

export interface Ask {
  method: string;
  /** Path and query. */
  path: string;
  type: HarResource;
  /** Sent as JSON. */
  body?: unknown;
}

const CHROME = [137, 0, 0, 0].join('.');
const AGENT = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${CHROME} Safari/537.36`;
const ACCEPTS: Readonly<Record<HarResource, string>> = {
  document: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  stylesheet: 'text/css,*/*;q=0.1',
  script: '*/*',
  image: 'image/avif,image/webp,image/*,*/*;q=0.8',
  xhr: 'application/json, text/plain, */*',
  ping: '*/*',
};

/** @param certificate PEM to trust, '' for plain HTTP */
export function recorder(url: string, certificate: string): Recorder {
  const cookies = new Map<string, string>();
  const carried: HarPair[] = [];
  const entries: HarEntry[] = [];
  const origin = new URL(url).origin;

  const headersFor = ({ type, method, body }: Ask, length: number): HarPair[] => {
    const pairs: HarPair[] = [
      { name: 'Accept', value: ACCEPTS[type] },
      { name: 'Accept-Language', value: 'es-ES,es;q=0.9' },
      { name: 'Connection', value: 'keep-alive' },
      { name: 'Host', value: new URL(url).host },
      { name: 'Referer', value: `${origin}/` },
      { name: 'User-Agent', value: AGENT },
    ];
    if (cookies.size > 0)
      pairs.push({ name: 'Cookie', value: [...cookies].map((one) => one.join('=')).join('; ') });
    if (type !== 'xhr') return pairs;
    if (method !== 'GET') pairs.push({ name: 'Origin', value: origin });
    if (body !== undefined) {
      pairs.push({ name: 'Content-Type', value: 'application/json;charset=UTF-8' });
      pairs.push({ name: 'Content-Length', value: String(length) });
    }
    const xsrf = cookies.get('XSRF-TOKEN');
    if (xsrf !== undefined) pairs.push({ name: 'X-XSRF-TOKEN', value: xsrf });
    return [...pairs, ...carried];
  };

  return {
    entries,
    carry: (header) => carried.push(header),
    async ask(wanted) {
      const text = wanted.body === undefined ? '' : JSON.stringify(wanted.body);
      const headers = headersFor(wanted, Buffer.byteLength(text));
      const started = new Date();
      const url = `${origin}${wanted.path}`;
      const answer = await perform(url, wanted.method, headers, text, certificate);
      for (const { name, value } of cookiesSet(answer.response)) cookies.set(name, value);
      const asked = { method: wanted.method, url, headers, text };
      entries.push(entryOf(wanted.type, started, asked, answer));
      const { statusCode = 0 } = answer.response;
      if (statusCode >= 300) throw new Error(`${wanted.method} ${wanted.path} answered ${statusCode}`);
      return answer.text.startsWith('{') || answer.text.startsWith('[') ? JSON.parse(answer.text) : undefined;
    },
  };
}

function perform(
  url: string,
  method: string,
  headers: readonly HarPair[],
  body: string,
  certificate: string,
): Promise<Performed> {
  const request = url.startsWith('https:') ? secureRequest : plainRequest;
  const options = {
    method,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    agent: false as const,
    ...(certificate === '' ? {} : { ca: certificate }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.on('error', reject);
    sent.end(body === '' ? undefined : body);
  });
}
