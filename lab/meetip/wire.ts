/**
 * The wire of the action API (v1). Tags: see `lab/settings.ts`.
 *
 * - The status is 200 also on failure; a failure is an object whose `error` is a text (V, C).
 * - An empty map is `[]` (C, V): PHP knows one kind of empty array.
 * - GET and POST take the same parameters (D); PHP reads form-encoded bodies and no others (I).
 * - No CORS header (C).
 */
import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import { BROKEN_PAGE } from './building.ts';
import type { Platform, PlatformSettings, Tenant } from './platform.ts';

export type Params = Readonly<Record<string, string>>;

/** One action with its parameters. */
export interface Call {
  readonly platform: Platform;
  /** The one that `server` names; the master one for actions that take none. */
  readonly tenant: Tenant;
  readonly params: Params;
  readonly now: number;
}

/** The body of an answer, or the text of the refusal. */
export type Answer = object | string;

/** A map as PHP encodes it. */
export function phpMap(entries: Iterable<readonly [string, unknown]>): object {
  const list = [...entries];
  return list.length === 0 ? [] : Object.fromEntries(list);
}

/** The parameters of a request: of its URL, and of its body where it is a form. The last of equal names counts (PHP). */
export function paramsOf(incoming: Incoming, { post, doubts }: PlatformSettings): Params {
  const inUrl = Object.fromEntries(incoming.url.searchParams);
  if (incoming.method !== 'POST') return inUrl;
  const form = post && isForm(incoming) ? Object.fromEntries(new URLSearchParams(incoming.body)) : {};
  return doubts.postQuery === 'merged' ? { ...inUrl, ...form } : form;
}

function isForm({ headers }: Incoming): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}

export function replyOf(answer: Answer, settings: PlatformSettings): Reply {
  if (answer === BROKEN_PAGE) return htmlPage(200, 'Internal error');
  const body = json(typeof answer === 'string' ? { error: answer } : answer);
  const reply: Reply = {
    status: 200,
    headers: { ...SERVER, 'Content-Type': settings.doubts.mediaType },
    body,
  };
  return typeof answer === 'string' ? { ...reply, errno: withoutSecret(answer) } : reply;
}

/** The panel's login page, or PHP's own error page: the vendor's are U, these are stand-ins. */
export function htmlPage(status: number, title: string): Reply {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${title}</body></html>\n`;
  return { status, headers: { ...SERVER, 'Content-Type': 'text/html; charset=UTF-8' }, body };
}

/** What PHP prints into an answer when the server's settings let it (C: clients look for these words). */
export const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key "vmail" in <b>index.php</b> on line <b>217</b><br />\n';

export const SERVER = { Server: 'PBXware' } as const;

/** As PHP writes JSON: slashes and everything beyond ASCII escaped (I). */
export function json(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A refusal may repeat what was sent; the log of requests must not. */
function withoutSecret(text: string): string {
  return text.replace(/'(secret|password|pin|auth)=.*?' contains/, "'$1' contains");
}
