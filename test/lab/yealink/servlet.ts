/** The servlet interface as a client meets it, written from the notes of field clients: no code of the lab. */
import type { LabPhoneService } from '../../../lab/index.ts';
import { type Answered, send } from '../raw.ts';
import { aesBase64, hex32, md5, type PublicKey, rsaHex } from './ciphers.ts';

export interface Visit {
  cookie: string;
  key: PublicKey;
  session: string;
}

export type Form = Record<string, string>;

export function get(url: string, path: string, headers: Form = {}): Promise<Answered> {
  return send(`${url}${path}`, undefined, { method: 'GET', headers });
}

export function post(url: string, path: string, form: Form, headers: Form = {}): Promise<Answered> {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return send(`${url}${path}`, new URLSearchParams(form).toString(), {
    method: 'POST',
    headers: { ...type, ...headers },
  });
}

/** A multipart body with one file. */
export function upload(
  url: string,
  path: string,
  field: string,
  text: string,
  headers: Form = {},
): Promise<Answered> {
  const boundary = '----boundary7d1f';
  const head = `Content-Disposition: form-data; name="${field}"; filename="config.cfg"\r\nContent-Type: application/octet-stream`;
  const body = `--${boundary}\r\n${head}\r\n\r\n${text}\r\n--${boundary}--\r\n`;
  const type = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
  return send(`${url}${path}`, body, { method: 'POST', headers: { ...type, ...headers } });
}

export const variable = (text: string, name: string): string =>
  new RegExp(`var ${name} = "([^"]*)"`).exec(text)?.[1] ?? '';

/** The JSON of an answer's result. */
export function resultOf({ text }: Answered): Record<string, unknown> {
  const [, inside = ''] = /<div id="_RES_INFO_"[^>]*>([\s\S]*?)<\/div>/.exec(text) ?? [];
  return inside === '' ? {} : (JSON.parse(inside) as Record<string, unknown>);
}

/** The submittable fields of a page. */
export function fieldsOf(text: string): Form {
  const inputs = [...text.matchAll(/<input[^>]*yltype="post"[^>]*>/g)].map(([tag]) => tag);
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
}

export async function visit({ url }: LabPhoneService): Promise<Visit> {
  const page = await get(url, '/servlet?m=mod_listener&p=login&q=loginForm&jumpto=status');
  const cookie = cookieOf(page);
  const key = { n: variable(page.text, 'g_rsa_n'), e: variable(page.text, 'g_rsa_e') };
  return { cookie, key, session: cookie.split('=')[1] ?? '' };
}

/** A password as b1 wants it, with the key it is encrypted under. */
export function wrapped(
  password: string,
  { key, session }: Visit,
): { data: string; rsakey: string; rsaiv: string } {
  const [aes, iv] = [hex32(), hex32()];
  return {
    data: aesBase64(`0.42;${session};${password}`, aes, iv),
    rsakey: rsaHex(aes, key),
    rsaiv: rsaHex(iv, key),
  };
}

export async function loginB1(service: LabPhoneService, password = service.credentials.password, at?: Visit) {
  const visitor = at ?? (await visit(service));
  const { data, rsakey, rsaiv } = wrapped(password, visitor);
  const form = { username: service.credentials.username, pwd: data, rsakey, rsaiv };
  const answer = await post(service.url, '/servlet?m=mod_listener&p=login&q=login&Rajax=0.1', form, {
    Cookie: visitor.cookie,
  });
  return { ...visitor, answer, result: resultOf(answer) };
}

export async function loginB2(service: LabPhoneService, password = service.credentials.password) {
  const visitor = await visit(service);
  const form = { username: service.credentials.username, pwd: rsaHex(password, visitor.key) };
  const answer = await post(service.url, '/servlet?m=mod_listener&p=login&q=login&Rajax=0.1', form, {
    Cookie: visitor.cookie,
  });
  return { ...visitor, answer, result: resultOf(answer) };
}

export async function loginB0(
  service: LabPhoneService,
  password = service.credentials.password,
  withCookie = true,
) {
  const { url, credentials } = service;
  const { text } = await get(url, '/servlet?p=login&q=getsessionid');
  const [n = '', e = '', session = ''] = text.trim().split(',');
  const key = { n, e };
  const [aes, iv] = [hex32(), hex32()];
  const rest = `rand=0.3;sessionid=${session};username=${credentials.username};pwd=${password};`;
  const data = aesBase64(`MD5=${md5(rest)};${rest}`, aes, iv);
  const cookie = `JSESSIONID=${session}`;
  const form = { key: rsaHex(aes, key), iv: rsaHex(iv, key), data, jumpto: 'status', acc: '' };
  const answer = await post(url, '/servlet?p=login&q=login', form, withCookie ? { Cookie: cookie } : {});
  return { cookie, key, session, answer };
}

export function cookieOf({ headers }: Answered): string {
  return (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

function attribute(tag: string, name: string): string {
  const [, value = ''] = new RegExp(`${name}="([^"]*)"`).exec(tag) ?? [];
  const entities: Form = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
  return value.replace(/&\w+;/g, (entity) => entities[entity] ?? entity);
}
