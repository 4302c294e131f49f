import { AltaError, type Target } from '../../../engine/model/index.ts';
import type { Doorstep, SessionContext } from '../../contract.ts';
import { type HttpAnswer, openHttp } from '../../transport/http.ts';
import { evidenceOf, readJson } from '../../transport/json.ts';
import { paths, type Question, send } from './call.ts';
import { meaningOf } from './errors.ts';
import { errcodeOf, isJson, textOf } from './json.ts';
import { meanings } from './meanings.ts';

/** One question without a token, which the API refuses in its own words. It names no credential, so it is no failed login. [inference] */
export async function knock(target: Target, context: SessionContext): Promise<Doorstep> {
  const { endpoint, host } = target;
  if (endpoint === null) throw new AltaError('url-invalid', { host, kind: 'none' });
  const http = await openHttp(endpoint, context, context.ssh);
  try {
    return doorstepOf(await send({ http, target, context }, question));
  } finally {
    await http.close();
  }
}

const question: Question = { path: paths.list };

/** Where the API is off, what answers is the panel: a page, or nothing of that path. [inference] */
function doorstepOf(answer: HttpAnswer): Doorstep {
  const { status } = answer;
  if (status === 404) return { api: 'off', evidence: 'HTTP 404' };
  if (status !== 200) return { api: 'unknown', evidence: `HTTP ${status}` };
  const reading = readJson(answer);
  if (!reading.ok) return { api: 'off', evidence: evidenceOf(reading.facts, reading.why) };
  return spokenBy(reading.value);
}

/** An errcode is the API's own; but one that says there is no such interface says little of the others, and one says that it is off. */
function spokenBy(value: unknown): Doorstep {
  const errcode = isJson(value) ? errcodeOf(value.errcode) : undefined;
  if (!isJson(value) || errcode === undefined) return { api: 'unknown', evidence: 'JSON without errcode' };
  if (errcode === 0) return { api: 'on', evidence: 'errcode 0' };
  const meaning = meaningOf({ errcode, errmsg: textOf(value.errmsg) });
  const said = meaning === undefined ? '' : `: ${meanings[meaning].text}`;
  const api = meaning === 'off' ? 'off' : meaning === 'no-interface' ? 'unknown' : 'on';
  return { api, evidence: `errcode ${errcode}${said}` };
}
