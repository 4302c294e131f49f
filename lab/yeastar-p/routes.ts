import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import type { Box } from './box.ts';
import * as calls from './calls.ts';
import { listCdr } from './cdr.ts';
import * as extensions from './extensions.ts';
import * as groups from './flow/groups.ts';
import * as ivrs from './flow/ivrs.ts';
import * as inbound from './flow/routes.ts';
import { deleteToken, getToken, isLive, noteRefused, refreshToken, refuseLocked } from './login.ts';
import { menuOptions } from './menus.ts';
import { listOrganizations } from './organizations.ts';
import { capacity, information } from './system.ts';
import type { Answer, ApiCall, Params } from './wire.ts';
import { bodyOf, ERRCODE, failure, isAnswer, noInterface, pathOf, replyOf, webPage } from './wire.ts';
import * as writes from './writes.ts';

type Work = (box: Box, call: ApiCall) => Answer;

/** Reads and `delete` with GET (D). */
const GET: Record<string, Work> = {
  del_token: deleteToken,
  'system/information': information,
  'system/capacity': capacity,
  'system/get_menuoptions': menuOptions,
  'organization/list': listOrganizations,
  'extension/list': extensions.listExtensions,
  'extension/search': extensions.searchExtensions,
  'extension/get': extensions.getExtension,
  'extension/query': extensions.queryExtensions,
  'extension/getpassword': extensions.getPassword,
  'extension/delete': writes.deleteExtension,
  'inbound_route/list': inbound.listInbound,
  'inbound_route/search': inbound.searchInbound,
  'inbound_route/get': inbound.getInbound,
  'inbound_route/query': inbound.queryInbound,
  'trunk/list': inbound.listTrunks,
  'trunk/search': inbound.searchTrunks,
  'queue/list': groups.listQueues,
  'queue/search': groups.searchQueues,
  'queue/get': groups.getQueue,
  'queue/query': groups.queryQueues,
  'ringgroup/list': groups.listRingGroups,
  'ringgroup/search': groups.searchRingGroups,
  'ringgroup/get': groups.getRingGroup,
  'ringgroup/query': groups.queryRingGroups,
  'ivr/list': ivrs.listIvrs,
  'ivr/search': ivrs.searchIvrs,
  'ivr/get': ivrs.getIvr,
  'ivr/query': ivrs.queryIvrs,
  'call/query': calls.queryCalls,
  'cdr/list': listCdr,
};

/** Authentication and other writes with POST (D). */
const POST: Record<string, Work> = {
  get_token: getToken,
  refresh_token: refreshToken,
  'extension/create': writes.createExtension,
  'extension/update': writes.updateExtension,
  'call/dial': calls.dial,
  'call/hangup': calls.hangUp,
};

const AUTH = ['get_token', 'refresh_token'];

/** Answers one HTTP request to the box. */
export function respond(box: Box, incoming: Incoming): Reply {
  const { settings } = box;
  const { pathname } = incoming.url;
  const where = pathOf(pathname);
  if (where === undefined) return webPage();
  if (!settings.api) {
    return settings.doubts.apiOff === 'web-page' ? webPage() : replyOf(failure(ERRCODE.apiUnavailable));
  }
  if (where.version !== 'v1.0') return replyOf(failure(ERRCODE.versionUnsupported));
  const work = workOf(box, incoming.method, where.path);
  if (work === undefined) return replyOf(noInterface(incoming.method, pathname));
  return replyOf(answer(box, work, where.path, incoming));
}

/** The first guides have no `extension/getpassword` (D). */
function workOf({ settings }: Box, method: string, path: string): Work | undefined {
  if (path === 'extension/getpassword' && !settings.getPassword) return undefined;
  const table = method === 'GET' ? GET : method === 'POST' ? POST : {};
  return Object.hasOwn(table, path) ? table[path] : undefined;
}

/** What is checked before the work, in this order (I): User-Agent, the client's address, its token, its privileges. */
function answer(box: Box, work: Work, path: string, incoming: Incoming): Answer {
  const { method, url, headers, address } = incoming;
  if (!headers['user-agent']) return failure(ERRCODE.parameter);
  if (isForbidden(box, address)) return failure(ERRCODE.ipForbidden);
  const { access_token: token, ...query } = Object.fromEntries(url.searchParams);
  const refused = AUTH.includes(path) ? refuseAuth(box, address) : refuseCall(box, path, { address, token });
  if (refused !== undefined) return refused;
  const params: Params | Answer = method === 'GET' ? query : bodyOf(incoming.body);
  return isAnswer(params) ? params : work(box, { path, params, token, address });
}

function isForbidden({ settings }: Box, address: string): boolean {
  return settings.allowedAddresses.length > 0 && !settings.allowedAddresses.includes(address);
}

function refuseAuth(box: Box, address: string): Answer | undefined {
  const locked = refuseLocked(box, address);
  if (locked !== undefined) noteRefused(box.access, address);
  return locked;
}

/** The token counts in the query alone: a Bearer header is ignored (C). */
function refuseCall(box: Box, path: string, { address, token }: Pick<ApiCall, 'address' | 'token'>) {
  const { access, settings } = box;
  const locked = settings.doubts.lockScope === 'every-request' ? refuseLocked(box, address) : undefined;
  if (locked !== undefined) return locked;
  if (!isLive(access, token)) return failure(ERRCODE.tokenExpired);
  const group = path.split('/', 1)[0] ?? path;
  const isDenied = settings.denied.includes(path) || settings.denied.includes(group);
  return isDenied ? failure(ERRCODE.accessDenied) : undefined;
}
