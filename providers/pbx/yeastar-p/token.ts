import type { Secret } from '../../../engine/model/index.ts';
import { credentialOf } from '../../identity.ts';
import { isRefusal } from '../../transport/refusal.ts';
import { type Answer, readTokens, type Tokens } from './answers.ts';
import { aboutOf, type Link, paths, type Question, send, understand } from './call.ts';
import { loginBody, refreshBody } from './dialect.ts';
import { meaningOf, refusedBy, refusedLogin } from './errors.ts';

/** How long leaving may take in all, ms. */
export const LOGOUT_MS = 3_000;

/** A client that holds one token, and never a second one. */
export interface Login {
  /**
   * Asks with a token that lives. Where the box says that it does not, gets another one, once, for all who ask, and repeats the call:
   * with a dead token it did nothing.
   */
  ask(question: Question): Promise<Answer>;
  /** Gives the token back over `link`, as far as that is possible. Never throws. */
  leave(link: Link): Promise<void>;
}

/**
 * Tokens with the ends of their lives on our own monotonic clock, counted from before the request: what the box's clock says, and whether it
 * is right, does not matter.
 */
interface Held extends Tokens {
  readonly accessEnds: number;
  readonly refreshEnds: number;
}

/**
 * Gets a token. A refusal is final: five of them block our address. [vendor-docs]
 * @throws `wrong-credentials`, `locked-out`, `forbidden`, `target-busy` (eight tokens are in use), `credential-missing`, and what
 * {@link understand} throws
 */
export async function logIn(link: Link): Promise<Login> {
  const { clock } = link.context;
  let held = await firstTokens(link);
  let renewal: Promise<void> | undefined;

  async function getAnother(dead: Held): Promise<void> {
    try {
      held = await nextTokens(link, dead);
      renewal = undefined;
    } catch (error) {
      if (!isRefusal(error)) renewal = undefined;
      throw error;
    }
  }

  /** One renewal for all who found the same token dead. A refused one stays refused. */
  async function renew(dead: Held): Promise<void> {
    if (held !== dead) return;
    renewal ??= getAnother(dead);
    await renewal;
  }

  async function askOnce(question: Question): Promise<Answer> {
    return understand(await send(link, question, held.access), link, question);
  }

  async function askLiving(question: Question): Promise<Answer> {
    if (clock.elapsed() >= held.accessEnds) await renew(held);
    const tried = held;
    const first = await askOnce(question);
    if (!isStale(first)) return first;
    await renew(tried);
    const second = await askOnce(question);
    if (isStale(second)) throw refusedBy(second, aboutOf(link, question));
    return second;
  }

  return {
    ask: askLiving,
    leave: async (way) => {
      // A token that is still on its way must be given back too.
      await renewal?.catch(() => {});
      await leave(way, held.access);
    },
  };
}

function isStale(answer: Answer): answer is Answer & { readonly ok: false } {
  return !answer.ok && meaningOf(answer) === 'expired';
}

async function firstTokens(link: Link): Promise<Held> {
  const { target, context } = link;
  const body = loginBody(
    credentialOf('clientId', target, context),
    credentialOf('clientSecret', target, context),
  );
  const question: Question = { path: paths.token, body };
  const from = context.clock.elapsed();
  const answer = understand(await send(link, question), link, question);
  const about = aboutOf(link, question);
  if (!answer.ok) throw refusedLogin(answer, about);
  context.log('login', { host: target.host });
  return heldFrom(readTokens(answer.body, about), from);
}

/**
 * With the refresh token where it lives: credentials travel once. What the box does not renew is asked for anew [vendor-docs], unless it minds
 * our address: a login would only count as one more.
 */
async function nextTokens(link: Link, dead: Held): Promise<Held> {
  const from = link.context.clock.elapsed();
  if (dead.refresh === null || from >= dead.refreshEnds) return firstTokens(link);
  const question: Question = { path: paths.refresh, body: refreshBody(dead.refresh) };
  const answer = understand(await send(link, question), link, question);
  const about = aboutOf(link, question);
  if (answer.ok) return heldFrom(readTokens(answer.body, about), from);
  const meaning = meaningOf(answer);
  if (meaning === 'locked' || meaning === 'address') throw refusedBy(answer, about);
  return firstTokens(link);
}

function heldFrom(tokens: Tokens, from: number): Held {
  return { ...tokens, accessEnds: from + tokens.accessMs, refreshEnds: from + tokens.refreshMs };
}

/** Where the box does not hear of it, it drops the token by itself within half an hour. [vendor-docs] */
async function leave(link: Link, token: Secret): Promise<void> {
  const question: Question = { path: paths.revoke, timeLimitMs: LOGOUT_MS };
  try {
    await send(link, question, token);
  } catch {
    // Whoever leaves does not wait for an answer.
  }
}
