/** HTTP around the API: what a request says, and how an answer leaves. */
import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import type { Dialect } from './dialect.ts';
import { type Failure, type Outcome, type Refusal, wordsFor } from './failures.ts';

/** One API call, taken apart. */
export interface Call {
  method: string;
  /** Below /api/v2. */
  path: readonly string[];
  query: URLSearchParams;
  header(name: string): string | undefined;
  /** The JSON object sent; {} for none. */
  body: Readonly<Record<string, unknown>>;
  address: string;
}

const HEADERS = { Server: 'nginx', 'Cache-Control': 'no-cache, private', 'X-Powered-By': 'PHP/8.2.0' };

/** The call of a request below /api/v2. A body is read only if it says it is JSON, as the framework does (I). */
export function callOf({ method, url, headers, body, address }: Incoming): Call | Failure {
  const header = (name: string): string | undefined => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };
  const json = /[/+]json\b/.test(header('content-type') ?? '');
  const content = json ? objectIn(body) : {};
  if (content === undefined) return { kind: 'malformed' };
  const path = url.pathname.split('/').slice(3).map(decoded);
  return { method, path, query: url.searchParams, header, body: content, address };
}

export function replyTo(dialect: Dialect, incoming: Incoming, outcome: Outcome, origin: string): Reply {
  if (!('failure' in outcome)) return json(outcome.status, outcome.body, outcome.headers);
  const refusal = wordsFor(dialect.refusals, outcome.failure);
  return wantsJson(incoming) ? refusalReply(refusal) : htmlRefusal(refusal, origin);
}

export function refusalReply({ status, body, headers, code }: Refusal): Reply {
  return { ...json(status, body, headers), errno: code };
}

/** An HTML page. */
export function page(status: number, title: string, headers: Record<string, string> = {}): Reply {
  const body = `<!DOCTYPE html>\n<html lang="es"><head><title>${title}</title></head><body>${title}</body></html>\n`;
  return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8', ...HEADERS, ...headers }, body };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  if (body === undefined) return { status, headers: { ...HEADERS, ...headers }, body: '' };
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...HEADERS, ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * To whom does not ask for JSON a failed validation is a redirect to a page (D: reported of the framework), and so is a missing login
 * (I); other refusals are pages (I).
 */
function htmlRefusal(refusal: Refusal, origin: string): Reply {
  if (refusal.status < 400) return refusalReply(refusal);
  const redirected = refusal.status === 422 || refusal.status === 401;
  const reply = redirected
    ? page(302, 'Redirecting', { Location: `${origin}/login` })
    : page(refusal.status, `Error ${refusal.status}`);
  return { ...reply, errno: refusal.code };
}

function wantsJson({ headers }: Incoming): boolean {
  return (
    /[/+]json\b/.test(headers.accept ?? '') || headers['x-requested-with']?.toString() === 'XMLHttpRequest'
  );
}

function objectIn(body: string): Record<string, unknown> | undefined {
  if (body.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
