import { AltaError, type Secret, type Target } from '../../../engine/model/index.ts';
import type { SessionContext } from '../../contract.ts';
import type { HttpAnswer, HttpClient } from '../../transport/http.ts';
import { parseJson } from '../../transport/json.ts';
import { refuseRedirect } from '../../transport/redirect.ts';
import { type About, refusedByStatus, strange } from '../../transport/refusal.ts';
import type { Action } from './actions.ts';
import { isJson } from './answers.ts';
import { formBody, type Native } from './dialect.ts';
import { type Complaint, complaintOf, refusedFor } from './errors.ts';
import { withoutNotices } from './notices.ts';

/** The way to one server. */
export interface Link {
  readonly http: HttpClient;
  readonly target: Target;
  readonly context: SessionContext;
  /** Null: asked from outside. */
  readonly key: Secret | null;
  readonly manner: Manner;
}

/** How this server is spoken to, and whether it still wants to listen. */
export interface Manner {
  method: 'POST' | 'GET';
  /** The key was refused: it is not shown again. */
  refusal: AltaError | null;
  /** It stayed busy for as long as one write waits: the next ones do not wait again. */
  tired: boolean;
}

/** One call of the action API. */
export interface Question {
  readonly action: Action;
  readonly params?: Native;
  /** Takes a writer's turn; its errors say what was written. */
  readonly write?: boolean;
  /** Address of the resource it is about; default: the target's. */
  readonly object?: string;
}

/** What an answer says. `noticed` = PHP complained beside it. */
export type Said =
  | { readonly ok: true; readonly body: unknown; readonly noticed: boolean }
  | { readonly ok: false; readonly complaint: Complaint };

/** Longest time for one call, ms. Writes have been seen to need more than half a minute. [field] `options.timeLimitMs` overrides both. */
const timeLimits = { read: 30_000, write: 60_000 } as const;

export function timeLimitOf({ options }: Target, write: boolean): number {
  if (typeof options.timeLimitMs === 'number') return options.timeLimitMs;
  return write ? timeLimits.write : timeLimits.read;
}

/** Waits on the session's clock. @throws `aborted`, with these facts */
export async function pause(
  { context, target }: Link,
  ms: number,
  operation: string,
  facts: AltaError['facts'] = {},
): Promise<void> {
  try {
    await context.clock.sleep(ms, context.signal);
  } catch {
    throw new AltaError('aborted', { host: target.host, operation }, facts);
  }
}

/** What the errors of a call name. */
export function aboutOf({ target }: Link, { action, object, write }: Question): About {
  return {
    host: target.host,
    target: target.address,
    operation: action,
    object: object ?? target.address,
    write: write ?? false,
  };
}

/**
 * Asks once.
 * @throws `wrong-credentials`, from then on without asking; `redirected`, `strange-answer` and the codes of the transport
 */
export async function ask(link: Link, question: Question): Promise<Said> {
  refuseAgain(link);
  return judge(await send(link, question), link, question);
}

/**
 * What came of a question. A refused key is remembered.
 * @throws what {@link ask} throws
 */
export function judge(answer: HttpAnswer, link: Link, question: Question): Said {
  const said = understand(answer, link, question);
  if (!said.ok && said.complaint.code === 'wrong-credentials') {
    link.manner.refusal = refusedFor(said.complaint, aboutOf(link, question));
    throw link.manner.refusal;
  }
  return said;
}

/** The body of a read. @throws what {@link ask} throws, and the error of a complaint */
export async function tell(link: Link, question: Question): Promise<unknown> {
  const said = await ask(link, question);
  if (said.ok) return said.body;
  throw refusedFor(said.complaint, aboutOf(link, question));
}

function refuseAgain({ manner }: Link): void {
  const { refusal } = manner;
  if (refusal !== null) throw new AltaError(refusal.code, refusal.params, { written: 'nothing' });
}

/** Key and arguments in the body; in the query only where a server has shown that it does not look there. */
export function send(link: Link, { action, params = {}, write = false }: Question): Promise<HttpAnswer> {
  const { http, target, key, manner } = link;
  const request = {
    path: '/index.php',
    operation: action,
    timeoutMs: timeLimitOf(target, write),
    ...(write ? { write } : {}),
  };
  if (manner.method === 'GET') {
    const login = key === null ? {} : { apikey: key };
    return http.request({ ...request, method: 'GET', query: { ...params, ...login, action } });
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return http.request({ ...request, method: 'POST', headers, body: formBody(action, params, key) });
}

/**
 * What an HTTP answer says. The server says 200 to everything, also to failures, and tells them in the body. [vendor-docs]
 * @throws `redirected`, `forbidden`, `target-busy`, `unreachable`, `strange-answer`: of a write, all but a status below 500 leave it open
 * how much was written
 */
function understand(answer: HttpAnswer, link: Link, question: Question): Said {
  const about = aboutOf(link, question);
  refuseRedirect(answer, about);
  if (answer.status !== 200) throw refusedByStatus(answer, about, link.context.clock.now());
  const cleaned = withoutNotices(answer);
  const body = parseJson(cleaned.answer, about);
  if (isJson(body) && typeof body.error === 'string')
    return { ok: false, complaint: complaintOf(body.error) };
  if (typeof body !== 'object' || body === null) throw strange('JSON, but neither map nor list', about);
  if (cleaned.noticed) link.context.log('php notices', { host: about.host, operation: about.operation });
  return { ok: true, body, noticed: cleaned.noticed };
}
