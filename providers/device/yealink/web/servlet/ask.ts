import type { HttpAnswer } from '../../../../transport/http.ts';
import type { About } from '../../../../transport/refusal.ts';
import { loggedOut, misunderstood } from '../errors.ts';
import { aboutRequest, type Link, type Question, send, sendsAway } from '../link.ts';
import { isLogin, textOf } from './page.ts';

/** The query that names a page: module, page, what to do with it. Older builds have no modules. [field] */
export type Page = Readonly<Record<string, string>>;

export const pages = {
  status: { m: 'mod_data', p: 'status', q: 'load' },
  config: { m: 'mod_data', p: 'settings-config', q: 'load' },
  export: { m: 'mod_configfile', q: 'exportcfgconfig', type: 'all' },
  import: { m: 'mod_res', p: 'upload', type: 'localcfg' },
  logout: { m: 'mod_listener', p: 'login', q: 'logout' },
} as const satisfies Record<string, Page>;

export function servlet(operation: string, page: Page): Question {
  return { path: '/servlet', query: page, operation };
}

/**
 * Opens a page for whoever is logged in; where the phone has no such page, the same without its module.
 * @throws `device-logged-out`
 */
export async function open(link: Link, operation: string, page: Page): Promise<HttpAnswer> {
  const question = servlet(operation, page);
  const answer = await askAsUser(link, question);
  const { m: _module, ...plain } = page;
  if (answer.status !== 404 || !('p' in plain)) return answer;
  return askAsUser(link, servlet(operation, plain));
}

/** @throws `device-logged-out` where the status or the redirection says so */
export async function askAsUser(link: Link, question: Question): Promise<HttpAnswer> {
  const answer = await send(link, question);
  const about = aboutRequest(link, question);
  if (answer.status === 401 || answer.status === 403) throw loggedOut(`HTTP ${answer.status}`, about);
  if (sendsAway(answer, link, question)) throw loggedOut('sent to another page', about);
  return answer;
}

/** The error of a page without what was expected on it. */
export function lacking(why: string, answer: HttpAnswer, about: About): Error {
  return isLogin(textOf(answer)) ? loggedOut('the login form', about) : misunderstood(why, answer, about);
}

/** `https://192.0.2.10/servlet?m=mod_data&p=settings-config&q=load` */
export function addressOf(link: Link, page: Page): string {
  return `${link.target.endpoint?.url ?? ''}/servlet?${new URLSearchParams(page)}`;
}
