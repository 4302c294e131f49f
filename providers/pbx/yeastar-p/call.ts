import type { Secret, Target } from '../../../engine/model/index.ts';
import type { SessionContext } from '../../contract.ts';
import type { HttpAnswer, HttpClient } from '../../transport/http.ts';
import { parseJson } from '../../transport/json.ts';
import { refuseRedirect } from '../../transport/redirect.ts';
import { type About, refusedByStatus } from '../../transport/refusal.ts';
import { type Answer, readEnvelope } from './answers.ts';

/** The way to one box. */
export interface Link {
  readonly http: HttpClient;
  readonly target: Target;
  readonly context: SessionContext;
}

/** One call: a POST where it has a body, else a GET. Deleting is a GET too. [vendor-docs] */
export interface Question {
  /** `extension/list` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Secret;
  /** Takes a writer's turn, is never repeated; its errors say what was written. */
  readonly write?: boolean;
  /** Address of the resource it is about; default: the target's. */
  readonly object?: string;
  /** A shorter limit than that of other calls, ms. */
  readonly timeLimitMs?: number;
}

/** Every interface, by its path. [vendor-docs] */
export const paths = {
  token: 'get_token',
  refresh: 'refresh_token',
  revoke: 'del_token',
  device: 'system/information',
  menu: 'system/get_menuoptions',
  list: 'extension/list',
  search: 'extension/search',
  get: 'extension/get',
  query: 'extension/query',
  password: 'extension/getpassword',
  create: 'extension/create',
  update: 'extension/update',
  delete: 'extension/delete',
  routes: 'inbound_route/list',
  routeDetails: 'inbound_route/query',
  queues: 'queue/list',
  queueDetails: 'queue/query',
  groups: 'ringgroup/list',
  groupDetails: 'ringgroup/query',
  menus: 'ivr/list',
  menuDetails: 'ivr/query',
} as const;

/** Stands before every path. [vendor-docs] */
const BASE = '/openapi/v1.0/';

/** Without it the box answers nothing useful. The vendor's own example. [vendor-docs] */
const USER_AGENT = 'OpenAPI';

/** Longest time for one call, ms. `options.timeLimitMs` overrides it. */
const TIME_LIMIT_MS = 30_000;

function timeLimitOf({ options }: Target): number {
  return typeof options.timeLimitMs === 'number' ? options.timeLimitMs : TIME_LIMIT_MS;
}

/** What the errors of a call name. */
export function aboutOf({ target }: Pick<Link, 'target'>, { path, object, write }: Question): About {
  return {
    host: target.host,
    target: target.address,
    operation: path,
    object: object ?? target.address,
    write: write ?? false,
  };
}

/**
 * Sends one call.
 * @param token goes into the query: a header with it is not looked at [field]; a call without one is a login, and sent once
 */
export function send(link: Link, question: Question, token?: Secret): Promise<HttpAnswer> {
  const { path, query = {}, body, write, timeLimitMs = Number.POSITIVE_INFINITY } = question;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return link.http.request({
    method: body === undefined ? 'GET' : 'POST',
    path: `${BASE}${path}`,
    operation: path,
    headers: { 'user-agent': USER_AGENT, ...type },
    timeoutMs: Math.min(timeLimitOf(link.target), timeLimitMs),
    ...(token === undefined ? { once: true, query } : { query: { ...query, access_token: token } }),
    ...(body === undefined ? {} : { body }),
    ...(write === true ? { write } : {}),
  });
}

/**
 * What an HTTP answer says. The box says 200 to failures too, and tells them in the body. [field]
 * @throws `redirected`, `forbidden`, `target-busy`, `unreachable`, `strange-answer`
 */
export function understand(answer: HttpAnswer, link: Link, question: Question): Answer {
  const about = aboutOf(link, question);
  refuseRedirect(answer, about);
  if (answer.status !== 200) throw refusedByStatus(answer, about, link.context.clock.now());
  return readEnvelope(parseJson(answer, about), about);
}
