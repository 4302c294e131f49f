import { AltaError } from '../../../../engine/model/index.ts';
import { farewell } from '../../../transport/goodbye.ts';
import { openHttp } from '../../../transport/http.ts';
import { refuseRedirect } from '../../../transport/redirect.ts';
import { refusedByStatus } from '../../../transport/refusal.ts';
import { type Json, textOf } from '../answers.ts';
import { pause } from '../call.ts';
import { objectIn, type SecondApi, type SecondQuestion, send2 } from './api.ts';

interface Placed {
  readonly answered: 'yes' | 'no' | 'unknown';
  readonly evidence: string;
}

/** Looks at a call, and the time between them, ms. */
const LOOKS = 10;
const PAUSE_MS = 2_000;

/** How long hanging up after an abort may take, ms. */
const GOODBYE_MS = 3_000;

/**
 * Lets `from` call `to` by API v2, watches for twenty seconds at most, and hangs up. The names in the request, and the words for the state
 * of a call, are not documented here: two sets of names are tried, and what is not understood is `unknown`. [inference]
 * @throws what HTTP statuses of a refusal stand for, and the codes of the transport
 */
export async function placeCall(api: SecondApi, from: string, to: string): Promise<Placed> {
  const { target, context } = api.link;
  const operation = 'v2 calls';
  const ask = (body: Json) => send2(api, { method: 'POST', path: '/calls', operation, body, once: true });
  const first = await ask({ extension: from, destination: to });
  // What is not understood calls nobody.
  const answer = first.status === 400 ? await ask({ from, to }) : first;
  const about = {
    host: target.host,
    target: target.address,
    operation,
    object: target.address,
    write: false,
  };
  refuseRedirect(answer, about);
  if (answer.status < 200 || answer.status >= 300) throw refusedByStatus(answer, about, context.clock.now());
  const uid = textOf(objectIn(answer)?.uid);
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(uid))
    return { answered: 'unknown', evidence: `HTTP ${answer.status}, and no call to watch` };
  try {
    return await watch(api, uid);
  } finally {
    await hangUp(api, uid);
  }
}

async function watch(api: SecondApi, uid: string): Promise<Placed> {
  let words = 'nothing';
  for (let left = LOOKS; left > 0; left -= 1) {
    await pause(api.link, PAUSE_MS, 'v2 calls/uid');
    const answer = await send2(api, { method: 'GET', path: `/calls/${uid}`, operation: 'v2 calls/uid' });
    if (answer.status === 404) return { answered: 'unknown', evidence: `over after ${words} (inferred)` };
    const found = objectIn(answer);
    words = textOf(found?.state ?? found?.status) || words;
    if (/^(answered|up|connected|talking)$/i.test(words))
      return { answered: 'yes', evidence: `${words} (inferred)` };
    if (/^(busy|failed|rejected|no[ _-]?answer|congestion)$/i.test(words))
      return { answered: 'no', evidence: `${words} (inferred)` };
  }
  return { answered: 'unknown', evidence: `${words}, and no end of it (inferred)` };
}

/** Whatever became of it: nobody is to be left ringing, after an abort neither, when the session's own connections are dead. */
async function hangUp(api: SecondApi, uid: string): Promise<void> {
  const { target, context } = api.link;
  const question: SecondQuestion = {
    method: 'DELETE',
    path: `/calls/${uid}`,
    operation: 'v2 calls DELETE',
  };
  try {
    if (!context.signal.aborted || target.endpoint === null) {
      await send2(api, question);
      return;
    }
    const last = farewell(context, GOODBYE_MS);
    const http = await openHttp(target.endpoint, last, context.ssh);
    await send2({ ...api, notBefore: 0, link: { ...api.link, http, context: last } }, question);
    await http.close();
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
  }
}
