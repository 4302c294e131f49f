/** The JSON interface as a client meets it, written from the notes of field clients: no code of the lab. */
import type { LabPhoneService } from '../../../lab/index.ts';
import { type Answered, send } from '../raw.ts';
import { rsaHex } from './ciphers.ts';
import { cookieOf, type Form, post, upload } from './servlet.ts';

/** What an answer holds, as a test hopes. */
export interface Spoken {
  ret: string;
  data: unknown;
  error: Record<string, string>;
}

export interface ModernSession {
  cookie: string;
  token: string;
  /** Headers of a request from the phone's own pages. */
  headers: Form;
  read(path: string): Promise<Answered>;
  tell(path: string, body?: unknown, headers?: Form): Promise<Answered>;
  /** The values of readconfig. */
  config(...names: string[]): Promise<Record<string, string>>;
  exported(): Promise<Answered>;
  imported(text: string, field?: string): Promise<Answered>;
}

export function spoken({ text }: Answered): Spoken {
  return JSON.parse(text) as Spoken;
}

export function ask(url: string, path: string, body: unknown, headers: Form = {}): Promise<Answered> {
  const type = { 'Content-Type': 'application/json;charset=UTF-8' };
  return send(`${url}${path}`, JSON.stringify(body), { method: 'POST', headers: { ...type, ...headers } });
}

export async function submit(service: LabPhoneService, password: string): Promise<Answered> {
  const { url, credentials } = service;
  const info = await ask(url, '/api/common/info?p=Login&t=1', {
    idlist: ['wui.common.rsaN', 'wui.common.rsaE'],
  });
  const keys = spoken(info).data as Record<string, string>;
  const key = { n: keys['wui.common.rsaN'] ?? '', e: keys['wui.common.rsaE'] ?? '' };
  const pwd = `__WUI_ENC__:${rsaHex(password, key)}`;
  return post(url, '/api/auth/login?p=Login&t=2', { username: credentials.username, pwd });
}

const FILES = '/api/diagnosis/cfg/file';
const STATUS = '/api/autop/status?noAutoJump=true&atptaskid=0&p=SettingConfig&t=4';

export async function logIn(service: LabPhoneService): Promise<ModernSession> {
  const { url, credentials } = service;
  const answer = await submit(service, credentials.password);
  const cookie = cookieOf(answer);
  const info = await ask(url, '/api/common/info?p=Login&t=3', { idlist: ['wui'] }, { Cookie: cookie });
  const token = (spoken(info).data as Record<string, string>)['wui.common.token'] ?? '';
  const headers = { Cookie: cookie, 'X-CSRFToken': token, Origin: url, Referer: `${url}/` };
  const read = (path: string) => send(`${url}${path}`, undefined, { method: 'GET', headers });
  const tell = (path: string, body: unknown = {}, more: Form = {}) =>
    ask(url, path, body, { ...headers, ...more });
  return {
    cookie,
    token,
    headers,
    read,
    tell,
    async config(...names) {
      const { data } = spoken(await tell('/api/inner/readconfig?p=AccountRegister&t=5', { formData: names }));
      return (data as { formData: Record<string, string> }).formData;
    },
    async exported() {
      await read(STATUS);
      return post(url, `${FILES}?action=export&type=all`, { csrfmiddlewaretoken: token }, headers);
    },
    async imported(text, field = 'CFGConfigUpload') {
      await read(STATUS);
      return upload(url, `${FILES}?action=import`, field, text, headers);
    },
  };
}
