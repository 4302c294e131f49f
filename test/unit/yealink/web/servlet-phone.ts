import { createHash } from 'node:crypto';
import { type Answer, html } from '../../../support/serve.ts';
import { exportOf, fields, idOf, importInto, type Phone } from './phone.ts';
import { type Call, notFound, unwrapped } from './support.ts';

export type Servlet = 'b0' | 'b1' | 'b2';

/** A phone with the servlet interface. `b0` knows no modules. */
export function takeServlet(web: Servlet): (phone: Phone, call: Call) => Answer {
  return (phone, call) => {
    if (call.path !== '/servlet' || (web === 'b0' && call.query.has('m'))) return notFound;
    const page = `${call.query.get('p') ?? ''}/${call.query.get('q') ?? ''}`;
    if (page === 'login/loginForm')
      return web === 'b0' ? html('<form id="loginForm"></form>') : loginForm(phone, web);
    if (page === 'login/getsessionid' && web === 'b0')
      return { text: `${phone.keys.n},${phone.keys.e},${next(phone)}` };
    if (page === 'login/login') return web === 'b0' ? sealed(phone, call) : logIn(phone, web, call);
    if (phone.live === 0 || !(call.headers.cookie ?? '').includes(idOf(phone))) return toLogin;
    return inside(phone, web, call, page);
  };
}

/** Where everybody is sent who is not logged in. */
export const toLogin: Answer = {
  status: 302,
  headers: { location: '/servlet?m=mod_listener&p=login&q=loginForm&jumpto=status' },
  text: '',
};

export const result = (value: unknown): Answer => html(`<div id="_RES_INFO_">${JSON.stringify(value)}</div>`);

function next(phone: Phone): string {
  return idOf({ ...phone, logins: phone.logins + 1 });
}

function variables({ keys, model, firmware }: Phone): string {
  return [
    `var g_rsa_n = "${keys.n}";`,
    `var g_rsa_e = "${keys.e}";`,
    `var g_phonetype = "${model.replace('SIP-', '')}";`,
    `var g_strFirmware = "${firmware}";`,
  ].join('\n');
}

function loginForm(phone: Phone, web: 'b1' | 'b2'): Answer {
  const own = web === 'b1' ? '&rsakey=" + key + "&rsaiv=" + iv' : '"';
  const script = `<script>${variables(phone)}\nvar form = "username=&pwd=${own};</script><form id="loginForm">`;
  return html(script, { headers: { 'set-cookie': `JSESSIONID=${next(phone)}; Path=/; HttpOnly` } });
}

function logIn(phone: Phone, web: 'b1' | 'b2', call: Call): Answer {
  const { username, pwd = '', rsakey = '', rsaiv = '' } = fields(call);
  const { open } = phone.keys;
  if (!(call.headers.cookie ?? '').includes(next(phone))) return { status: 403, text: '' };
  const clear = web === 'b2' ? open(pwd) : unwrapped(pwd, open(rsakey), open(rsaiv));
  const wanted = web === 'b2' ? phone.password : `${clear.split(';')[0]};${next(phone)};${phone.password}`;
  if (username !== 'admin' || clear !== wanted) return result({ authstatus: 'none' });
  return enter(phone, result({ authstatus: 'done' }));
}

function sealed(phone: Phone, call: Call): Answer {
  const { key = '', iv = '', data = '' } = fields(call);
  const { open } = phone.keys;
  if (!(call.headers.cookie ?? '').includes(`JSESSIONID=${next(phone)}`)) return notFound;
  const [, md5 = '', text = ''] =
    /^MD5=([0-9a-f]{32});(.*)$/.exec(unwrapped(data, open(key), open(iv))) ?? [];
  const right = createHash('md5').update(text).digest('hex') === md5;
  const wanted = `sessionid=${next(phone)};username=admin;pwd=${phone.password};`;
  if (!right || !text.endsWith(wanted)) return html('<form id="loginForm"></form>');
  return enter(phone, { status: 302, headers: { location: '/servlet?p=status&q=load' }, text: '' });
}

function enter(phone: Phone, answer: Answer): Answer {
  phone.logins += 1;
  phone.live = phone.logins;
  return answer;
}

function inside(phone: Phone, web: Servlet, call: Call, page: string): Answer {
  const { m = '', q = '', type = '' } = Object.fromEntries(call.query);
  if (page === 'login/logout') {
    phone.live = 0;
    phone.logouts += 1;
    return toLogin;
  }
  if (page === 'status/load') return statusPage(phone);
  if (page === 'settings-config/load')
    return html(`<script>${variables(phone)}\nvar g_strToken = "tok${idOf(phone)}";</script>`);
  if (page === 'settings-config/localconfig' && web === 'b0')
    return fields(call).token === `tok${idOf(phone)}` ? { text: exportOf(phone) } : { status: 403, text: '' };
  if (m === 'mod_configfile' && q === 'exportcfgconfig') return { text: exportOf(phone) };
  if (m === 'mod_res' && type === 'localcfg') return upload(phone, call);
  return notFound;
}

function statusPage(phone: Phone): Answer {
  const accounts = [...phone.registered].map(([line, code]) => {
    const user = phone.settings.get(`account.${line}.user_name`);
    return [`Account${line}`, user === undefined ? '0' : `${user}@pbx.acme.example:${code}`];
  });
  const data = JSON.stringify(Object.fromEntries(accounts)).replaceAll('"', '\\"');
  const spaced = phone.mac.replace(/..\B/g, '$&:');
  return html(
    [
      `<script>var g_dataAccStatus = g_json.ParseJSON("${data}");`,
      `var g_strToken = "tok${idOf(phone)}";</script>`,
      `<label id="tdMAC" dvalue="${spaced}">${spaced}</label>`,
    ].join('\n'),
  );
}

function upload(phone: Phone, call: Call): Answer {
  if (!call.body.includes(`tok${idOf(phone)}`) || !/settings-config/.test(call.headers.referer ?? ''))
    return { status: 403, text: '' };
  if (phone.keys.open(call.query.get('maxlength') ?? '') !== '100KB')
    return result({ type: 'localcfg', result: 'large' });
  const taken = importInto(phone, call, 'UploadName');
  return result({ type: 'localcfg', result: taken === null ? 'noparam' : 0 });
}
