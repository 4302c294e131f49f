import { Secret } from '../../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../../transport/http.ts';
import { type About, failure, strange } from '../../../../transport/refusal.ts';
import { aesLogin, type Login, rsaLogin, sealedLogin } from '../dialect.ts';
import { misunderstood, wordOf } from '../errors.ts';
import { aboutRequest, type Link, pointsHome, type Question, send } from '../link.ts';
import { wipe } from '../pass.ts';
import { type Page, servlet } from './ask.ts';
import { findForm, findOffer } from './form.ts';
import { resultOf, textOf } from './page.ts';

/** Names the session in every request, and within the sealed password. [field] */
const sessionCookie = 'JSESSIONID';

/**
 * Logs in through the form that shows an RSA key. `b1` seals the password with AES, `b2` with RSA alone. [field]
 * @throws `wrong-credentials`, `locked-out`, `device-busy`, `forbidden`, `strange-answer`
 */
export async function enterForm(link: Link, web: 'b1' | 'b2', login: Login): Promise<void> {
  wipe(link.pass);
  const sighting = await findForm(link);
  const question = (sendTo: Page) => servlet('login', sendTo);
  if (!('found' in sighting)) throw strange('no login form', aboutRequest(link, question({})));
  const { key, sendTo } = sighting.found;
  const about = aboutRequest(link, question(sendTo));
  const session = link.pass.cookies.get(sessionCookie);
  if (web === 'b1' && session === undefined) throw strange('no session cookie', about);
  link.pass.key = key;
  const body = session !== undefined && web === 'b1' ? aesLogin(login, session, key) : rsaLogin(login, key);
  const answer = await post(link, question(sendTo), body);
  judge(answer, about);
}

/**
 * Logs in where the whole login is sealed: success sends to another page, anything else is a refusal. [field]
 * @throws what {@link enterForm} throws
 */
export async function enterSealed(link: Link, login: Login): Promise<void> {
  wipe(link.pass);
  const question = servlet('login', { p: 'login', q: 'login' });
  const about = aboutRequest(link, question);
  const sighting = await findOffer(link);
  if (!('found' in sighting)) throw strange('no session offered', about);
  const { key, session: offered } = sighting.found;
  const session = link.pass.cookies.get(sessionCookie) ?? new Secret(offered);
  link.pass.cookies.set(sessionCookie, session);
  link.pass.key = key;
  const answer = await post(link, question, sealedLogin(login, session, key));
  if (pointsHome(answer, link) && !/loginForm/.test(answer.headers.location ?? '')) return;
  if (answer.status === 200 && resultOf(textOf(answer)) !== undefined) return judge(answer, about);
  if (answer.status === 200 || pointsHome(answer, link))
    throw failure('wrong-credentials', `HTTP ${answer.status}`, about, 'nothing');
  throw refusedLogin(answer, about);
}

async function post(link: Link, question: Question, body: Secret | null): Promise<HttpAnswer> {
  if (body === null) throw strange('a key too short for this password', aboutRequest(link, question));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send(link, { ...question, method: 'POST', headers, body, once: true });
}

/** `authstatus`: `done`, `none`, `lock`. [field] `busy` is an [inference]. */
function judge(answer: HttpAnswer, about: About): void {
  const result = resultOf(textOf(answer));
  if (answer.status !== 200 || typeof result !== 'object' || result === null)
    throw refusedLogin(answer, about);
  const said = { ...result } as Readonly<Record<string, unknown>>;
  const word = wordOf(said.authstatus);
  if (word === 'done') return;
  if (word === 'none') throw failure('wrong-credentials', 'authstatus none', about, 'nothing');
  if (word === 'lock') throw failure('locked-out', lockWords(said), about, 'nothing');
  if (/busy/i.test(word)) throw failure('device-busy', word, about, 'nothing');
  throw strange(`authstatus ${word}`, about);
}

/** What the phone adds to the lock, word for word: its unit is not known. */
function lockWords(said: Readonly<Record<string, unknown>>): string {
  const time = Object.entries(said).find(([name]) => /time|minute/i.test(name));
  return time === undefined ? 'authstatus lock' : `authstatus lock, ${wordOf(time[0])} ${wordOf(time[1])}`;
}

function refusedLogin(answer: HttpAnswer, about: About): Error {
  const { status } = answer;
  if (status === 401) return failure('wrong-credentials', 'HTTP 401', about, 'nothing');
  if (status === 403) return failure('forbidden', 'HTTP 403', about, 'nothing');
  return misunderstood('no result', answer, about);
}
