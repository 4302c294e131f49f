/** The web interface up to V7x: every page behind HTTP Basic; the lab's is read only (C: endpoint managers). */
import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import { basicAccepted } from './access.ts';
import { formatCfg } from './cfg.ts';
import { exported } from './config.ts';
import { attachment, escapeHtml, html, notFound, plain, redirectTo, unauthorized } from './http.ts';
import { accountsOf } from './lines.ts';
import { colons, type Phone } from './phone.ts';

const PAGES = '/cgi-bin/ConfigManApp.com';
const COMMANDS = '/cgi-bin/cgiServer.exx';

export function respondLegacy(phone: Phone, incoming: Incoming): Reply {
  const accepted = basicAccepted(phone.access, incoming.headers.authorization);
  if (incoming.headers.authorization !== undefined) {
    phone.access.logins.push({ at: Date.now(), address: incoming.address, accepted });
  }
  if (!accepted) return unauthorized(`Yealink SIP-${phone.settings.model}`);
  const { pathname, searchParams } = incoming.url;
  if (incoming.method !== 'GET') return notFound();
  if (pathname === '/') return redirectTo(`${PAGES}?Id=1`);
  if (pathname === PAGES) return page(phone, searchParams.get('Id') ?? '1');
  return pathname === COMMANDS ? command(phone, searchParams) : notFound();
}

/** Id 1 is the status page (C); the others show that they exist. */
function page(phone: Phone, id: string): Reply {
  const { model, firmware, mac } = phone.settings;
  if (!/^\d{1,2}$/.test(id)) return notFound();
  if (id !== '1')
    return html(200, `<html><head><title>Yealink ${model}</title></head><body></body></html>\n`);
  const rows = Object.entries(accountsOf(phone)).map(([line, { status, user, server }]) => {
    const uri = user === '' ? '' : `${user}@${server.replace(/:\d+$/, '')}`;
    return `<tr><td>Account ${line}</td><td>${escapeHtml(uri)}</td><td>${status}</td></tr>`;
  });
  const content = [
    `<html><head><script>var devtype="${model.toLowerCase()}";</script></head><body><table>`,
    `<tr><td>Firmware Version</td><td>${firmware}</td></tr>`,
    `<tr><td>MAC Address</td><td>${colons(mac).toUpperCase()}</td></tr>`,
    ...rows,
    '</table></body></html>',
    '',
  ];
  return html(200, content.join('\n'));
}

/** `getDownloadConfig("1")` prepares the file that `download=` then gives (C); a real one is packed (U how). */
function command(phone: Phone, query: URLSearchParams): Reply {
  if (/^(getDownloadConfig|msgSendMessage)\(/.test(query.get('command') ?? '')) return plain(200, '0');
  if (query.get('download') !== '/tmp/config.bin') return notFound();
  return attachment('config.bin', formatCfg(exported(phone.config)));
}
