import type { Reply } from '../../sabotage.ts';
import { json } from '../http.ts';
import type { Phone } from '../phone.ts';

/** `{"ret":"ok","data":…}` (C). */
export function ok(data: unknown, headers: Record<string, string> = {}): Reply {
  return json({ ret: 'ok', data }, headers);
}

/** `{"ret":"failed","data":false,"error":{…}}` (C: three clients). */
export function failed({ settings }: Phone, why: Record<string, string>, status = 200): Reply {
  const top = settings.doubts.errorPlace === 'top' ? why : { error: why };
  return json({ ret: 'failed', data: false, ...top }, {}, status);
}

/** Refused for want of a session, a token or an origin; `webStatus` 403 is no verdict about the password (C). */
export function refused(phone: Phone): Reply {
  return failed(phone, { webStatus: '403' }, 403);
}

/** The JSON object of a body; empty for anything else. */
export function objectOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
