/** The Action URI: key presses over HTTP, and `phonecfg` (D; the order of the fields of an account C). */
import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import { basicAccepted } from './access.ts';
import { settingOf } from './config.ts';
import { forbidden, plain, unauthorized } from './http.ts';
import { accountKey, accountsOf, lineNumbers } from './lines.ts';
import { colons, type Phone } from './phone.ts';
import { reboot, resetToFactory } from './power.ts';
import { fetchConfiguration } from './provisioning.ts';

/** Whether a request is one for the Action URI; only then {@link actionUri} is asked. */
export function isActionUri({ url }: Incoming): boolean {
  return PATHS.includes(url.pathname) && ['key', 'phonecfg'].some((name) => url.searchParams.has(name));
}

/**
 * Gates first (D): the feature, the list of addresses (403 for either), the password, then the prompt on the phone's
 * screen, refused with 403 until somebody accepts (I: the answer meanwhile).
 */
export function actionUri(phone: Phone, incoming: Incoming): Reply {
  const address = addressOf(incoming);
  if (setting(phone, 'features.action_uri.enable') !== '1') return forbidden();
  if (!isAllowed(setting(phone, 'features.action_uri_limit_ip'), address)) return forbidden();
  if (!isAuthenticated(phone, incoming)) return unauthorized(phone.settings.model);
  if (!isAccepted(phone, address)) return forbidden();
  const { searchParams } = incoming.url;
  const key = searchParams.get('key');
  if (key === null)
    return searchParams.get('phonecfg') === 'get' ? phoneCfg(phone, searchParams) : forbidden();
  return press(phone, key) ? plain(200, '') : forbidden();
}

/** Blank refuses all; 'any'; a comma list; `*` stands for any run of characters (D). */
export function isAllowed(list: string, address: string): boolean {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => entry === 'any' || (entry !== '' && wildcard(entry).test(address)));
}

const PATHS = ['/servlet', '/cgi-bin/ConfigManApp.com', '/cgi-bin/cgiServer.exx'];

/** Keys that do nothing the lab can show. */
const OTHER_KEYS =
  /^(OK|ENTER|CANCEL|X|MUTE|HOLD|SPEAKER|HEADSET|MSG|RD|MENU|VOLUME_(UP|DOWN)|[LF]\d{1,2}|D\d{1,2}|[0-9*#]|DND(On|Off)|CallEnd|number=.+)$/;

function press(phone: Phone, key: string): boolean {
  if (key === 'AutoP') void fetchConfiguration(phone);
  else if (key === 'Reset') void resetToFactory(phone);
  else if (key === 'Reboot') {
    if (phone.settings.doubts.actionUriReboot === 'obeyed') void reboot(phone);
  } else return OTHER_KEYS.test(key);
  return true;
}

/** HTTP Basic, or the old prefix with the password in the address (D). */
function isAuthenticated({ access }: Phone, { headers, url }: Incoming): boolean {
  const { searchParams } = url;
  if (searchParams.get('p') === 'login' && searchParams.get('q') === 'login') {
    const given = `${searchParams.get('username')}:${searchParams.get('pwd')}`;
    return basicAccepted(access, `Basic ${Buffer.from(given).toString('base64')}`);
  }
  return basicAccepted(access, headers.authorization);
}

function isAccepted(phone: Phone, address: string): boolean {
  if (setting(phone, 'features.show_action_uri_option') !== '1' || phone.remote.allowed.has(address))
    return true;
  phone.remote.prompts.add(address);
  return false;
}

function phoneCfg(phone: Phone, asked: URLSearchParams): Reply {
  const { mac, firmware } = phone.settings;
  const wants = (name: string) => asked.get(name) === '1';
  const lines = [
    ...(wants('fw') ? [`FirmwareVersion=${firmware}`] : []),
    `MACAddress=${colons(mac).toUpperCase()}`,
    ...(wants('dnd') ? ['DND=0'] : []),
    ...(wants('accounts') ? accountLines(phone) : []),
  ];
  return plain(200, `${lines.join('\n')}\n`);
}

/** Counted from 0: enabled or not, label, register name, display name, a field U, user@host, a field U (C). */
function accountLines(phone: Phone): string[] {
  const accounts = accountsOf(phone);
  return lineNumbers(phone).map((line) => {
    const value = (name: string) => setting(phone, accountKey(line, name));
    const { enabled = false, server = '', user = '' } = accounts[String(line)] ?? {};
    const host = server.replace(/:\d+$/, '');
    const uri = user === '' && host === '' ? '' : `${user}@${host}`;
    const fields = [value('label'), value('auth_name'), value('display_name'), '', uri, ''];
    return `Account${line - 1}=${[enabled ? 'Enabled' : 'Disabled', ...fields].join('|')}`;
  });
}

function setting({ config }: Phone, key: string): string {
  return settingOf(config, key);
}

function wildcard(entry: string): RegExp {
  const parts = entry.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function addressOf({ address }: Incoming): string {
  return address.replace(/^::ffff:/, '');
}
