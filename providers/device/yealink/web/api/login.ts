import type { KeyObject } from 'node:crypto';
import { Secret } from '../../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../../transport/http.ts';
import { type About, failure, strange } from '../../../../transport/refusal.ts';
import { type Login, publicKeyOf, rsaLogin } from '../dialect.ts';
import { misunderstood, wordOf } from '../errors.ts';
import { aboutRequest, type Link } from '../link.ts';
import { wipe } from '../pass.ts';
import { isOk, obstacle, refusalIn, textIn } from './answers.ts';
import { askFor, type Call, call, jsonOf } from './call.ts';

/** Marks a password as sealed. [field] */
const SEALED = '__WUI_ENC__:';

const keyNames = ['wui.common.rsaN', 'wui.common.rsaE'] as const;

/** What came of asking for the key of the login. */
export type KeySighting = { readonly found: KeyObject } | { readonly instead: HttpAnswer };

/**
 * Asks for the key of the login, which needs no login. [field]
 * @throws `locked-out`, `device-busy`, or `strange-answer` where this interface answers, and without a key
 */
export async function findKey(link: Link): Promise<KeySighting> {
  const question: Call = {
    method: 'POST',
    path: '/api/common/info',
    page: 'Login',
    operation: 'login/key',
    json: { idlist: keyNames },
  };
  const answer = await call(link, question);
  const json = answer.status === 200 ? jsonOf(answer) : null;
  if (json === null) return { instead: answer };
  const [n, e] = [textIn(json, keyNames[0], 'rsaN'), textIn(json, keyNames[1], 'rsaE')];
  const key = publicKeyOf(n, e);
  if (key !== null) return { found: key };
  if (!('ret' in json)) return { instead: answer };
  const about = aboutRequest(link, question);
  throw obstacle(refusalIn(json), about) ?? misunderstood('no key for the login', answer, about);
}

/**
 * Logs in, and fetches the token that every later call carries. [field]
 * @throws `wrong-credentials`, `locked-out`, `device-busy`, `forbidden`, `strange-answer`
 */
export async function enter(link: Link, login: Login): Promise<void> {
  wipe(link.pass);
  const question: Call = { method: 'POST', path: '/api/auth/login', page: 'Login', operation: 'login' };
  const about = aboutRequest(link, question);
  const sighting = await findKey(link);
  if (!('found' in sighting)) throw misunderstood('no key for the login', sighting.instead, about);
  const body = rsaLogin(login, sighting.found, SEALED);
  if (body === null) throw strange('a key too short for this password', about);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  judge(await call(link, { ...question, headers, body, once: true }), about);
  await fetchToken(link);
}

function judge(answer: HttpAnswer, about: About): void {
  const json = jsonOf(answer);
  if (json !== null && isOk(json) && json.data !== false) return;
  if (json === null) throw refusedLogin(answer, about);
  const refusal = refusalIn(json);
  const stopped = obstacle(refusal, about);
  if (stopped !== null) throw stopped;
  if (refusal.webStatus === '403') throw failure('forbidden', 'webStatus 403', about, 'nothing');
  if (refusal.webStatus === '503') throw failure('target-busy', 'webStatus 503', about, 'nothing');
  // The phone's own page shows every other refusal as a wrong user or password. [field]
  if ('ret' in json) throw failure('wrong-credentials', wordOf(refusal.word), about, 'nothing');
  throw misunderstood('no verdict', answer, about);
}

function refusedLogin(answer: HttpAnswer, about: About): Error {
  if (answer.status === 401) return failure('wrong-credentials', 'HTTP 401', about, 'nothing');
  if (answer.status === 403) return failure('forbidden', 'HTTP 403', about, 'nothing');
  return misunderstood('no answer in JSON', answer, about);
}

/** In the answer to `wui`; some builds give it as a cookie too. [field] */
async function fetchToken(link: Link): Promise<void> {
  const json = await askFor(link, 'Login', 'login/token', ['wui']);
  const text = textIn(json, 'wui.common.token', 'token');
  const token = text === '' ? link.pass.cookies.get('csrftoken') : new Secret(text);
  if (token === undefined)
    throw strange('no token', aboutRequest(link, { path: '/api/common/info', operation: 'login/token' }));
  link.pass.token = token;
}

/** [field] */
export async function leave(link: Link, timeLimitMs: number): Promise<boolean> {
  const answer = await call(link, {
    method: 'POST',
    path: '/api/auth/logout',
    page: 'Status',
    operation: 'logout',
    json: {},
    timeLimitMs,
  });
  return answer.status < 400 && jsonOf(answer) !== null;
}
