import type { Secret, Target } from '../../../engine/model/index.ts';
import type { SessionContext } from '../../contract.ts';
import type { HttpAnswer, HttpClient } from '../../transport/http.ts';
import { parseJson } from '../../transport/json.ts';
import { refuseRedirect } from '../../transport/redirect.ts';
import { type About, aboutOf, refusedByStatus } from '../../transport/refusal.ts';
import { type Answer, readEnvelope } from './answers.ts';
import { type Api, pathOf } from './api.ts';

/** The way to one box. */
export interface Link {
  readonly http: HttpClient;
  readonly target: Target;
  readonly context: SessionContext;
}

/** One call. All calls are POSTs with a JSON body or none. [vendor-docs] */
export interface Question {
  readonly path: string;
  readonly body?: string | Secret;
  /** Takes a writer's turn; its errors say what was written. */
  readonly write?: boolean;
  /** Address of the resource it is about; default: the target's. */
  readonly object?: string;
  /** A shorter limit than that of other calls, ms. */
  readonly timeLimitMs?: number;
}

/** Longest time for one call, ms: applying takes a box its time. `options.timeLimitMs` overrides it. */
const TIME_LIMIT_MS = 30_000;

function timeLimitOf({ options }: Target): number {
  return typeof options.timeLimitMs === 'number' ? options.timeLimitMs : TIME_LIMIT_MS;
}

/** What the errors of a call name. */
export function aboutCall({ target }: Link, question: Question): About {
  return aboutOf(target, question.path, question);
}

/**
 * Sends one call.
 * @param token goes into the query, where the box wants it; a call without one is a login, and sent once
 */
export function send(link: Link, api: Api, question: Question, token?: Secret): Promise<HttpAnswer> {
  const { path, body, write, timeLimitMs = Number.POSITIVE_INFINITY } = question;
  return link.http.request({
    method: 'POST',
    path: pathOf(api, path),
    operation: path,
    timeoutMs: Math.min(timeLimitOf(link.target), timeLimitMs),
    ...(token === undefined ? { once: true } : { query: { token } }),
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    ...(write === true ? { write } : {}),
  });
}

/**
 * What an HTTP answer says. The box says 200 to everything, also to failures, and tells them in the body. [vendor-docs]
 * @throws `redirected`, `forbidden`, `target-busy`, `unreachable`, `strange-answer`
 */
export function understand(answer: HttpAnswer, link: Link, question: Question): Answer {
  const about = aboutCall(link, question);
  refuseRedirect(answer, about);
  if (answer.status !== 200) throw refusedByStatus(answer, about, link.context.clock.now());
  return readEnvelope(parseJson(answer, about), about);
}
