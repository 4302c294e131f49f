import type { KeyObject } from 'node:crypto';
import type { HttpAnswer } from '../../../../transport/http.ts';
import { failure } from '../../../../transport/refusal.ts';
import { publicKeyOf } from '../dialect.ts';
import { aboutRequest, type Link, send } from '../link.ts';
import { type Page, servlet } from './ask.ts';
import { textOf, variable } from './page.ts';

/** A login form that shows a key, and where it is sent. */
export interface LoginForm {
  readonly page: string;
  readonly key: KeyObject;
  readonly sendTo: Page;
}

/** The addresses of the form, with module and without, and where each is sent. [field] */
const forms: readonly { readonly form: Page; readonly sendTo: Page }[] = [
  {
    form: { m: 'mod_listener', p: 'login', q: 'loginForm' },
    sendTo: { m: 'mod_listener', p: 'login', q: 'login' },
  },
  { form: { p: 'login', q: 'loginForm', jumpto: 'status' }, sendTo: { p: 'login', q: 'login' } },
];

/** What came of looking: the thing, or what the addresses answered instead. */
export type Sighting<T> = { readonly found: T } | { readonly instead: readonly HttpAnswer[] };

/** The first of the addresses that shows a login form with an RSA key. @throws `locked-out` */
export async function findForm(link: Link): Promise<Sighting<LoginForm>> {
  const instead: HttpAnswer[] = [];
  for (const { form, sendTo } of forms) {
    const answer = await send(link, servlet('login/form', form));
    const page = textOf(answer);
    const key = answer.status === 200 ? keyOn(page) : null;
    if (key !== null) return { found: { page, key, sendTo } };
    refuseLocked(page, link);
    instead.push(answer);
  }
  return { instead };
}

/** After too many wrong passwords some builds show no form, and how long to wait. [field; in English only] */
function refuseLocked(page: string, link: Link): void {
  const minutes = /\bnot authorized\b[^<]{0,80}?\b(\d{1,4}) minutes?\b/i.exec(page)?.[1];
  if (minutes === undefined) return;
  throw failure(
    'locked-out',
    `locked for ${minutes} min`,
    aboutRequest(link, servlet('login/form', {})),
    'nothing',
  );
}

/** The RSA key in a page's variables. Null where there is none, or none that is usable. [field] */
export function keyOn(page: string): KeyObject | null {
  return publicKeyOf(variable(page, 'g_rsa_n'), variable(page, 'g_rsa_e'));
}

/** What the oldest servlet hands out before its login. */
export interface SessionOffer {
  readonly key: KeyObject;
  readonly session: string;
}

/** `getsessionid`: "n,e,session". [field] */
export async function findOffer(link: Link): Promise<Sighting<SessionOffer>> {
  const answer = await send(link, servlet('login/getsessionid', { p: 'login', q: 'getsessionid' }));
  const text = answer.status === 200 ? textOf(answer).trim() : '';
  const [, n = '', e = '', session = ''] = /^([0-9a-f]+),([0-9a-f]+),([\w-]{1,128})$/i.exec(text) ?? [];
  const key = publicKeyOf(n, e);
  return key === null ? { instead: [answer] } : { found: { key, session } };
}
