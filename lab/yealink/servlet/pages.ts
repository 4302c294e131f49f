/** Pages that show and take settings. Names of the fields of an account: C, four clients; of the others: C where said. */
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import type { Session } from '../access.ts';
import { serverNames } from '../account-keys.ts';
import type { Entry } from '../cfg.ts';
import { settingOf } from '../config.ts';
import { formOf, html, notFound, redirectTo } from '../http.ts';
import { staticKey } from '../keys.ts';
import { accountKey, accountsOf, lineNumbers } from '../lines.ts';
import { change, colons, type Phone } from '../phone.ts';
import { decryptPassword } from './login.ts';
import { input, result, webPage } from './page.ts';

/** One field of a page and the parameter behind it. */
interface PageField {
  name: string;
  key: string;
}

const PASSWORD = 'AccountPassword';

/** Shows a page: its fields, and the token that changes must carry. */
export function loadPage(phone: Phone, session: Session, page: string, query: URLSearchParams): Reply {
  session.opened.add(page);
  if (page === 'status') return html(200, statusPage(phone, session));
  const fields = fieldsOf(phone, page, query);
  if (fields === undefined) return notFound();
  return html(200, webPage({ g_strToken: session.token }, formFor(phone, page, fields, query)));
}

/** Takes the fields sent; those left out stay as they are. */
export function writePage(phone: Phone, session: Session, page: string, incoming: Incoming): Reply {
  const query = incoming.url.searchParams;
  const form = formOf(incoming);
  const fields = fieldsOf(phone, page, query);
  if (fields === undefined) return notFound();
  if (form.has('var_accountID') && form.get('var_accountID') !== lineIndex(query))
    return result({ result: 'failed' });
  const entries = entriesOf(phone, session, fields, form);
  if (entries === undefined) return result({ result: 'failed' });
  change(phone, entries, 'hand');
  switch (phone.settings.doubts.writeAnswer) {
    case 'redirect':
      return redirectTo(`/servlet?p=${page}&q=load&acc=${lineIndex(query)}`);
    case 'json':
      return result({ result: 'success' });
    default:
      return html(200, webPage({ g_strToken: session.token }, formFor(phone, page, fields, query)));
  }
}

/** Pages that hold nothing the lab keeps, but can be opened. */
const BARE_PAGES = [
  ...['settings-config', 'settings-upgrade', 'settings-preference', 'settings-datetime', 'settings-sip'],
  ...['account-basic', 'account-codec', 'account-adv', 'features-general', 'features-actionurl'],
  ...['network', 'network-adv', 'dsskey', 'security', 'trusted-cert', 'server-cert'],
];

function fieldsOf(phone: Phone, page: string, query: URLSearchParams): PageField[] | undefined {
  const { firmware } = phone.settings;
  if (BARE_PAGES.includes(page)) return [];
  switch (page) {
    case 'account-register':
      return accountFields(phone, query);
    case 'features-remotecontrl':
      // C: a client reads and writes this field.
      return [{ name: 'AURILimitIP', key: 'features.action_uri_limit_ip' }];
    case 'settings-autop':
      return [{ name: 'AutoProvisionServerURL', key: staticKey('auto_provision.server.url', firmware) }];
    default:
      return undefined;
  }
}

/** `acc` counts from 0 (C); without it the first account. */
function accountFields(phone: Phone, query: URLSearchParams): PageField[] | undefined {
  const line = Number(lineIndex(query)) + 1;
  if (!lineNumbers(phone).includes(line)) return undefined;
  const { fieldCase } = phone.settings.doubts;
  const server = serverNames(phone.settings.firmware);
  const cased = (name: string) => (fieldCase === 'lower' ? name.toLowerCase() : name);
  const names: Record<string, string | undefined> = {
    AccountEnable: 'enable',
    AccountLabel: 'label',
    AccountDisplayName: 'display_name',
    AccountRegisterName: 'auth_name',
    AccountUserName: 'user_name',
    [PASSWORD]: 'password',
    server1: server.address,
    port1: server.port,
    [cased('Transport1')]: server.transport,
    [cased('Expires1')]: server.expires,
    RetryCounts1: server.retries,
  };
  return Object.entries(names).flatMap(([name, key]) =>
    key === undefined ? [] : [{ name, key: accountKey(line, key) }],
  );
}

function lineIndex(query: URLSearchParams): string {
  return query.get('acc') || '0';
}

function formFor(phone: Phone, page: string, fields: PageField[], query: URLSearchParams): string {
  const inputs = fields.flatMap(({ name, key }) => {
    const value = name === PASSWORD ? shownPassword(phone, key) : settingOf(phone.config, key);
    return value === undefined ? [] : [input(name, value)];
  });
  const account = page === 'account-register' ? [input('var_accountID', lineIndex(query))] : [];
  return ['<form name="formInput" method="post">', ...inputs, ...account, '</form>'].join('\n');
}

function shownPassword({ config, settings }: Phone, key: string): string | undefined {
  const value = settingOf(config, key);
  const { shownPasswords, mask } = settings.doubts;
  if (shownPasswords === 'absent') return undefined;
  return shownPasswords === 'clear' || value === '' ? value : mask;
}

/** Undefined for a password that cannot be decrypted. The mask sent back means that it stays. */
function entriesOf(
  phone: Phone,
  session: Session,
  fields: PageField[],
  form: URLSearchParams,
): Entry[] | undefined {
  const { accountPassword, mask } = phone.settings.doubts;
  const entries: Entry[] = [];
  for (const { name, key } of fields) {
    const sent = form.get(name);
    if (sent === null) continue;
    const encrypted = name === PASSWORD && accountPassword === 'as-login' && sent !== '' && sent !== mask;
    const value = encrypted ? decryptPassword(phone, form, name, session.id) : sent;
    if (value === undefined) return undefined;
    if (name !== PASSWORD || value !== mask) entries.push([key, value]);
  }
  return entries;
}

/** Identity, and every account as `user@host:code`: 2 registered, 1 registering, 0 not (C). */
function statusPage(phone: Phone, { token }: Session): string {
  const { model, firmware, mac } = phone.settings;
  const accounts = Object.entries(accountsOf(phone)).map(([line, { user, server, status }]) => {
    const code = status === 'registered' ? '2' : status === 'registering' ? '1' : '0';
    const uri = user === '' ? '' : `${user}@${server.replace(/:\d+$/, '')}`;
    return [`Account${line}`, `${uri}:${code}`];
  });
  const shown = JSON.stringify(Object.fromEntries(accounts)).replace(/[\\"]/g, '\\$&').replace(/</g, '\\x3c');
  const content = [
    `<script type="text/javascript">var g_dataAccStatus = g_json.ParseJSON("${shown}");</script>`,
    '<table>',
    `<tr><td>Phone Model</td><td id="tdModel">SIP-${model}</td></tr>`,
    `<tr><td>Firmware Version</td><td id="tdFirmware">${firmware}</td></tr>`,
    `<tr><td>MAC Address</td><td id="tdMACAddress">${colons(mac).toUpperCase()}</td></tr>`,
    '</table>',
  ].join('\n');
  return webPage({ g_phonetype: model, g_strFirmware: firmware, g_strToken: token }, content);
}
