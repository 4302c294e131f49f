import { AltaError, type Code, type Secret } from '../../../engine/model/index.ts';
import type { Answer } from './answers.ts';
import { understand } from './answers.ts';
import { bearerOf } from './dialect.ts';
import { type Link, type Question, send } from './link.ts';
import { callOf } from './profile/defaults.ts';
import { marksAt } from './profile/marks.ts';
import { declaredVariables } from './profile/target.ts';
import type { Variables } from './profile/template.ts';
import { attempt, switched, switchOf, type Ticket, ticketFrom } from './ticket.ts';

/** How long leaving may take in all, ms: nobody waits for its answer. */
export const LOGOUT_MS = 3_000;

/** A user who is logged in. */
export interface Login {
  /** Asks with a token that lives: an old one is replaced first, once for all who wait; so is one that the server refuses. */
  ask(question: Question): Promise<Answer>;
  /** From now on all calls are about one company, after a new login too. Asks nothing where the profile has no such call. */
  enter(company: Variables): Promise<void>;
  /** What the login said of the server's version; null where the profile does not look for it there. */
  version(): string | null;
  /** The call that gives a new token for one that lives, for the probe. @throws what the server answers */
  refresh(): Promise<void>;
  /** Gives the token back over `link`, as far as that is possible. Never throws. */
  leave(link: Link): Promise<void>;
}

/** Why a token is replaced: its time is nearly over, or the server does not know it any more. */
type Reason = 'old' | 'refused';

/**
 * Logs in once. A refusal is final: failed logins end in a ban. [vendor-docs]
 * @throws `wrong-credentials`, `locked-out`, `second-factor-wanted`, `credential-missing`, and what `understand` throws
 */
export async function logIn(link: Link): Promise<Login> {
  const { clock } = link.context;
  const tokens = newTokens();
  let held = tokens.keep(await attempt(link));
  let company: Variables | null = null;
  let renewal: Promise<void> | undefined;

  const inCompany = async (ticket: Ticket): Promise<Ticket> =>
    company === null ? ticket : tokens.keep(await switched(link, ticket, company));

  async function replace(reason: Reason): Promise<void> {
    try {
      const next = reason === 'old' ? await refreshedOrNot(link, held) : null;
      if (next !== null && !staysAlive(link)) tokens.drop(held);
      else await tokens.giveBack(link);
      held = await inCompany(tokens.keep(next ?? (await attempt(link))));
      renewal = undefined;
    } catch (error) {
      if (!isRefusal(error)) renewal = undefined;
      throw error;
    }
  }

  /** One new token for all who found the same one dead. A refused login stays refused. */
  async function renew(dead: Ticket, reason: Reason): Promise<void> {
    if (held !== dead) return;
    renewal ??= replace(reason);
    await renewal;
  }

  const sendWith = ({ token }: Ticket, question: Question) =>
    send(link, question, bearerOf(link.profile.auth.header, token));

  return {
    ask: async (question) => {
      if (clock.elapsed() >= held.until) await before(question, link, renew(held, 'old'));
      const tried = held;
      const first = await sendWith(tried, question);
      if (first.status !== 401) return understand(first, link, question);
      await before(question, link, renew(tried, 'refused'));
      return understand(await sendWith(held, question), link, question);
    },
    enter: async (entered) => {
      if (switchOf(link.profile) === undefined || company !== null) return;
      held = tokens.keep(await switched(link, held, entered));
      company = entered;
    },
    version: () => held.version,
    refresh: async () => {
      const next = await refreshed(link, held);
      if (!staysAlive(link)) tokens.drop(held);
      else await tokens.giveBack(link);
      held = await inCompany(tokens.keep(next));
    },
    leave: async (way) => {
      // A token that is still on its way must be given back too.
      await renewal?.catch(() => {});
      await tokens.giveBack(way);
    },
  };
}

/** Every token that was got and may still live: a renewal or a switch that fails half-way leaves none behind. */
function newTokens() {
  const alive = new Set<Ticket['token']>();
  return {
    keep: (ticket: Ticket): Ticket => {
      alive.add(ticket.token);
      return ticket;
    },
    /** The server has ended it. */
    drop: ({ token }: Ticket): void => {
      alive.delete(token);
    },
    /** The newest first. */
    giveBack: async (way: Link): Promise<void> => {
      const all = [...alive].reverse();
      alive.clear();
      for (const token of all) await leave(way, token);
    },
  };
}

/** What goes wrong before a write is sent has written nothing. */
async function before(question: Question, { target }: Link, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (question.write !== true || !(error instanceof AltaError)) throw error;
    const address = question.object ?? target.address;
    throw new AltaError(error.code, error.params, { address, ...error.facts, written: 'nothing' });
  }
}

/** Whether a token lives on after a new one was given for it: nobody would end that session. */
function staysAlive({ profile }: Link): boolean {
  return profile.auth.renewed?.before === 'alive';
}

/** What a server may say to a renewal instead of a token: whatever it means, a login tells. A lock is no such answer: it ends the run. */
const answers: ReadonlySet<Code> = new Set([
  'forbidden',
  'not-found',
  'value-refused',
  'field-refused',
  'already-exists',
  'limit-reached',
  'redirected',
  'strange-answer',
  'profile-outdated',
  'profile-guess-wrong',
]);

/** A call whose answer nobody has confirmed is not relied on; nor is one that fails: then a login does it. */
async function refreshedOrNot(link: Link, held: Ticket): Promise<Ticket | null> {
  const doubtful = marksAt(link.profile, ['auth.refresh', 'auth.renewed']).length > 0;
  if (link.profile.auth.refresh === undefined || doubtful) return null;
  try {
    return await refreshed(link, held);
  } catch (error) {
    if (error instanceof AltaError && answers.has(error.code)) return null;
    throw error;
  }
}

async function refreshed(link: Link, held: Ticket): Promise<Ticket> {
  const { auth } = link.profile;
  if (auth.refresh === undefined) return held;
  const question: Question = {
    call: callOf(auth.refresh, 'GET'),
    operation: 'auth/refresh',
    variables: declaredVariables(link.target),
    once: true,
  };
  const start = link.context.clock.elapsed();
  const answer = understand(await send(link, question, bearerOf(auth.header, held.token)), link, question);
  return ticketFrom(answer.body, start, link, question, auth.renewed);
}

function isRefusal(error: unknown): boolean {
  const final = ['wrong-credentials', 'locked-out', 'second-factor-wanted'];
  return error instanceof AltaError && final.includes(error.code);
}

async function leave(link: Link, token: Secret | null): Promise<void> {
  const { auth } = link.profile;
  if (auth.logout === undefined) return;
  const question: Question = {
    call: callOf(auth.logout, 'GET'),
    operation: 'auth/logout',
    variables: declaredVariables(link.target),
    timeLimitMs: LOGOUT_MS,
  };
  try {
    await send(link, question, bearerOf(auth.header, token));
  } catch {
    // The token dies by itself.
  }
}
