import type { Code } from '../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../transport/http.ts';
import { failure } from '../../../transport/refusal.ts';
import { apiFace } from './api/face.ts';
import { findKey } from './api/login.ts';
import type { Face } from './face.ts';
import { aboutRequest, type Link, type Question, send } from './link.ts';
import { servletFace } from './servlet/face.ts';
import { findForm, findOffer } from './servlet/form.ts';
import { toldOn } from './servlet/status.ts';

/**
 * Which web interface the phone has, found out without logging in: who hands out a key for the login, and how. No credential
 * is sent here, and nothing is guessed.
 * @throws `device-web-old` for the interface before V80, `device-web-unknown` for anything else, `redirected`
 */
export async function recognise(link: Link): Promise<Face> {
  const key = await findKey(link);
  if ('found' in key) return apiFace;
  const form = await findForm(link);
  if ('found' in form) return faceOf(form.found.page, link);
  const offer = await findOffer(link);
  if ('found' in offer) return servletFace('b0', { model: '', firmware: '' });
  const old = await send(link, oldest);
  const all = [key.instead, ...form.instead, ...offer.instead, old];
  const code = all.some(wantsBasic) ? 'device-web-old' : 'device-web-unknown';
  throw unknown(code, `HTTP ${all.map(({ status }) => status).join(', ')}`, link);
}

/** A page of the interface before V80. [field] */
const oldest: Question = {
  path: '/cgi-bin/ConfigManApp.com',
  query: { Id: '1' },
  operation: 'recognise',
};

/**
 * The form tells by the fields it sends; where they stand in a script of their own, the firmware does: V84 seals with AES, the T30
 * series with V86 does not. [field, inference]
 */
function faceOf(page: string, link: Link): Face {
  const told = toldOn(page);
  if (/\brsaiv\b/i.test(page)) return servletFace('b1', told);
  const version = Number(told.firmware.split('.')[1] ?? Number.NaN);
  if (Number.isNaN(version)) throw unknown('device-web-unknown', 'a login form without a firmware', link);
  return servletFace(version < 86 ? 'b1' : 'b2', told);
}

function wantsBasic({ status, headers }: HttpAnswer): boolean {
  return status === 401 && /^\s*basic\b/i.test(headers['www-authenticate'] ?? '');
}

function unknown(code: Code, evidence: string, link: Link): Error {
  return failure(code, evidence, aboutRequest(link, oldest), 'nothing');
}
