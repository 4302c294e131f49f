import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';

/** A part of a multipart form. */
export interface Part {
  name: string;
  filename: string | undefined;
  content: string;
}

export function html(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': 'text/html', ...SERVER, ...headers }, body };
}

export function json(content: unknown, headers: Record<string, string> = {}, status = 200): Reply {
  const body = JSON.stringify(content);
  return { status, headers: { 'Content-Type': 'application/json', ...SERVER, ...headers }, body };
}

export function plain(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': 'text/plain', ...SERVER, ...headers }, body };
}

/** A configuration file to save. */
export function attachment(filename: string, body: string): Reply {
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${filename}"`,
  };
  return { status: 200, headers: { ...SERVER, ...headers }, body };
}

export function redirectTo(location: string): Reply {
  return { status: 302, headers: { ...SERVER, Location: location }, body: '' };
}

export function notFound(): Reply {
  return html(404, '<html><body>404 Not Found</body></html>\n');
}

/** The words of a real unit asked without its token (C). */
export function forbidden(): Reply {
  return html(403, '<html><body>403 User Identity Forbidden</body></html>\n');
}

export function unauthorized(realm: string): Reply {
  return html(401, '<html><body>401 Unauthorized</body></html>\n', {
    'WWW-Authenticate': `Basic realm="${realm}"`,
  });
}

/** A session cookie as phones name it (C). */
export function sessionCookie(id: string): Record<string, string> {
  return { 'Set-Cookie': `${COOKIE}=${id}; Path=/; HttpOnly` };
}

export function sessionIdOf({ headers }: Incoming): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}

/** Fields of a form body, as sent. */
export function formOf({ body }: Incoming): URLSearchParams {
  return new URLSearchParams(body);
}

/** The parts of a multipart body; none for any other body. */
export function partsOf({ headers, body }: Incoming): Part[] {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(headers['content-type'] ?? '') ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return [];
  return body.split(`--${boundary}`).slice(1, -1).flatMap(partOf);
}

/** Whether the request says that it comes from a page of this very host. */
export function comesFromHere({ headers }: Incoming): boolean {
  const origin = typeof headers.origin === 'string' ? headers.origin : headers.referer;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === headers.host;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const COOKIE = 'JSESSIONID';
const SERVER = { Server: 'yealink embed httpd' };

function partOf(text: string): Part[] {
  const at = text.indexOf('\r\n\r\n');
  if (at === -1) return [];
  const head = text.slice(0, at);
  const [, name] = /\bname="([^"]*)"/i.exec(head) ?? [];
  const [, filename] = /\bfilename="([^"]*)"/i.exec(head) ?? [];
  return name === undefined ? [] : [{ name, filename, content: text.slice(at + 4).replace(/\r\n$/, '') }];
}
