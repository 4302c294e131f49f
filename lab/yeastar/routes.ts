import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import type { Box } from './box.ts';
import * as calls from './calls.ts';
import { deviceInfo } from './device.ts';
import * as extensions from './extensions.ts';
import * as groups from './groups.ts';
import { checkToken, heartbeat, isLocked, login, logout } from './login.ts';
import { type Answer, type ApiCall, ERRNO, failure, paramsOf, pathOf, replyOf, webPage } from './wire.ts';

type Handler = (box: Box, call: ApiCall) => Answer;

const COMMON: Record<string, Handler> = { login, heartbeat, logout, 'deviceinfo/query': deviceInfo };

/** v1.x has neither add nor delete (D: G17, H1). */
const V1: Record<string, Handler> = {
  ...COMMON,
  apply: extensions.applyAll,
  'extensionlist/query': extensions.listExtensions,
  'extension/query': extensions.queryExtensions,
  'extension/update': extensions.updateExtension,
  'extension/dial_extension': calls.dialExtension,
  'extension/dial_outbound': calls.dialOutbound,
  'extension/hangup': calls.hangUpExtension,
  'inbound/query': calls.queryInbound,
  'outbound/query': calls.queryOutbound,
};

const V2: Record<string, Handler> = {
  ...COMMON,
  'extension/list': extensions.listExtensions,
  'extension/query': extensions.queryExtensions,
  'extension/add': extensions.addExtension,
  'extension/update': extensions.updateExtension,
  'extension/delete': extensions.deleteExtensions,
  'extensiongroup/query': groups.queryGroups,
  'extensiongroup/add': groups.addGroup,
  'extensiongroup/update': groups.updateGroup,
  'extensiongroup/delete': groups.deleteGroup,
  'call/dial': calls.dial,
  'call/query': calls.queryCall,
  'call/hangup': calls.hangUp,
  'call/hungup': calls.hangUp,
};

/** Answers one HTTP request to the box. */
export function respond(box: Box, incoming: Incoming): Reply {
  const path = pathOf(incoming.url.pathname);
  if (path === undefined) return webPage(incoming.url.pathname === '/');
  const handler = path.version === undefined ? undefined : handlerOf(box, path.version, path.action);
  if (handler === undefined || path.version === undefined) return replyOf(failure(ERRNO.unsupportedRequest));
  return replyOf(answer(box, handler, { ...path, version: path.version }, incoming));
}

function handlerOf(box: Box, version: 1 | 2, action: string): Handler | undefined {
  if (version === 2 && box.settings.edition === 'v1.1.0') return undefined;
  if (version === 2 && action === 'apply' && box.settings.doubts.v2Apply) return extensions.applyAll;
  const table = version === 1 ? V1 : V2;
  return Object.hasOwn(table, action) ? table[action] : undefined;
}

type Path = Pick<ApiCall, 'prefix' | 'version' | 'action'>;

function answer(box: Box, handler: Handler, path: Path, incoming: Incoming): Answer {
  const { method, url, address } = incoming;
  if (method !== 'POST' && !(method === 'GET' && readsWithGet(box, path))) return failure(ERRNO.postOnly);
  const params = method === 'GET' ? Object.fromEntries(url.searchParams) : paramsOf(incoming.body);
  if (typeof params === 'string') return failure(params);
  const call: ApiCall = { ...path, method, params, token: tokenOf(url, path.prefix), address };
  if (path.action === 'login') return handler(box, call);
  if (box.settings.doubts.lockScope === 'every-request' && isLocked(box, address))
    return failure(ERRNO.locked);
  const refused = checkToken(box, call.token);
  return refused === undefined ? handler(box, call) : failure(refused);
}

/** The guides say POST only; three independent clients read with GET on v1.x (C). */
function readsWithGet(box: Box, { version, action }: Path): boolean {
  const isRead = action.endsWith('/query') || action === 'extension/list';
  return isRead && (version === 1 || box.settings.doubts.v2Get);
}

/** `?token=` (D); one client uses `access_token=` on v1.0.0 (C: client SMS). */
function tokenOf(url: URL, prefix: string): string | undefined {
  const token = url.searchParams.get('token') ?? undefined;
  return token ?? (prefix === 'v1.0.0' ? (url.searchParams.get('access_token') ?? undefined) : undefined);
}
