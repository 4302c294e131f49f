import type { HttpAnswer } from '../../transport/http.ts';
import { readJson } from '../../transport/json.ts';
import { isJson } from './answers.ts';
import { judge, type Link, type Question, type Said, send } from './call.ts';
import { withoutNotices } from './notices.ts';

/**
 * The first question to a server: by POST, which keeps the key out of its logs. Where the answer shows that nobody read the body, the same
 * is asked by GET, and so is everything after it. [inference] A page for people may be a moment's failure: POST is tried twice then. A key
 * that was read and refused is never shown again.
 * @throws what `ask` throws
 */
export async function askFirst(link: Link, question: Question): Promise<Said> {
  const first = await send(link, question);
  const posted = isPage(first) ? await send(link, question) : first;
  if (!isUnread(posted)) return judge(posted, link, question);
  const got = await send({ ...link, manner: { ...link.manner, method: 'GET' } }, question);
  if (jsonIn(got) === undefined || isUnread(got)) return judge(posted, link, question);
  link.manner.method = 'GET';
  link.context.log('key in the query', { host: link.target.host });
  return judge(got, link, question);
}

/** A page for people, a method that is not allowed, or a complaint that key or action is missing: nobody looked at the body. */
export function isUnread(answer: HttpAnswer): boolean {
  if (answer.status === 405 || answer.status === 501 || isPage(answer)) return true;
  const body = jsonIn(answer);
  const error = isJson(body) ? body.error : undefined;
  return typeof error === 'string' && /\b(missing|required|no api ?key|no action)\b/i.test(error);
}

function isPage(answer: HttpAnswer): boolean {
  if (answer.status !== 200 || withoutNotices(answer).noticed) return false;
  const reading = readJson(answer);
  return !reading.ok && reading.facts.html;
}

/** Undefined where there is none. */
export function jsonIn(answer: HttpAnswer): unknown {
  if (answer.status !== 200) return undefined;
  const reading = readJson(withoutNotices(answer).answer);
  return reading.ok ? reading.value : undefined;
}
