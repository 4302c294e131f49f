/** The three login forms of the servlet interface (C: four clients). Tags: see `lab/settings.ts`. */
import { createHash } from 'node:crypto';
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import { currentSession, type LoginVerdict, lockEnd, logIn, sessionOf } from '../access.ts';
import { decryptAes, decryptHex } from '../ciphers.ts';
import { formOf, html, notFound, plain, redirectTo, sessionCookie, sessionIdOf } from '../http.ts';
import { newVisitor, type Phone } from '../phone.ts';
import { loginPath, result, webPage } from './page.ts';

/** The login page: its cookie, and the key in page variables (b1, b2). A locked address sees how long it waits (C). */
export function loginForm(phone: Phone, incoming: Incoming): Reply {
  const until = lockEnd(phone.access, incoming.address);
  if (until !== undefined) {
    const minutes = Math.ceil((until - Date.now()) / 60_000);
    return html(
      200,
      webPage({}, `<p>You are not authorized, please try again ${minutes} minutes later.</p>`),
    );
  }
  const { model, firmware, generation } = phone.settings;
  const keys = { g_rsa_n: phone.key.modulus, g_rsa_e: phone.key.exponent };
  const variables = { g_phonetype: model, g_strFirmware: firmware, ...(generation === 'b0' ? {} : keys) };
  return html(200, webPage(variables, LOGIN_FORM), sessionCookie(newVisitor(phone)));
}

/** b0: the key and a session id as text, 'n,e,session' (C). */
export function sessionId(phone: Phone): Reply {
  const id = newVisitor(phone);
  return plain(200, `${phone.key.modulus},${phone.key.exponent},${id}`, sessionCookie(id));
}

/** Judges a login; the cookie must be one that a login page gave out. */
export function submitLogin(phone: Phone, incoming: Incoming): Reply {
  const { generation, doubts } = phone.settings;
  const id = sessionIdOf(incoming);
  const known = id !== undefined && (phone.access.offered.has(id) || currentSession(phone.access)?.id === id);
  // A login without the cookie is answered with 404, not as a wrong password (C).
  if (!known) return generation === 'b0' ? notFound() : result({ authstatus: 'none' });
  const form = formOf(incoming);
  const { username, password } =
    generation === 'b0' ? oldCredentials(phone, form, id) : newCredentials(phone, form, id);
  const verdict = logIn(phone.access, { id, username, password, address: incoming.address });
  return generation === 'b0' ? oldAnswer(verdict) : result({ authstatus: wordOf(verdict, doubts.busyWord) });
}

export function logOut(phone: Phone, incoming: Incoming): Reply {
  if (sessionOf(phone.access, sessionIdOf(incoming)) !== undefined) phone.access.session = undefined;
  return redirectTo(loginPath(phone));
}

/** A password as the login of this variant sends it: base64 AES of 'nonce;session;password' (b1), hex RSA (b2). */
export function decryptPassword(
  phone: Phone,
  form: URLSearchParams,
  name: string,
  id: string,
): string | undefined {
  const sent = form.get(name) ?? '';
  if (phone.settings.generation === 'b2') return decryptHex(phone.key, sent);
  const text = decryptForm(phone, form, { key: 'rsakey', iv: 'rsaiv', data: name });
  const [, nonce, session, password] = /^([^;]*);([^;]*);(.*)$/s.exec(text ?? '') ?? [];
  return nonce !== '' && session === id ? password : undefined;
}

const LOGIN_FORM =
  '<form name="loginForm" method="post"><input name="username" id="idUsername"><input name="pwd" id="idPassword" type="password"></form>';

function newCredentials(phone: Phone, form: URLSearchParams, id: string) {
  return { username: form.get('username') ?? '', password: decryptPassword(phone, form, 'pwd', id) };
}

/** b0: 'MD5=<sum>;rand=…;sessionid=…;username=…;pwd=…;', the sum over what follows it (C). */
function oldCredentials(phone: Phone, form: URLSearchParams, id: string) {
  const text = decryptForm(phone, form, { key: 'key', iv: 'iv', data: 'data' }) ?? '';
  const [, sum, rest = ''] = /^MD5=([0-9a-f]{32});(.*)$/s.exec(text) ?? [];
  const [, session, username = '', password] =
    /^rand=[^;]*;sessionid=([^;]*);username=([^;]*);pwd=(.*);$/s.exec(rest) ?? [];
  const sound = sum === createHash('md5').update(rest).digest('hex') && session === id;
  return { username, password: sound ? password : undefined };
}

/** The AES key and the initial vector come RSA-encrypted, as their own hexadecimal text (C). */
function decryptForm(
  phone: Phone,
  form: URLSearchParams,
  names: { key: string; iv: string; data: string },
): string | undefined {
  const key = decryptHex(phone.key, form.get(names.key) ?? '');
  const iv = decryptHex(phone.key, form.get(names.iv) ?? '');
  return key === undefined || iv === undefined ? undefined : decryptAes(key, iv, form.get(names.data) ?? '');
}

function wordOf(verdict: LoginVerdict, busyWord: string): string {
  if (verdict.kind === 'done') return 'done';
  if (verdict.kind === 'locked') return 'lock';
  return verdict.kind === 'busy' ? busyWord : 'none';
}

/** b0: only success redirects (C). */
function oldAnswer({ kind }: LoginVerdict): Reply {
  return kind === 'done' ? redirectTo('/servlet?p=status&q=load') : html(200, webPage({}, LOGIN_FORM));
}
