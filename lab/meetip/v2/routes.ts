import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import { admit, mayCall } from '../keys.ts';
import { type Platform, type Tenant, tenantByCode } from '../platform.ts';
import { INVALID_KEY } from '../texts.ts';
import { htmlPage } from '../wire.ts';
import { batch } from './batch.ts';
import * as calls from './calls.ts';
import * as extensions from './extensions.ts';
import { countRequest } from './limits.ts';
import { type AnswerV2, type CallV2, failed, replyV2 } from './wire.ts';

/** A permission of v1 stands for it: how keys are narrowed for the API v2 is U. */
interface Route {
  readonly permission: string;
  readonly answer: (call: CallV2) => AnswerV2;
}

/** Answers a request below `/api/`. A server before 8.2 has nothing there (C). */
export function respondV2(platform: Platform, incoming: Incoming): Reply {
  if (platform.settings.edition === 'v1') return htmlPage(404, '404 Not Found');
  const now = Date.now();
  const { isOver, headers } = countRequest(platform, now);
  const answer = isOver ? failed(429, 'too many requests') : answerTo(platform, incoming, now);
  const reply = replyV2(answer, headers);
  const isWrite = incoming.method !== 'GET' && answer.failure === undefined;
  const holdMs = Math.max(platform.settings.slowWriteMs, answer.holdMs ?? 0);
  return isWrite ? { ...reply, holdMs } : reply;
}

function answerTo(platform: Platform, incoming: Incoming, now: number): AnswerV2 {
  const key = admit(platform, bearerOf(incoming), incoming.address, now);
  if (typeof key === 'string') return refusedKey(key);
  const [, , scope, code = '', version, ...path] = incoming.url.pathname.split('/');
  const tenant = scope === 'org' && version === 'v2' ? tenantNamed(platform, code) : undefined;
  if (tenant === undefined) return failed(404, 'not found');
  const body = jsonOf(incoming.body);
  if (body === NO_JSON) return failed(400, 'the body is no JSON');
  const { method, url } = incoming;
  const call: CallV2 = { platform, tenant, method, path, query: url.searchParams, body, now };
  const route = routeOf(call);
  if (route === undefined) return failed(404, 'not found');
  return mayCall(key, route.permission) ? route.answer(call) : failed(403, 'the key may not do that');
}

/** A wrong key is 401, one that may not be used 403 (I). */
function refusedKey(text: string): AnswerV2 {
  return failed(text === INVALID_KEY ? 401 : 403, 'the key is refused');
}

/** Here a tenant goes by its code (C); `default` is the system's own (I). */
function tenantNamed(platform: Platform, code: string): Tenant | undefined {
  return code === 'default' ? platform.master : tenantByCode(platform, code);
}

function routeOf({ method, path }: CallV2): Route | undefined {
  const [object, first, second] = path;
  if (object === 'calls') return callRoute(method, first);
  if (object !== 'extensions' || path.length > 3) return undefined;
  if (first === undefined) return collectionRoute(method);
  if (first === 'batch') return batchRoute(method, second);
  if (second === undefined && first !== 'default') return itemRoute(method, first);
  if (method !== 'GET') return undefined;
  if (first === 'default') return { permission: 'ext.configuration', answer: extensions.showDefault };
  if (first !== 'number' || second === undefined) return undefined;
  return { permission: 'ext.configuration', answer: (call) => extensions.showNumber(call, second) };
}

function collectionRoute(method: string): Route | undefined {
  if (method === 'GET') return { permission: 'ext.list', answer: extensions.listAll };
  if (method !== 'POST') return undefined;
  return { permission: 'ext.add', answer: (call) => extensions.createOne(call, call.body) };
}

function itemRoute(method: string, id: string): Route | undefined {
  const routes: Readonly<Record<string, Route>> = {
    GET: { permission: 'ext.configuration', answer: (call) => extensions.showOne(call, id) },
    PATCH: { permission: 'ext.edit', answer: (call) => extensions.patchOne(call, id, call.body) },
    DELETE: { permission: 'ext.delete', answer: (call) => extensions.deleteOne(call, id) },
  };
  return Object.hasOwn(routes, method) ? routes[method] : undefined;
}

function batchRoute(method: string, more: string | undefined): Route | undefined {
  if (more !== undefined) return undefined;
  if (method === 'POST') return { permission: 'ext.add', answer: batch };
  return method === 'PATCH' ? { permission: 'ext.edit', answer: batch } : undefined;
}

function callRoute(method: string, uid: string | undefined): Route | undefined {
  const permission = 'calls';
  if (uid === undefined) return method === 'POST' ? { permission, answer: calls.originate } : undefined;
  if (method === 'GET') return { permission, answer: (call) => calls.showCall(call, uid) };
  return method === 'DELETE' ? { permission, answer: (call) => calls.endCall(call, uid) } : undefined;
}

const NO_JSON = Symbol('no JSON');

function jsonOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}

function bearerOf({ headers }: Incoming): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
}
