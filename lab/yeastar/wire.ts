/**
 * The wire of the S-Series "Web API", as the vendor's guides document it. Tags: see `lab/settings.ts`.
 *
 * - HTTP status is 200 also on failure (D: guides H1, H2); a failure is `{"status":"Failed","errno":"10003"}`, the
 *   errno a string and no message (D, V).
 * - Practically all values are strings, numbers and flags included (D: guide G17).
 * - A missing Content-Type and an empty body are accepted (V, W).
 */
import type { Reply } from '../sabotage.ts';

/** Vendor error codes the simulator answers (D: guides G17, H1, H2; 10085 to 10087 C). */
export const ERRNO = {
  xmlUnsupported: '10002',
  unsupportedRequest: '10003',
  parameterBlank: '10004',
  callUnknown: '10005',
  extensionUnknown: '10006',
  liveCallUnknown: '10007',
  notIdle: '10008',
  calleeUnknown: '10011',
  configurationFailed: '10017',
  noOutboundPermission: '10024',
  applyTooOften: '10025',
  calleeNotAcceptable: '10031',
  outboundRouteFailed: '10033',
  extensionExists: '10085',
  deleteFailed: '10086',
  limitReached: '10087',
  jsonOnly: '20000',
  postOnly: '20001',
  locked: '20002',
  badCredentials: '20003',
  tokenUnknown: '20004',
  tokenBlank: '20005',
  tokenTimedOut: '20006',
  wrongPort: '20008',
  blankRequest: '20009',
  handlingFailed: '20010',
} as const;

export type Answer = { status: 'Success'; [key: string]: unknown } | { status: 'Failed'; errno: string };
export type Params = Record<string, unknown>;

/** One API call, taken apart. */
export interface ApiCall {
  version: 1 | 2;
  /** As written in the path, e.g. 'v1.1.0'. */
  prefix: string;
  action: string;
  method: string;
  params: Params;
  token: string | undefined;
  address: string;
}

export function success(content: Record<string, unknown> = {}): Answer {
  return { status: 'Success', ...content };
}

export function failure(errno: string): Answer {
  return { status: 'Failed', errno };
}

/** Documented response headers (D: guide H2). */
export function replyOf(answer: Answer): Reply {
  const reply: Reply = {
    status: 200,
    headers: { 'Content-Type': 'application/json', ...HEADERS },
    body: JSON.stringify(answer),
  };
  return answer.status === 'Failed' ? { ...reply, errno: answer.errno } : reply;
}

/** Outside the API the box serves its web interface. */
export function webPage(found: boolean): Reply {
  const body = `<html><head><title>${found ? 'S-Series' : '404 Not Found'}</title></head><body></body></html>\n`;
  return { status: found ? 200 : 404, headers: { 'Content-Type': 'text/html', ...HEADERS }, body };
}

const HEADERS = {
  Server: 'Boa/0.94.14rc21',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type',
};

/** `v1.10` is how the login page of the guides is printed, and clients copied it (D, C). */
const PREFIXES: Record<string, 1 | 2> = { 'v1.0.0': 1, 'v1.0.1': 1, 'v1.1.0': 1, 'v1.10': 1, 'v2.0.0': 2 };

/** Takes `/api/<version>/<action>` apart; undefined outside `/api/`, version undefined for an unknown one. */
export function pathOf(
  pathname: string,
): { prefix: string; version: 1 | 2 | undefined; action: string } | undefined {
  const [, api, prefix = '', ...rest] = pathname.split('/');
  if (api !== 'api') return undefined;
  return { prefix, version: PREFIXES[prefix], action: rest.join('/') };
}

/** The JSON object of a body, `{}` for an empty one, or the errno that refuses it. */
export function paramsOf(body: string): Params | string {
  const text = body.trim();
  if (text === '') return {};
  if (text.startsWith('<')) return ERRNO.xmlUnsupported;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Params;
    return ERRNO.jsonOnly;
  } catch {
    return ERRNO.jsonOnly;
  }
}

/** A parameter as the string the box works with: JSON numbers are taken (W), anything else is blank. */
export function textParam(params: Params, key: string): string {
  const value = params[key];
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
