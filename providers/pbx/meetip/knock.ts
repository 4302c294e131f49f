import type { Target } from '../../../engine/model/index.ts';
import type { Doorstep, SessionContext } from '../../contract.ts';
import type { HttpAnswer } from '../../transport/http.ts';
import { actions } from './actions.ts';
import { isJson } from './answers.ts';
import { type Link, send } from './call.ts';
import { isUnread, jsonIn } from './manner.ts';
import { connect } from './session.ts';

const question = { action: actions.license };

/**
 * Asks without a key, so that nothing counts as a failed login: where the API is on it complains in JSON. [vendor-docs] By GET too, where
 * POST is answered with a page for people.
 */
export async function knock(target: Target, context: SessionContext): Promise<Doorstep> {
  const link = await connect(target, context, null);
  try {
    const posted = await send(link, question);
    if (isJson(jsonIn(posted)) || !isUnread(posted)) return doorstepOf(posted, link);
    return doorstepOf(await send({ ...link, manner: { ...link.manner, method: 'GET' } }, question), link);
  } finally {
    await link.http.close();
  }
}

/** Statuses and kinds of content only. */
function doorstepOf(answer: HttpAnswer, { manner }: Link): Doorstep {
  const { status } = answer;
  const body = jsonIn(answer);
  const how = `${manner.method} without a key: HTTP ${status}`;
  if (isJson(body)) {
    const evidence =
      typeof body.error === 'string' ? `${how}, an error in JSON` : `${how}, JSON without an error`;
    return { api: 'on', evidence };
  }
  if (status === 404 || status === 405 || status === 200) return { api: 'off', evidence: `${how}, no JSON` };
  return { api: 'unknown', evidence: how };
}
