import { AltaError, type Secret } from '../../../engine/model/index.ts';
import { credentialOf } from '../../identity.ts';
import { isRefusal } from '../../transport/refusal.ts';
import { type Answer, type Device, readToken } from './answers.ts';
import { type Api, candidates, hasSecond, paths } from './api.ts';
import { aboutCall, type Link, type Question, send, understand } from './call.ts';
import { loginBody } from './dialect.ts';
import { errno, refusedBy, staleToken } from './errors.ts';

/** A token dies after 30 minutes without a request [vendor-docs]; field clients log in anew at 25. */
const IDLE_MS = 25 * 60_000;

/** How long leaving may take in all, ms: nobody waits for its answer. */
export const LOGOUT_MS = 3_000;

/** A logout that the box did not hear is said once more: how many tokens it bears is unknown. */
const LOGOUTS = 2;

/** A user who is logged in. */
export interface Login {
  readonly api: Api;
  /** Why a newer version of the API was taken for absent, where it was. {@link refuseOlder} judges it. */
  readonly fallback: AltaError | null;
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
  const { api, token, fallback } = await enter(link);
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
    if (isStale(second)) throw refusedBy(second.errno, aboutCall(link, question));
    return second;
  }

  return { api, fallback, ask: askLiving, leave: (way) => leave(way, api, held) };
}

function isStale(answer: Answer): answer is Answer & { readonly ok: false } {
  return !answer.ok && staleToken.includes(answer.errno);
}

async function enter(link: Link): Promise<Pick<Login, 'api' | 'fallback'> & { readonly token: Secret }> {
  const [api, older] = candidates(link.target.options.api);
  const found = await attempt(link, api);
  if ('token' in found || older === undefined) return { api, token: tokenOf(found), fallback: null };
  return { api: older, token: tokenOf(await attempt(link, older)), fallback: found.absent };
}

/**
 * Stops where the older API was taken although the firmware has the newer one: a login whose answer was spoilt on its way must
 * not turn creating and deleting into a person's work.
 * @throws what the login with the newer version came to
 */
export function refuseOlder({ fallback }: Login, { firmware }: Device): void {
  if (fallback !== null && hasSecond(firmware)) throw fallback;
}

async function attempt(link: Link, api: Api): Promise<Attempt> {
  const { target, context } = link;
  const part = (name: string) => credentialOf(name, target, context);
  const body = loginBody(part('username'), part('password'));
  const question: Question = { path: paths.login, body };
  const about = aboutCall(link, question);
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

async function leave(link: Link, api: Api, token: Secret): Promise<void> {
  for (let left = LOGOUTS; left > 0; left -= 1) {
    if (await isOut(link, api, token)) return;
  }
}

/** Whether the token is dead. Where that is not known, the box drops it by itself within half an hour. */
async function isOut(link: Link, api: Api, token: Secret): Promise<boolean> {
  const question: Question = { path: paths.logout, timeLimitMs: LOGOUT_MS / LOGOUTS };
  try {
    const answer = understand(await send(link, api, question, token), link, question);
    return answer.ok || isStale(answer);
  } catch {
    return false;
  }
}
