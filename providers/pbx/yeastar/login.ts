import { AltaError, type Secret } from '../../../engine/model/index.ts';
import { type Answer, readToken } from './answers.ts';
import { type Api, candidates, paths } from './api.ts';
import { aboutOf, type Link, type Question, send, understand } from './call.ts';
import { loginBody } from './dialect.ts';
import { errno, refusedBy, staleToken } from './errors.ts';

/** A token dies after 30 minutes without a request [vendor-docs]; field clients log in anew at 25. */
const IDLE_MS = 25 * 60_000;

/** How long a logout may take, ms: nobody waits for its answer. */
export const LOGOUT_MS = 3_000;

/** A user who is logged in. */
export interface Login {
  readonly api: Api;
  /**
   * Asks with a token that lives. Where the box says that it does not, logs in again, once, and repeats the call: with a
   * dead token it did nothing.
   */
  ask(question: Question): Promise<Answer>;
  /** Gives the token back over `link`, as far as that is possible. Never throws. */
  leave(link: Link): Promise<void>;
}

/** What came of trying one version of the API: a token, or the proof that the box does not have it. */
type Attempt = { readonly token: Secret } | { readonly absent: AltaError };

/**
 * Logs in with the first version of the API that the box has. A refusal is final and tried on no other version: five of
 * them lock the address out. [vendor-docs]
 * @throws `wrong-credentials`, `locked-out`, `credential-missing`, and what {@link understand} throws
 */
export async function logIn(link: Link): Promise<Login> {
  const { clock } = link.context;
  const { api, token } = await enter(link);
  let held = token;
  let usedAt = clock.elapsed();
  let renewal: Promise<void> | undefined;

  async function logInAgain(): Promise<void> {
    try {
      held = tokenOf(await attempt(link, api));
      usedAt = clock.elapsed();
      renewal = undefined;
    } catch (error) {
      if (!isRefusal(error)) renewal = undefined;
      throw error;
    }
  }

  /** One login for all who found the same token dead. A refused one stays refused. */
  async function renew(dead: Secret): Promise<void> {
    if (held !== dead) return;
    renewal ??= logInAgain();
    await renewal;
  }

  async function askOnce(question: Question): Promise<Answer> {
    const answer = understand(await send(link, api, question, held), link, question);
    usedAt = clock.elapsed();
    return answer;
  }

  async function askLiving(question: Question): Promise<Answer> {
    if (clock.elapsed() - usedAt > IDLE_MS) await renew(held);
    const tried = held;
    const first = await askOnce(question);
    if (!isStale(first)) return first;
    await renew(tried);
    const second = await askOnce(question);
    if (isStale(second)) throw refusedBy(second.errno, aboutOf(link, question));
    return second;
  }

  return { api, ask: askLiving, leave: (way) => leave(way, api, held) };
}

function isStale(answer: Answer): answer is Answer & { readonly ok: false } {
  return !answer.ok && staleToken.includes(answer.errno);
}

async function enter(link: Link): Promise<{ readonly api: Api; readonly token: Secret }> {
  const [api, older] = candidates(link.target.options.api);
  const found = await attempt(link, api);
  if ('token' in found || older === undefined) return { api, token: tokenOf(found) };
  return { api: older, token: tokenOf(await attempt(link, older)) };
}

async function attempt(link: Link, api: Api): Promise<Attempt> {
  const body = loginBody(part(link, 'username'), part(link, 'password'));
  const question: Question = { path: paths.login, body };
  const about = aboutOf(link, question);
  const raw = await send(link, api, question);
  const answer = absenceOr(() => understand(raw, link, question), raw.status);
  if (answer instanceof AltaError) return { absent: answer };
  if (answer.ok) {
    link.context.log('login', { host: link.target.host, api: api.version });
    return { token: readToken(answer.body, about) };
  }
  const refused = refusedBy(answer.errno, about);
  if (answer.errno === errno.unsupportedRequest) return { absent: refused };
  throw refused;
}

/** An answer that is not understood, or no such page, proves that this version is not there; other errors are errors. */
function absenceOr(read: () => Answer, status: number): Answer | AltaError {
  try {
    return read();
  } catch (error) {
    const absent = error instanceof AltaError && error.code === 'strange-answer';
    if (absent && (status === 200 || status === 404)) return error;
    throw error;
  }
}

function tokenOf(found: Attempt): Secret {
  if ('token' in found) return found.token;
  throw found.absent;
}

/** @throws `credential-missing` */
function part({ target, context }: Link, name: string): Secret {
  const secret = context.credentials[name];
  if (secret !== undefined) return secret;
  throw new AltaError('credential-missing', { host: target.host, target: target.address, part: name });
}

function isRefusal(error: unknown): boolean {
  return error instanceof AltaError && ['wrong-credentials', 'locked-out'].includes(error.code);
}

async function leave(link: Link, api: Api, token: Secret): Promise<void> {
  try {
    await send(link, api, { path: paths.logout, timeLimitMs: LOGOUT_MS }, token);
  } catch {
    // The box drops an unused token by itself within half an hour.
  }
}
