import { AltaError, type Secret, type Target } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import type { SessionContext } from '../../contract.ts';
import { type HttpAnswer, type HttpClient, openHttp } from '../../transport/http.ts';
import type { About } from '../../transport/refusal.ts';
import { type Jar, newJar } from './cookies.ts';
import { bodyOf } from './dialect.ts';
import { type Call, profileDefaults } from './profile/defaults.ts';
import type { Json } from './profile/path.ts';
import { profileOf } from './profile/target.ts';
import { fill, fillPath, type Variables } from './profile/template.ts';

/** The way to one server. */
export interface Link {
  readonly http: HttpClient;
  readonly target: Target;
  readonly context: SessionContext;
  readonly profile: ProfileDocument;
  /** Cookies of this session; kept only where the profile says so. */
  readonly jar: Jar;
  /** Resolves when the next request may start. */
  readonly pace: () => Promise<void>;
}

/** One request. */
export interface Question {
  readonly call: Call;
  /** For errors and logs: `extension/update`. */
  readonly operation: string;
  /** Fills the templates of the call. */
  readonly variables: Variables;
  /** Beside those of the call: scope and paging. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body in the server's own words; a {@link Secret} among the values is opened as it is sent. */
  readonly body?: Json;
  /** A body that is ready: a login's. */
  readonly sealed?: Secret;
  /** Takes a writer's turn; its errors say what was written. */
  readonly write?: boolean;
  /** Sent over a connection of its own and never repeated. */
  readonly once?: boolean;
  /** Address of the resource it is about; default: the target's. */
  readonly object?: string;
  /** A shorter limit than that of other calls, ms. */
  readonly timeLimitMs?: number;
}

/**
 * Opens the transport. Nothing is sent yet.
 * @throws `profile-required`, `url-invalid`, and what the transport throws
 */
export async function connect(target: Target, context: SessionContext): Promise<Link> {
  const profile = profileOf(target);
  if (profile === null) {
    const params = { target: target.address, driver: target.driver };
    throw new AltaError('profile-required', params, { address: target.address });
  }
  if (target.endpoint === null) throw new AltaError('url-invalid', { host: target.host, kind: 'none' });
  const http = await openHttp(target.endpoint, context, context.ssh);
  const pace = paceOf(profile.transport?.minIntervalMs ?? 0, context);
  return { http, target, context, profile, jar: newJar(profile.auth), pace };
}

/** What the errors of a request name. */
export function aboutOf(
  { target }: Link,
  { operation, object, write }: Pick<Question, 'operation' | 'object' | 'write'>,
): About {
  const { host, address } = target;
  return { host, target: address, operation, object: object ?? address, write: write ?? false };
}

/** @param bearer headers that carry the token */
export async function send(
  link: Link,
  question: Question,
  bearer: Readonly<Record<string, Secret>> = {},
): Promise<HttpAnswer> {
  const { call, operation, variables, write, once } = question;
  await inTime(link, question);
  const body = question.sealed ?? bodyOf(call, variables, question.body);
  const query = { ...filled(call.query, variables), ...question.query };
  const answer = await link.http.request({
    method: call.method,
    path: `${link.profile.transport?.base ?? ''}${fillPath(call.path, variables)}`,
    operation,
    timeoutMs: timeLimitOf(link, question),
    headers: { ...headersOf(link, question, body !== null), ...link.jar.headers(), ...bearer },
    ...(Object.keys(query).length === 0 ? {} : { query }),
    ...(body === null ? {} : { body }),
    ...(once === true ? { once } : {}),
    ...(write === true ? { write } : {}),
  });
  link.jar.keep(answer);
  return answer;
}

/** An abort while waiting for the next request: it has not started. */
async function inTime(link: Link, { operation, object, write }: Question): Promise<void> {
  try {
    await link.pace();
  } catch {
    const { host, address } = link.target;
    const facts = write === true ? ({ address: object ?? address, written: 'nothing' } as const) : {};
    throw new AltaError('aborted', { host, operation }, facts);
  }
}

function headersOf(link: Link, { call, variables, headers }: Question, hasBody: boolean) {
  const type = call.encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    ...lowerCase(filled(link.profile.transport?.headers, variables)),
    ...lowerCase(filled(call.headers, variables)),
    ...lowerCase(headers ?? {}),
    ...(hasBody ? { 'content-type': type } : {}),
    ...profileDefaults.headers,
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function filled(
  templates: Readonly<Record<string, string>> | undefined,
  variables: Variables,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates ?? {}).map(([name, value]) => [name, fill(value, variables)]),
  );
}

function timeLimitOf(link: Link, { write, timeLimitMs = Number.POSITIVE_INFINITY }: Question): number {
  const { transport } = link.profile;
  const declared = link.target.options.timeLimitMs;
  const usual =
    write === true
      ? (transport?.writeTimeLimitMs ?? profileDefaults.writeTimeLimitMs)
      : (transport?.timeLimitMs ?? profileDefaults.timeLimitMs);
  return Math.min(typeof declared === 'number' ? declared : usual, timeLimitMs);
}

/** Requests of one session start at least that far apart, ms, whoever asks. */
function paceOf(intervalMs: number, { clock, signal }: SessionContext): () => Promise<void> {
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.elapsed();
    const start = Math.max(now, next);
    next = start + intervalMs;
    if (start > now) await clock.sleep(start - now, signal);
  };
}
