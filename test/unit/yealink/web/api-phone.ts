import { type Answer, json } from '../../../support/serve.ts';
import { exportOf, fields, idOf, importInto, type Phone } from './phone.ts';
import { type Call, notFound } from './support.ts';

/** A phone with the JSON interface. */
export function takeApi(phone: Phone, call: Call): Answer {
  const path = call.path.replace('/api/', '');
  if (path === 'common/info' && call.body.includes('rsaN')) return keyOf(phone);
  if (path === 'auth/login') return logIn(phone, call);
  if (!call.path.startsWith('/api/')) return notFound;
  if (phone.live === 0 || !(call.headers.cookie ?? '').includes(idOf(phone)))
    return { status: 401, text: '' };
  if (path === 'common/info') return info(phone, call);
  if (call.headers['x-csrftoken'] !== `tok${idOf(phone)}` || call.headers.origin === undefined)
    return { status: 403, text: '' };
  return inside(phone, path, call);
}

function keyOf({ keys }: Phone): Answer {
  return json({ ret: 'ok', data: { 'wui.common.rsaN': keys.n, 'wui.common.rsaE': keys.e } });
}

function logIn(phone: Phone, call: Call): Answer {
  const { username, pwd = '' } = fields(call);
  const [, sealed = ''] = pwd.split('__WUI_ENC__:');
  if (phone.live > 0)
    return json({ ret: 'failed', data: { msg: 'auth_err_user_busy', lineIp: '192.0.2.9' } });
  if (username !== 'admin' || phone.keys.open(sealed) !== phone.password)
    return json({ ret: 'failed', data: { msg: 'error_username_or_password_is_wrong' } });
  phone.logins += 1;
  phone.live = phone.logins;
  const headers = { 'content-type': 'application/json', 'set-cookie': `JSESSIONID=${idOf(phone)}; Path=/` };
  return json({ ret: 'ok', data: true }, { headers });
}

function info(phone: Phone, call: Call): Answer {
  const { mac, model, firmware } = phone;
  if (!call.body.includes('account.info')) {
    const common = { token: `tok${idOf(phone)}` };
    return json({ ret: 'ok', data: { wui: { common, device: { phoneName: model, firmware } } } });
  }
  const spaced = mac.toUpperCase().replace(/..\B/g, '$&:');
  const accounts = [...phone.registered].map(([line, status]) => ({
    id: Number(line),
    userName: phone.settings.get(`account.${line}.user_name`) ?? '',
    status: Number(status),
  }));
  return json({ ret: 'ok', data: { 'network.common.mac': spaced, 'account.info': accounts } });
}

function inside(phone: Phone, path: string, call: Call): Answer {
  switch (`${path} ${call.query.get('action') ?? ''}`.trim()) {
    case 'autop/status':
      return json({ ret: 'ok', data: 0 });
    case 'common/info/status/talking':
      return json({ ret: 'ok', data: phone.talking });
    case 'diagnosis/cfg/file export':
      if (fields(call).csrfmiddlewaretoken !== `tok${idOf(phone)}`) return { status: 403, text: '' };
      return { headers: { 'content-type': 'application/octet-stream' }, text: exportOf(phone) };
    case 'diagnosis/cfg/file import':
      if (importInto(phone, call, 'CFGConfigUpload') === null)
        return json({ ret: 'failed', data: 'noparam' });
      return json({ ret: 'ok', data: true });
    case 'auth/logout':
      phone.live = 0;
      phone.logouts += 1;
      return json({ ret: 'ok' });
    default:
      return notFound;
  }
}
