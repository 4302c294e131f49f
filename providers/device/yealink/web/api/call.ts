import type { Secret } from '../../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../../transport/http.ts';
import { readJson } from '../../../../transport/json.ts';
import { loggedOut, misunderstood } from '../errors.ts';
import { aboutRequest, type Link, originOf, type Question, send, sendsAway } from '../link.ts';
import { isJson, isOk, type Json, refusedBy } from './answers.ts';

/** One call of the page named `page`: every call says on whose behalf it is. [field] */
export interface Call extends Question {
  /** `Login`, `StatusGeneral`, `SettingConfig` */
  readonly page: string;
  /** Sent as JSON. */
  readonly json?: unknown;
}

/** Sends one call, with the token if there is one. */
export function call(link: Link, { page, json, ...question }: Call): Promise<HttpAnswer> {
  const origin = originOf(link);
  const asJson = json === undefined ? {} : { body: JSON.stringify(json) };
  return send(link, {
    ...question,
    ...asJson,
    query: { ...question.query, p: page, t: String(link.context.clock.now()) },
    headers: {
      accept: 'application/json, text/plain, */*',
      origin,
      referer: `${origin}/`,
      ...tokenHeader(link.pass.token),
      ...(json === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' }),
      ...question.headers,
    },
  });
}

function tokenHeader(token: Secret | null): Readonly<Record<string, Secret>> {
  return token === null ? {} : { 'x-csrftoken': token };
}

/**
 * The JSON of an answer to somebody who has logged in.
 * @throws `device-logged-out`, `locked-out`, `device-busy`, `strange-answer`
 */
export function understood(answer: HttpAnswer, link: Link, question: Question): Json {
  const about = aboutRequest(link, question);
  if (answer.status === 401 || answer.status === 403) throw loggedOut(`HTTP ${answer.status}`, about);
  if (sendsAway(answer, link, question)) throw loggedOut('sent to another page', about);
  const json = jsonOf(answer);
  if (json !== null && !isOk(json) && 'ret' in json) throw refusedBy(json, about);
  if (answer.status !== 200 || json === null) throw misunderstood('no answer in JSON', answer, about);
  return json;
}

/** Null for what is no JSON object. */
export function jsonOf(answer: HttpAnswer): Json | null {
  const reading = readJson(answer);
  return reading.ok && isJson(reading.value) ? reading.value : null;
}

/** Asks for several things by name. [field] */
export async function askFor(
  link: Link,
  page: string,
  operation: string,
  idlist: readonly string[],
): Promise<Json> {
  const question: Call = { method: 'POST', path: '/api/common/info', page, operation, json: { idlist } };
  return understood(await call(link, question), link, question);
}
