import { type About, failure, strange } from '../../../../transport/refusal.ts';
import { loggedOut, wordOf } from '../errors.ts';

/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value under a dotted name, whether the phone nests it (`{ wui: { common: … } }`) or not (`{ "wui.common.token": … }`).
 * [field: both are read by the phone's own page]
 */
export function pick(value: unknown, name: string): unknown {
  if (!isJson(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot);
    const found = Object.hasOwn(value, head) ? pick(value[head], name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first of several names that holds text or a number, within `data` or beside it. Empty where none does. */
export function textIn(answer: Json, ...names: readonly string[]): string {
  for (const name of names) {
    for (const value of [pick(answer.data, name), pick(answer, name)]) {
      if (typeof value === 'string' && value !== '') return value;
      if (typeof value === 'number') return String(value);
    }
  }
  return '';
}

/** `ret` of an answer: `ok`, or something else. */
export function isOk(answer: Json): boolean {
  return answer.ret === 'ok' || answer.ret === true;
}

/** Why an answer is not `ok`, in the phone's own words. */
export interface Refusal {
  /** `auth_err_user_busy`, `error_username_or_password_is_wrong`, … */
  readonly word: string;
  /** `lock`, `403`, … */
  readonly webStatus: string;
  /** Seconds, where the phone says. [field] */
  readonly lockTime: number | null;
  /** Who else is logged in. */
  readonly lineIp: string;
}

export function refusalIn(answer: Json): Refusal {
  const lockTime = Number(anywhere(answer, 'lockTime') || Number.NaN);
  return {
    word:
      anywhere(answer, 'msg') || anywhere(answer, 'message') || textual(answer.error) || textual(answer.data),
    webStatus: anywhere(answer, 'webStatus'),
    lockTime: Number.isFinite(lockTime) ? lockTime : null,
    lineIp: anywhere(answer, 'lineIp'),
  };
}

/** A name at the top, within `data` or within `error`. [field] */
function anywhere(answer: Json, name: string): string {
  for (const holder of [answer, answer.data, answer.error]) {
    const value = textual(isJson(holder) ? holder[name] : undefined);
    if (value !== '') return value;
  }
  return '';
}

function textual(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * What stands in the way of anybody, logged in or not: a lock, or somebody else. Null where it is none of these.
 * [field] The unit of `lockTime` is not known: seconds in one source, minutes in two. It is shown as it came.
 */
export function obstacle({ word, webStatus, lockTime, lineIp }: Refusal, about: About): Error | null {
  if (webStatus === 'lock' || word === 'lock') {
    const time = lockTime === null ? 'locked' : `locked, lockTime ${lockTime}`;
    return failure('locked-out', time, about, 'nothing');
  }
  if (word !== 'auth_err_user_busy') return null;
  const who = /^[\d.a-f:]{3,45}$/i.test(lineIp) ? `from ${lineIp}` : 'from elsewhere';
  return failure('device-busy', who, about, 'nothing');
}

/** The words of `webStatus` that send a page back to its login. [inference] */
const ended: ReadonlySet<string> = new Set([
  'logout',
  'nologin',
  'login',
  'timeout',
  'expired',
  '401',
  '403',
]);

/** The error of an answer that is not `ok`, for somebody who had logged in. `auth_…` is about the login too. [inference] */
export function refusedBy(answer: Json, about: About): Error {
  const refusal = refusalIn(answer);
  const stopped = obstacle(refusal, about);
  if (stopped !== null) return stopped;
  const { word, webStatus } = refusal;
  if (/^auth_/.test(word) || ended.has(webStatus)) return loggedOut(wordOf(word || webStatus), about);
  if (webStatus === '503') return failure('target-busy', 'webStatus 503', about, 'nothing');
  return strange(`ret ${wordOf(answer.ret)}, ${wordOf(word)}`, about);
}
