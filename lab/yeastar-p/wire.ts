/**
 * The wire of the P-Series OpenAPI. Tags: see `lab/yeastar-p/settings.ts`.
 *
 * - HTTP status is 200 also on failure (C); success is `{"errcode":0,"errmsg":"SUCCESS"}` with more keys beside (D).
 * - A failure carries its code and text, and often names the field: `invalid_param_list`, `duplicate_field_list` (D).
 * - Numbers and flags are JSON numbers (D).
 */
import type { Reply } from '../sabotage.ts';

/** The vendor's codes that the simulator answers (D: the guide's table, whose text of 70130 is spelt like that). */
const MESSAGES: Readonly<Record<number, string>> = {
  [-2]: 'INTERNAL SERVER ERROR',
  [-1]: 'FAILURE',
  0: 'SUCCESS',
  1: 'PARTIAL SUCCESS',
  2: 'PROCESSING',
  10001: 'INTERFACE NOT EXISTED',
  10002: 'API VERSION OUT OF MAINTENANCE',
  10003: 'API VERSION UNSUPPORTED',
  10004: 'TOKEN EXPIRED',
  10005: 'ACCESS DENIED',
  10009: 'OPERATION FAILED',
  40001: 'PARAMETER SYNTAX ERROR',
  40002: 'PARAMETER ERROR',
  40003: 'DUPLICATE KEY VALUE',
  60001: 'DATA NOT FOUND',
  60002: 'MAX LIMITATION EXCEEDED',
  60101: 'ROLE NOT EXISTED',
  70004: 'ACCOUNT IP BLOCKED',
  70082: 'OVERLOAD_TASK_RUNNING',
  70084: 'ACTION FORBIDDEN',
  70087: 'IP FORBIDDEN',
  70091: 'CONNECTION_RELATION_EXISTED',
  70120: 'ORGANIZATION DISABLED',
  70123: 'API UNAVAILABLE',
  70130: 'CAHNNEL ID NOT FOUND',
  70132: 'OPERATION NOT SUPPORTED',
};

export const ERRCODE = {
  internal: -2,
  failure: -1,
  noInterface: 10001,
  versionUnsupported: 10003,
  tokenExpired: 10004,
  accessDenied: 10005,
  syntax: 40001,
  parameter: 40002,
  duplicate: 40003,
  notFound: 60001,
  limit: 60002,
  noRole: 60101,
  ipBlocked: 70004,
  ipForbidden: 70087,
  inUse: 70091,
  organizationDisabled: 70120,
  apiUnavailable: 70123,
  noChannel: 70130,
} as const;

export interface Answer {
  errcode: number;
  errmsg: string;
  [key: string]: unknown;
}

export type Params = Record<string, unknown>;

/** One API call, taken apart. */
export interface ApiCall {
  /** As written after the version, e.g. 'extension/list'. */
  path: string;
  params: Params;
  token: string | undefined;
  address: string;
}

export function success(content: Record<string, unknown> = {}): Answer {
  return { errcode: 0, errmsg: 'SUCCESS', ...content };
}

/** Codes that are not in the guide's table read FAILURE (I). */
export function failure(errcode: number, detail: Record<string, unknown> = {}): Answer {
  return { errcode, errmsg: MESSAGES[errcode] ?? 'FAILURE', ...detail };
}

/** 40002 for a field, with the rule it broke (D: 'required'; the other names I, after the validator that uses that one). */
export function invalid(field: string, rule: string): Answer {
  return failure(ERRCODE.parameter, { invalid_param_list: [{ field, validation_type: rule }] });
}

/** What the box makes of something that it cannot read: a JSON parser's own words (W). */
export function unreadable(value: string): Answer {
  return failure(ERRCODE.internal, { invalid_param_list: [{ value }] });
}

/** 10001, also for a known path with the wrong method (C). */
export function noInterface(method: string, pathname: string): Answer {
  return failure(ERRCODE.noInterface, {
    invalid_param_list: [{ value: `No route for ${method} ${pathname}` }],
  });
}

export function isAnswer(value: object): value is Answer {
  return 'errcode' in value && 'errmsg' in value;
}

export function replyOf(answer: Answer): Reply {
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  const reply: Reply = { status: 200, headers, body: JSON.stringify(answer) };
  return answer.errcode === 0 ? reply : { ...reply, errno: String(answer.errcode) };
}

/** Outside the API the box serves its web interface, a page that routes by itself (I). */
export function webPage(): Reply {
  const body =
    '<!DOCTYPE html>\n<html><head><title>P-Series</title></head><body><div id="app"></div></body></html>\n';
  return { status: 200, headers: { 'Content-Type': 'text/html' }, body };
}

/** Takes `/openapi/<version>/<path>` apart; undefined outside `/openapi/`. */
export function pathOf(pathname: string): { version: string; path: string } | undefined {
  const [, api, version = '', ...rest] = pathname.split('/');
  return api === 'openapi' ? { version, path: rest.join('/') } : undefined;
}

/** The JSON object of a body, or the answer that refuses it. */
export function bodyOf(body: string): Params | Answer {
  const text = body.trim();
  if (text === '') return unreadable('EOF');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Params;
    return unreadable('json: cannot unmarshal');
  } catch {
    return unreadable(`invalid character '${text[0]}' looking for beginning of value`);
  }
}

/** A parameter as text: those of a GET are texts anyway; anything else than a text or a number is blank. */
export function textParam(params: Params, key: string): string {
  const value = params[key];
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
