/** The servlet interface of V80 to V85 (C: four clients). */
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import { type Session, sessionOf } from '../access.ts';
import { forbidden, formOf, html, notFound, redirectTo, sessionIdOf } from '../http.ts';
import type { Phone } from '../phone.ts';
import { askAutoProvision, autoProvision, changePassword, exportCfg, restart, uploadCfg } from './actions.ts';
import { loginForm, logOut, sessionId, submitLogin } from './login.ts';
import { loginPath, result, webPage } from './page.ts';
import { loadPage, writePage } from './pages.ts';

/** A request taken apart: its module, page and question. */
interface Asked {
  m: string;
  p: string;
  q: string;
}

export function respondServlet(phone: Phone, incoming: Incoming): Reply {
  const { pathname, searchParams } = incoming.url;
  if (pathname === '/') return front(phone);
  if (pathname !== '/servlet') return notFound();
  const [m, p, q] = ['m', 'p', 'q'].map((name) => searchParams.get(name) ?? '') as [string, string, string];
  if (!modulesFit(phone, m)) return notFound();
  if (p === 'login') return login(phone, incoming, q);
  const session = sessionOf(phone.access, sessionIdOf(incoming));
  if (session === undefined) return redirectTo(loginPath(phone));
  return inSession(phone, session, { m, p, q }, incoming);
}

/** Old firmware sends the visitor on by script (C), newer by redirect (C). */
function front(phone: Phone): Reply {
  const path = loginPath(phone);
  if (phone.settings.generation !== 'b0') return redirectTo(path);
  return html(200, webPage({}, `<script>\n window.location ="${path}";\n</script>`));
}

/** Module names that only newer firmware has; b0 is asked either way (U). */
function modulesFit({ settings }: Phone, module: string): boolean {
  const { modules } = settings.doubts;
  return modules === 'either' || (modules === 'needed') === (module !== '');
}

function login(phone: Phone, incoming: Incoming, question: string): Reply {
  const { generation } = phone.settings;
  if (question === 'loginForm') return loginForm(phone, incoming);
  if (question === 'getsessionid' && generation === 'b0') return sessionId(phone);
  if (question === 'login' && incoming.method === 'POST') return submitLogin(phone, incoming);
  return question === 'logout' ? logOut(phone, incoming) : notFound();
}

function inSession(phone: Phone, session: Session, { m, p, q }: Asked, incoming: Incoming): Reply {
  const { searchParams } = incoming.url;
  const withToken = (act: () => Reply): Reply => (tokenFits(session, incoming) ? act() : forbidden());
  if (m === 'mod_configfile' && q === 'exportcfgconfig') return exportCfg(phone, searchParams.get('type'));
  if (isOldExport(phone, { m, p, q }, searchParams)) {
    return exportCfg(phone, 'all');
  }
  if (m === 'mod_res' && p === 'upload' && incoming.method === 'POST')
    return uploadCfg(phone, session, incoming);
  if (m === 'mod_data' && q === 'applycacheconfig') return result({ result: 'success' });
  if (p === 'settings-autop' && q === 'autopnow') return autoProvision(phone);
  if (p === 'settings-autop' && q === 'askautop') return askAutoProvision(phone);
  if (p === 'settings-upgrade' && q === 'reboot') return withToken(() => restart(phone));
  if (m === 'mod_password' && p === 'security' && q === 'change' && incoming.method === 'POST') {
    return withToken(() => changePassword(phone, session, incoming));
  }
  if (q === 'load') return loadPage(phone, session, p, searchParams);
  if (q === 'write' && incoming.method === 'POST')
    return withToken(() => writePage(phone, session, p, incoming));
  return notFound();
}

/** How V80 is asked for its export (C: one client). */
function isOldExport({ settings }: Phone, { p, q }: Asked, query: URLSearchParams): boolean {
  const asked = p === 'settings-config' && q === 'localconfig' && query.get('type') === 'export';
  return asked && settings.generation === 'b0';
}

/** In the form (C), or in the address for a GET (C: one client). */
function tokenFits({ token }: Session, incoming: Incoming): boolean {
  return formOf(incoming).get('token') === token || incoming.url.searchParams.get('token') === token;
}
