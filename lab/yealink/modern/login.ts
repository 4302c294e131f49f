/** Login of the JSON interface (C: three clients). */
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import { logIn, sessionOf } from '../access.ts';
import { decryptHex } from '../ciphers.ts';
import { formOf, sessionCookie, sessionIdOf } from '../http.ts';
import { newVisitor, type Phone } from '../phone.ts';
import { failed, ok } from './answers.ts';

/** Marks a password encrypted with the phone's key (C). */
const MARK = '__WUI_ENC__:';

/** A form of `username` and `pwd`. The session's id is given as a cookie. */
export function submitLogin(phone: Phone, incoming: Incoming): Reply {
  const form = formOf(incoming);
  const id = sessionOf(phone.access, sessionIdOf(incoming))?.id ?? newVisitor(phone);
  const password = decryptMarked(phone, form.get('pwd'));
  const verdict = logIn(phone.access, {
    id,
    username: form.get('username') ?? '',
    password,
    address: incoming.address,
  });
  switch (verdict.kind) {
    case 'done':
      return ok(true, sessionCookie(id));
    case 'busy':
      return failed(phone, { webStatus: 'error', msg: 'auth_err_user_busy', lineIp: verdict.address });
    case 'locked':
      return failed(phone, { webStatus: 'lock', lockTime: lockTime(phone, verdict.until - Date.now()) });
    default:
      return failed(phone, { webStatus: 'error', msg: 'error_username_or_password_is_wrong' });
  }
}

export function logOut(phone: Phone, incoming: Incoming): Reply {
  if (sessionOf(phone.access, sessionIdOf(incoming)) === undefined)
    return failed(phone, { webStatus: '403' }, 403);
  phone.access.session = undefined;
  return ok(true);
}

/** Undefined for a password that is not encrypted with the phone's key. */
export function decryptMarked(phone: Phone, sent: unknown): string | undefined {
  if (typeof sent !== 'string' || !sent.startsWith(MARK)) return undefined;
  return decryptHex(phone.key, sent.slice(MARK.length));
}

function lockTime({ settings }: Phone, ms: number): string {
  return String(Math.ceil(ms / (settings.doubts.lockTimeUnit === 'minutes' ? 60_000 : 1000)));
}
