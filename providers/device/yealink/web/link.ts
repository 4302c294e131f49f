import { AltaError, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import { type HttpAnswer, type HttpClient, type HttpRequest, openHttp } from '../../../transport/http.ts';
import { isRedirect, refuseRedirect } from '../../../transport/redirect.ts';
import { type About, aboutOf, refusedByStatus } from '../../../transport/refusal.ts';
import { cookieHeader } from './dialect.ts';
import { keepCookies, newPass, type Pass } from './pass.ts';

/** The way to one phone. */
export interface Link {
  readonly http: HttpClient;
  readonly target: Target;
  readonly context: SessionContext;
  readonly pass: Pass;
}

/** One request. */
export interface Question
  extends Pick<HttpRequest, 'path' | 'query' | 'headers' | 'body' | 'write' | 'once' | 'operation'> {
  readonly method?: 'GET' | 'POST';
  /** Address of the resource it is about; default: the target's. */
  readonly object?: string;
  /** A shorter limit than that of other requests, ms. */
  readonly timeLimitMs?: number;
}

/** Longest time for one request, ms: phones are slow. `options.timeLimitMs` overrides it. */
const TIME_LIMIT_MS = 30_000;

/** How long leaving may take in all, ms: nobody waits for its answer. */
export const LEAVE_MS = 3_000;

/** Statuses that say to come later, whoever says them: the phone's own refusals have others. */
const notNow: readonly number[] = [429, 502, 503, 504];

/** No page and no configuration of a phone is larger, bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** @throws `url-invalid` where the target has no address, and what {@link openHttp} throws */
export async function connect(target: Target, context: SessionContext, pass = newPass()): Promise<Link> {
  if (target.endpoint === null) throw new AltaError('url-invalid', { host: target.host, kind: 'none' });
  return { http: await openHttp(target.endpoint, context, context.ssh), target, context, pass };
}

/** What the errors of a request name. */
export function aboutRequest({ target }: Link, question: Question): About {
  return aboutOf(target, question.operation, question);
}

/**
 * Sends one request with the cookies of the session, and keeps those of the answer. Hands back every answer but those that
 * say to go to another place, or to come later.
 * @throws `redirected`, `target-busy`, `unreachable`, and the codes of the transport
 */
export async function send(link: Link, question: Question): Promise<HttpAnswer> {
  const { method = 'GET', headers, timeLimitMs, object: _object, ...rest } = question;
  const limit = link.target.options.timeLimitMs;
  const own = typeof limit === 'number' ? limit : TIME_LIMIT_MS;
  const answer = await link.http.request({
    ...rest,
    method,
    headers: { 'user-agent': 'Alta', ...cookieHeader(link.pass.cookies), ...headers },
    timeoutMs: Math.min(own, timeLimitMs ?? own),
    maxBytes: MAX_BYTES,
  });
  const about = aboutRequest(link, question);
  if (!pointsHome(answer, link)) refuseRedirect(answer, about);
  if (notNow.includes(answer.status)) throw refusedByStatus(answer, about, link.context.clock.now());
  keepCookies(link.pass, answer);
  return answer;
}

/** Whether an answer points to another page of the same phone: the way to its login form, where there was none. */
export function pointsHome(answer: HttpAnswer, link: Link): boolean {
  if (!isRedirect(answer)) return false;
  const here = originOf(link);
  const { location = '' } = answer.headers;
  return URL.canParse(location, here) && new URL(location, here).origin === here;
}

/**
 * Whether an answer sends somebody who was logged in away. Of a write only the way to the login says so: another page may be
 * what follows success.
 */
export function sendsAway(answer: HttpAnswer, link: Link, { write }: Question): boolean {
  return pointsHome(answer, link) && (write !== true || /login/i.test(answer.headers.location ?? ''));
}

/** `https://192.0.2.10` */
export function originOf({ target }: Link): string {
  return new URL(target.endpoint?.url ?? '').origin;
}
