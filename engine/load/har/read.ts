import { Buffer } from 'node:buffer';
import { AltaError } from '../../model/index.ts';
import { decode, linesOf, rangeOf } from '../text.ts';
import { jsonFlaw } from './flaw.ts';
import { isJson, type Json } from './leaves.ts';
import { type Exchange, idsIn, type LeftOut, type Pair, type Recording } from './recording.ts';

/** Largest recording that is read, bytes. */
export const MAX_HAR_BYTES = 64 * 1024 * 1024;

/**
 * Reads a HAR 1.2 as browsers export it and keeps what a page asked of its own server in JSON. Nothing of it is written anywhere. Pure.
 * @param filename for the place of an error
 * @throws AltaError `file-not-utf8`, `har-not-json` with the place, `har-not-har`, `har-nothing-usable`
 */
export function readHar(filename: string, bytes: Uint8Array): Recording {
  const { text, bom, invalid } = decode(bytes);
  if (invalid !== null) throw new AltaError('file-not-utf8', { offset: invalid }, { address: filename });
  const entries = entriesIn(parsed(filename, text, bom), filename);
  const requests = entries.map(requestIn).filter((request) => request !== null);
  const origin = originOf(requests);
  const sorted = requests.map((request) => sort(request, origin));
  const exchanges = sorted.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  const leftOut = counted(sorted.filter((one) => typeof one === 'string'));
  if (exchanges.length === 0)
    throw new AltaError('har-nothing-usable', { filename, count: entries.length, ...leftOut });
  const bare = requests.every(
    ({ headers }) => !headers.some(([name]) => /^(authorization|cookie)$/.test(name)),
  );
  return { exchanges, leftOut, sanitised: bare, ids: idsIn(exchanges) };
}

function parsed(filename: string, text: string, bom: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const at = jsonFlaw(text) ?? text.length;
    const range = rangeOf(filename, text, linesOf({ text, bom }), at, Math.min(at + 1, text.length));
    throw new AltaError('har-not-json', { filename }, { range });
  }
}

function entriesIn(data: unknown, filename: string): readonly Json[] {
  const log = isJson(data) ? data.log : undefined;
  const entries = isJson(log) ? log.entries : undefined;
  if (!Array.isArray(entries)) throw new AltaError('har-not-har', { filename });
  return entries.filter(isJson);
}

/** One entry as far as its form is understood. */
interface Request {
  readonly url: URL;
  readonly headers: readonly Pair[];
  readonly request: Json;
  readonly response: Json;
  /** As Chrome says; '' where the browser does not. */
  readonly kind: string;
}

function requestIn(entry: Json): Request | null {
  const { request, response, _resourceType: kind } = entry;
  if (!isJson(request) || !isJson(response) || typeof request.url !== 'string') return null;
  if (!URL.canParse(request.url)) return null;
  const headers = pairsIn(request.headers).map(([name, value]): Pair => [name.toLowerCase(), value]);
  return {
    url: new URL(request.url),
    headers,
    request,
    response,
    kind: typeof kind === 'string' ? kind : '',
  };
}

/** Where the page's own server is: most of the JSON goes there, and a page says so in `Referer` or `Origin`. */
function originOf(requests: readonly Request[]): string {
  const votes = new Map<string, number>();
  for (const { url, headers, request, response } of requests) {
    if (!isJsonType(typeOfAnswer(response)) && bodyOf(request) === undefined) continue;
    const own = headers.some(
      ([name, value]) => /^(origin|referer)$/.test(name) && originIn(value) === url.origin,
    );
    votes.set(url.origin, (votes.get(url.origin) ?? 0) + (own ? 1_000 : 1));
  }
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

function originIn(text: string): string | null {
  return URL.canParse(text) ? new URL(text).origin : null;
}

/** An exchange, or why it is none. */
function sort({ url, headers, request, response, kind }: Request, origin: string): Exchange | LeftOut {
  const method = String(request.method).toUpperCase();
  if (!['', 'xhr', 'fetch'].includes(kind) || method === 'OPTIONS') return 'otherKind';
  if (url.origin !== origin) return 'otherOrigin';
  const status = Number(response.status);
  if (!Number.isInteger(status) || status < 200 || status > 599) return 'noAnswer';
  const [sent, got] = [bodyOf(request), answerOf(response)];
  const foreign = (sent === undefined && hasBody(request)) || (got === undefined && isSaying(response));
  if (foreign || (kind === '' && sent === undefined && got === undefined && method === 'GET'))
    return 'noJson';
  const location = pairsIn(response.headers).find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
  return {
    method,
    segments: segmentsOf(url.pathname),
    query: [...url.searchParams],
    headers,
    status,
    sent,
    got,
    location: segmentsOf(location.replace(/[?#].*$/, '')).at(-1) ?? '',
  };
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').flatMap((part) => (part === '' ? [] : [decoded(part)]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pairsIn(list: unknown): readonly Pair[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item): readonly Pair[] =>
    isJson(item) && typeof item.name === 'string' ? [[item.name, String(item.value ?? '')]] : [],
  );
}

function isJsonType(type: unknown): boolean {
  return typeof type === 'string' && /json/i.test(type);
}

function typeOfAnswer({ content }: Json): unknown {
  return isJson(content) ? content.mimeType : undefined;
}

/** A browser that does not tell the kind of a request tells its type. */
function bodyOf({ postData }: Json): unknown {
  return isJson(postData) && isJsonType(postData.mimeType) ? jsonOf(postData.text) : undefined;
}

function hasBody({ postData }: Json): boolean {
  return isJson(postData) && typeof postData.text === 'string' && postData.text.trim() !== '';
}

function answerOf(response: Json): unknown {
  const { content } = response;
  if (!isJson(content) || !isJsonType(content.mimeType) || typeof content.text !== 'string') return undefined;
  const coded = content.encoding === 'base64';
  return jsonOf(coded ? Buffer.from(content.text, 'base64').toString('utf8') : content.text);
}

/** Whether something came back that is no JSON. */
function isSaying({ content }: Json): boolean {
  return isJson(content) && typeof content.text === 'string' && content.text.trim() !== '';
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' && text.trim() !== '' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function counted(reasons: readonly LeftOut[]): Record<LeftOut, number> {
  const count = (reason: LeftOut): number => reasons.filter((one) => one === reason).length;
  return {
    otherKind: count('otherKind'),
    otherOrigin: count('otherOrigin'),
    noJson: count('noJson'),
    noAnswer: count('noAnswer'),
  };
}
