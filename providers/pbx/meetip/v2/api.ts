import type { HttpAnswer, Method } from '../../../transport/http.ts';
import { readJson } from '../../../transport/json.ts';
import { isJson, type Json, textOf } from '../answers.ts';
import { type Link, pause, timeLimitOf } from '../call.ts';
import { bearer } from '../dialect.ts';
import type { License } from '../tenant.ts';

/** API v2 of one tenant, which is named by its three-digit code there. */
export interface SecondApi {
  readonly link: Link;
  /** `/api/org/301/v2` */
  readonly base: string;
  /** Cleared once it refuses the key or does not know its own paths. */
  alive: boolean;
  /** Not before this moment of the monotonic clock, ms: the window of its rate limit is used up. */
  notBefore: number;
}

/** First version with API v2. [field] */
const first = [8, 2] as const;

export function hasSecond({ version }: License): boolean {
  const found = /^(\d+)\.(\d+)/.exec(version);
  if (found === null) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > first[0] || (major === first[0] && minor >= first[1]);
}

/** Null where the version has none, or nothing told the tenant's code. */
export function secondOf(link: Link, license: License, code: string | undefined): SecondApi | null {
  if (!hasSecond(license) || code === undefined || !/^[0-9]{3}$/.test(code)) return null;
  return { link, base: `/api/org/${code}/v2`, alive: true, notBefore: 0 };
}

export interface SecondQuestion {
  readonly method: Method;
  /** After `/v2`: `/extensions/number/110`. */
  readonly path: string;
  /** For errors and logs, without ids. */
  readonly operation: string;
  readonly body?: Json;
  readonly write?: boolean;
  /** Never sent twice, whatever happens to the connection. */
  readonly once?: boolean;
}

/** Sends one request, after the pause that the server's own count of requests asks for. @throws the codes of the transport */
export async function send2(api: SecondApi, question: SecondQuestion): Promise<HttpAnswer> {
  const { http, target, context, key } = api.link;
  const { method, path, operation, body, write = false, once = false } = question;
  const wait = api.notBefore - context.clock.elapsed();
  if (wait > 0) await pause(api.link, wait, operation, write ? { written: 'nothing' } : {});
  const login = key === null ? {} : { authorization: bearer(key) };
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await http.request({
    method,
    path: `${api.base}${path}`,
    operation,
    headers: { ...login, ...json },
    timeoutMs: timeLimitOf(target, write),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(write ? { write } : {}),
    ...(once ? { once } : {}),
  });
  heed(api, answer);
  return answer;
}

/** `ratelimit-remaining: 0` with `ratelimit-policy: 60;w=12`: nothing more for 12 s. [field] */
function heed(api: SecondApi, { headers }: HttpAnswer): void {
  if (headers['ratelimit-remaining'] !== '0') return;
  const window = Number(/\bw=(\d{1,4})/.exec(headers['ratelimit-policy'] ?? '')?.[1] ?? 12);
  api.notBefore = api.link.context.clock.elapsed() + window * 1_000;
}

/** The object of an answer, which may stand in an object of its own; null where there is none. */
export function objectIn(answer: HttpAnswer): Json | null {
  const reading = readJson(answer);
  if (!reading.ok || !isJson(reading.value)) return null;
  const { data } = reading.value;
  return isJson(data) ? data : reading.value;
}

/**
 * The id of an extension in API v2, looked up by its number now. `absent`: v2 says in its own words that there is none. `unknown`: v2 does
 * not answer as documented, or not to this key, and is not asked again.
 */
export async function lookUp2(
  api: SecondApi,
  number: string,
): Promise<{ id: string } | 'absent' | 'unknown'> {
  const path = `/extensions/number/${number}`;
  const answer = await send2(api, { method: 'GET', path, operation: 'v2 extensions/number' });
  const found = objectIn(answer);
  const id = textOf(found?.id);
  if (answer.status === 200 && /^[0-9]+$/.test(id) && textOf(found?.number) === number) return { id };
  if (answer.status === 404 && found !== null && 'code' in found) return 'absent';
  api.alive = false;
  return 'unknown';
}
