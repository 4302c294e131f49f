/** The JSON interface from V86 (C: three clients, a page of notes). */
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import { type Session, sessionOf } from '../access.ts';
import { comesFromHere, formOf, html, notFound, redirectTo, sessionIdOf } from '../http.ts';
import type { Phone } from '../phone.ts';
import { reboot } from '../power.ts';
import { fetchConfiguration } from '../provisioning.ts';
import { failed, objectOf, ok, refused } from './answers.ts';
import { exportCfg, FILES_PAGE, importFile, readConfig, writeConfig } from './config.ts';
import { accountInfo, infoOf } from './info.ts';
import { decryptMarked, logOut, submitLogin } from './login.ts';

type Handler = (phone: Phone, session: Session, incoming: Incoming) => Reply;

/** What a session may do. `changes`: wanted from the phone's own pages, with Origin or Referer (C). */
interface Route {
  handle: Handler;
  changes?: boolean;
  /** The token travels in the body instead of the header. */
  tokenInBody?: boolean;
}

const FILES = '/api/diagnosis/cfg/file';

const ROUTES: Readonly<Record<string, Route>> = {
  'POST /api/inner/readconfig': { handle: (phone, _, incoming) => readConfig(phone, incoming) },
  'POST /api/inner/writeconfig': {
    handle: (phone, _, incoming) => writeConfig(phone, incoming),
    changes: true,
  },
  'GET /api/account/info': { handle: (phone) => ok(accountInfo(phone)) },
  'GET /api/common/info/status/talking': { handle: (phone) => ok(phone.talking) },
  'GET /api/autop/status': { handle: autopStatus },
  'POST /api/autop/now': { handle: autopNow, changes: true },
  'POST /api/system/reboot': { handle: restart, changes: true },
  'POST /api/auth/user': { handle: changePassword, changes: true },
  [`POST ${FILES}?export`]: { handle: exportCfg, changes: true, tokenInBody: true },
  [`POST ${FILES}?import`]: { handle: importFile, changes: true },
};

export function respondModern(phone: Phone, incoming: Incoming): Reply {
  const { pathname, searchParams } = incoming.url;
  const session = sessionOf(phone.access, sessionIdOf(incoming));
  if (pathname === '/' || pathname === '/api') return html(200, FRONT);
  if (pathname === '/servlet') return redirectTo('/api');
  if (pathname === '/api/common/info') return ok(infoOf(phone, session, idsOf(incoming)));
  if (pathname === '/api/auth/login' && incoming.method === 'POST') return submitLogin(phone, incoming);
  if (pathname === '/api/auth/logout' && incoming.method === 'POST') return logOut(phone, incoming);
  const action = pathname === FILES ? `?${searchParams.get('action')}` : '';
  const name = `${incoming.method} ${pathname}${action}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (route === undefined) return notFound();
  return session !== undefined && fits(phone, session, route, incoming)
    ? route.handle(phone, session, incoming)
    : refused(phone);
}

const FRONT =
  '<!DOCTYPE html>\n<html><head><title>Yealink Phone</title></head><body><div id="app"></div></body></html>\n';

/** A GET to the login page's information answers its key (C: one client). */
function idsOf({ body, method }: Incoming): readonly unknown[] {
  const { idlist } = objectOf(body);
  if (Array.isArray(idlist)) return idlist;
  return method === 'GET' ? ['wui'] : [];
}

function fits({ settings }: Phone, session: Session, route: Route, incoming: Incoming): boolean {
  if (route.changes && settings.doubts.refererNeeded && !comesFromHere(incoming)) return false;
  if (incoming.method === 'GET' || route.tokenInBody) return true;
  return incoming.headers['x-csrftoken'] === session.token;
}

/** 'idle' or 'provisioning' (C: one source). Asking for it is what opens the page of files. */
function autopStatus(phone: Phone, session: Session, { url }: Incoming): Reply {
  if (url.searchParams.get('p') === FILES_PAGE) session.opened.add(FILES_PAGE);
  return ok(phone.pending > 0 ? 'provisioning' : 'idle');
}

function autopNow(phone: Phone): Reply {
  void fetchConfiguration(phone);
  return ok(true);
}

/** Nothing stops a reboot during a call: who asks must look first (C). */
function restart(phone: Phone): Reply {
  void reboot(phone);
  return ok(true);
}

/** The administrator's password, in JSON or as a form; names of the fields I, both passwords encrypted (I). */
function changePassword(phone: Phone, _: Session, incoming: Incoming): Reply {
  const sent = { ...Object.fromEntries(formOf(incoming)), ...objectOf(incoming.body) };
  const { credentials } = phone.access;
  const next = decryptMarked(phone, sent.newpwd);
  const right =
    sent.username === credentials.username && decryptMarked(phone, sent.oldpwd) === credentials.password;
  if (!right || next === undefined || next === '')
    return failed(phone, { msg: 'error_username_or_password_is_wrong' });
  credentials.password = next;
  return ok(true);
}
