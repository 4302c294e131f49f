import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import * as callerid from './callerid.ts';
import * as dids from './dids.ts';
import * as directory from './directory.ts';
import * as extensions from './extensions.ts';
import { REQUIRED } from './fields.ts';
import { admit, mayCall } from './keys.ts';
import * as monitor from './monitor.ts';
import { type Platform, tenantById } from './platform.ts';
import * as groups from './ring-groups.ts';
import * as services from './services.ts';
import * as texts from './texts.ts';
import { respondV2 } from './v2/routes.ts';
import { type Answer, type Call, htmlPage, type Params, paramsOf, replyOf, WARNING } from './wire.ts';

/** One action. Where it requires `server`, the tenant is found before it is carried out. */
interface Action {
  readonly required: readonly string[];
  readonly writes?: true;
  /** Builds after August 2024 alone (D). */
  readonly later?: true;
  readonly act: (call: Call) => Answer;
}

const read = (act: Action['act'], ...required: string[]): Action => ({ act, required });
const write = (act: Action['act'], ...required: readonly string[]): Action => ({
  act,
  required,
  writes: true,
});

/** Names without `pbxware.` and required parameters D. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'license.info': read(directory.licenseInfo),
  'tenant.list': read(directory.listTenants),
  'tenant.configuration': read(directory.showTenant),
  'package.list': read(directory.listPackages),
  'department.list': read(directory.listDepartments, 'server'),
  'uads.list': read(directory.listUads, 'server'),
  'uads.activate': write(directory.switchUad(true), 'server', 'id'),
  'uads.deactivate': write(directory.switchUad(false), 'server', 'id'),
  'trunk.list': read(directory.listTrunks, 'server'),
  'did.list': read(dids.listDids, 'server'),
  'ring_group.list': read(groups.listRingGroups, 'server'),
  'ring_group.configuration': read(groups.showRingGroup, 'server'),
  'ivr.list': read(groups.listMenus, 'server'),
  'erg.list': read(groups.listQueues, 'server'),
  'did.add': write(dids.addDid, ...dids.DID_REQUIRED),
  'ext.list': read(extensions.listExtensions, 'server'),
  'ext.configuration': read(extensions.showExtension, 'server'),
  'ext.add': write(extensions.addExtension, ...REQUIRED),
  'ext.edit': write(extensions.editExtension, 'server'),
  'ext.delete': write(extensions.deleteExtension, 'server', 'id'),
  'ext.es.callerid.edit': write(callerid.editCallerId, 'server', 'id', 'callerid'),
  'ext.es.callerid.configuration': read(callerid.showCallerId, 'server', 'id'),
  'ext.es.states.set': { ...write(services.setStates, 'server', 'id'), later: true },
  'ext.es.states.get': { ...read(services.getStates, 'server', 'id'), later: true },
  ...Object.fromEntries(services.SERVICE_NAMES.flatMap(serviceActions)),
  'monitor.list': read(monitor.listMonitored, 'server'),
  'dashboard.ext_online': read(monitor.extensionsOnline, 'server'),
  'dashboard.sip_registrations': read(monitor.sipRegistrations, 'server'),
  'cdr.download': read(monitor.downloadCdr, 'start', 'end'),
};

/** Documented, and nothing that a client which provisions extensions needs: the simulator says so instead of pretending. */
const UNSERVED: ReadonlySet<string> = new Set(
  `tenant.add tenant.edit tenant.delete tenant.trunks.list tenant.trunks.set package.configuration package.add package.edit
  package.delete ext.additional_macs ext.slaves ext.editions_modules.set ext.editions_modules.configuration ext.voicemail.delete
  did.edit did.delete trunk.providers trunk.configuration trunk.add trunk.edit trunk.delete monitor.live_calls monitor.trunks
  dashboard.calls dashboard.glocom_users dashboard.glocom_editions cdr.billamount cdr.mos splan.list splan.rates route.list
  license.refresh license.last_refreshed`.split(/\s+/),
);

function serviceActions(service: string): Array<[string, Action]> {
  const { setService, getService } = services;
  const path = `ext.es.${service}`;
  return [
    [`${path}.set`, write(setService(service, 'state'), 'server', 'id', 'state')],
    [`${path}.get`, read(getService(service, 'state'), 'server', 'id')],
    [`${path}.set_osc`, write(setService(service, 'osc'), 'server', 'id', 'state')],
    [`${path}.get_osc`, read(getService(service, 'osc'), 'server', 'id')],
  ];
}

/** Answers one HTTP request: the action API at the root and at `index.php` (D, C), the API v2 below `/api/`, the panel else. */
export function respond(platform: Platform, incoming: Incoming): Reply {
  const { pathname } = incoming.url;
  if (pathname.startsWith('/api/')) return respondV2(platform, incoming);
  if (pathname !== '/' && pathname !== '/index.php') return htmlPage(404, '404 Not Found');
  const params = paramsOf(incoming, platform.settings);
  if (params.apikey === undefined && params.action === undefined) return htmlPage(200, 'PBXware');
  const now = Date.now();
  const key = admit(platform, params.apikey, incoming.address, now);
  if (typeof key === 'string') return replyOf(key, platform.settings);
  const name = (params.action ?? '').replace(/^pbxware\./, '');
  if (name.startsWith('server.')) return replyOf(texts.TENANT_MODE, platform.settings);
  const action = params.action === name ? undefined : actionOf(platform, name);
  if (action === undefined) return replyOf(texts.UNKNOWN_ACTION, platform.settings);
  if (!mayCall(key, name)) return replyOf(texts.NOT_ALLOWED, platform.settings);
  const format = params.apiformat ?? 'json';
  if (format !== 'json') return replyOf(texts.notSimulated(`apiformat=${format}`), platform.settings);
  return answered(platform, action, params, now);
}

function actionOf({ settings }: Platform, name: string): Action | undefined {
  const known = settings.doubts.uadAlias && name === 'uad.list' ? 'uads.list' : name;
  if (UNSERVED.has(name)) return read(() => texts.notSimulated(name));
  if (settings.doubts.flowLists === 'unknown' && /^(ring_group|ivr|erg)\./.test(name)) return undefined;
  const action = Object.hasOwn(ACTIONS, known) ? ACTIONS[known] : undefined;
  return action?.later && !settings.later ? undefined : action;
}

function answered(platform: Platform, action: Action, params: Params, now: number): Reply {
  const answer = carriedOut(platform, action, params, now);
  const reply = replyOf(answer, platform.settings);
  if (!action.writes || typeof answer === 'string') return reply;
  return { ...warned(platform, reply), holdMs: platform.settings.slowWriteMs };
}

/** What is missing comes first, in the order of the documents; then the server id, which is no tenant code (C). */
function carriedOut(platform: Platform, action: Action, params: Params, now: number): Answer {
  const absent = action.required.find((name) => params[name] === undefined);
  if (absent !== undefined) return texts.missing(absent);
  const named = action.required.includes('server')
    ? tenantById(platform, params.server ?? '')
    : platform.master;
  if (named === undefined) return texts.INVALID_SERVER;
  return action.act({ platform, tenant: named, params, now });
}

/** The write happened all the same (C). */
function warned({ settings }: Platform, reply: Reply): Reply {
  if (settings.writeWarning === undefined) return reply;
  return { ...reply, body: settings.writeWarning === 'before' ? `${WARNING}${reply.body}` : WARNING };
}
