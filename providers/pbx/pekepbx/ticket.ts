import { type AltaError, Secret } from '../../../engine/model/index.ts';
import type {
  ProfileDocument,
  ProfileName,
  ProfileRenewal,
  ProfileScope,
} from '../../../engine/model/profile.ts';
import { credentialOf } from '../../identity.ts';
import type { HttpAnswer } from '../../transport/http.ts';
import { parseJson, readJson } from '../../transport/json.ts';
import { refuseRedirect } from '../../transport/redirect.ts';
import { type About, failure, refusedByStatus, strange } from '../../transport/refusal.ts';
import { mismatch, textCode, understand } from './answers.ts';
import { bearerOf, loginBody } from './dialect.ts';
import { aboutOf, type Link, type Question, send } from './link.ts';
import { isSame } from './profile/codec.ts';
import { callOf, profileDefaults } from './profile/defaults.ts';
import { isScalar, typeOf, valueAt } from './profile/path.ts';
import { declaredVariables } from './profile/target.ts';
import type { Variables } from './profile/template.ts';

/** What a login gives. */
export interface Ticket {
  /** Null = the session lives in cookies. */
  readonly token: Secret | null;
  /** When it is replaced, on the monotonic clock, ms. */
  readonly until: number;
  readonly version: string | null;
}

/** A token is replaced that much before it dies, ms, or at half its life where that is later. */
const MARGIN_MS = 60_000;

/** Statuses by which servers of this kind refuse a user or password. [inference] */
const REFUSALS = [400, 401, 403, 422];

/** @throws `wrong-credentials`, `locked-out`, `second-factor-wanted`, `credential-missing`, and what the transport throws */
export async function attempt(link: Link): Promise<Ticket> {
  const { auth } = link.profile;
  const { target, context } = link;
  const credentials = {
    username: credentialOf('username', target, context),
    password: credentialOf('password', target, context),
  };
  const variables = declaredVariables(target);
  const question: Question = {
    call: callOf(auth.login, 'POST'),
    operation: 'auth/login',
    variables,
    sealed: loginBody(auth.login, credentials, variables),
    once: true,
  };
  const start = context.clock.elapsed();
  const answer = await send(link, question);
  const body = admitted(answer, link, question);
  context.log('login', { host: target.host });
  return ticketFrom(body, start, link, question);
}

/** The body of a login that succeeded. */
function admitted(answer: HttpAnswer, link: Link, question: Question): unknown {
  const about = aboutOf(link, question);
  refuseRedirect(answer, about);
  const reading = readJson(answer);
  const said = reading.ok ? reading.value : undefined;
  if (wantsSecond(link.profile, said)) throw failure('second-factor-wanted', 'login', about, 'nothing');
  if (question.call.success.includes(answer.status)) {
    const body = parseJson(answer, about);
    if (isFailed(link.profile, body)) throw refusedLogin(body, answer.status, link, about);
    return body;
  }
  if (reading.ok && REFUSALS.includes(answer.status)) throw refusedLogin(said, answer.status, link, about);
  if (answer.status === 401) throw refusedLogin(undefined, 401, link, about);
  const spoken = reading.ok ? textCode(link.profile, said) : null;
  if (spoken === 'locked-out') throw failure(spoken, `HTTP ${answer.status}`, about, 'nothing');
  throw refusedByStatus(answer, about, link.context.clock.now());
}

/** Whatever the words are: it was refused, and the next try could be the one that bans the address. */
function refusedLogin(body: unknown, status: number, { profile }: Link, about: About): AltaError {
  const code = textCode(profile, body) === 'locked-out' ? 'locked-out' : 'wrong-credentials';
  return failure(code, `HTTP ${status}`, about, 'nothing');
}

function isFailed({ errors }: ProfileDocument, body: unknown): boolean {
  if (errors?.failed === undefined) return false;
  const said = valueAt(body, errors.failed.path);
  return said !== undefined && errors.failed.values.some((value) => isSame(value, said));
}

function wantsSecond({ auth }: ProfileDocument, body: unknown): boolean {
  if (auth.secondFactor === undefined) return false;
  const { path, values } = auth.secondFactor;
  const said = valueAt(body, path);
  if (values !== undefined) return said !== undefined && values.some((value) => isSame(value, said));
  return said !== undefined && said !== null && said !== false && said !== 0 && said !== '';
}

/**
 * Token, life and version in the answer to a login or a refresh.
 * @param start when it was asked for, on the monotonic clock, ms
 * @param renewed where the answer to a refresh holds them, if elsewhere
 */
export function ticketFrom(
  body: unknown,
  start: number,
  link: Link,
  question: Question,
  renewed: ProfileRenewal = {},
): Ticket {
  const { auth, guard } = link.profile;
  const about = aboutOf(link, question);
  const version = guard?.version?.from === 'login' ? valueAt(body, guard.version.path) : undefined;
  const life = lifeOf(body, renewed.expires ?? auth.expires, link.profile);
  const place = renewed.token === undefined ? 'auth.token' : 'auth.renewed.token';
  const { path = null } = renewed.token ?? auth.token ?? {};
  return {
    token: path === null ? null : tokenAt(body, path, place, link, about),
    until: start + life - Math.min(MARGIN_MS, life / 2),
    version: isScalar(version) ? String(version) : null,
  };
}

function tokenAt(body: unknown, path: string, place: string, link: Link, about: About): Secret {
  const token = valueAt(body, path);
  if (typeof token !== 'string' || token === '')
    throw mismatch(link, place, `${path}: ${typeOf(token)}`, about);
  if (!/^[\x21-\x7e]{1,8192}$/.test(token)) throw strange('a token that is no token', about);
  return new Secret(token);
}

/** How long a token lives, ms: counted here, so that a clock that is wrong on either side does not matter. */
function lifeOf(body: unknown, expires: ProfileName | undefined, { auth }: ProfileDocument): number {
  const told = expires === undefined ? undefined : Number(valueAt(body, expires.path));
  const usual = auth.lifetimeSeconds ?? profileDefaults.lifetimeSeconds;
  const seconds = told !== undefined && Number.isFinite(told) && told > 0 ? told : usual;
  return seconds * 1_000;
}

/** The scope that is a call of its own; undefined where the profile has none. */
export function switchOf({ tenant }: ProfileDocument): ProfileScope | undefined {
  return tenant.scopes.find(({ by }) => by === 'switch-call');
}

/** The same ticket, good for one company: some servers give a token of its own for it. */
export async function switched(link: Link, ticket: Ticket, company: Variables): Promise<Ticket> {
  const scope = switchOf(link.profile);
  if (scope?.call === undefined) return ticket;
  const question: Question = {
    call: callOf(scope.call, 'POST'),
    operation: 'company/switch',
    variables: company,
    once: true,
  };
  const raw = await send(link, question, bearerOf(link.profile.auth.header, ticket.token));
  const place = `tenant.scopes.${link.profile.tenant.scopes.indexOf(scope)}`;
  const about = aboutOf(link, question);
  // Whoever asks for something else in that company must not take this for its absence.
  if (raw.status === 404) throw mismatch(link, place, `${question.call.path}: HTTP 404`, about);
  // An empty answer says all that a switch must say.
  const { body } = understand(raw, link, { ...question, write: true });
  if (scope.token === undefined) return ticket;
  return { ...ticket, token: tokenAt(body, scope.token.path, `${place}.token`, link, about) };
}
