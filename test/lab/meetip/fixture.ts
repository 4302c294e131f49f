/** Raw requests to a simulated server, written from the vendor's documentation: no client of the project is involved. */
import { createHash } from 'node:crypto';
import { afterEach, vi } from 'vitest';
import {
  type Lab,
  type LabBoxControl,
  type LabMeetip,
  type LabMeetipService,
  type LabPhone,
  startLab,
} from '../../../lab/index.ts';
import { type Answered, send } from '../raw.ts';

/** What the server may answer, as far as a test looks at it. */
export interface Said {
  error?: string;
  success?: string;
  id?: string | number;
  ext?: number;
  state?: string;
  [key: string]: unknown;
}

export type Reply = Omit<Answered, 'json'> & { json: Said };
export type Params = Readonly<Record<string, string>>;

/** Calls one action; values that are undefined are left out. */
export type Api = (action: string, params?: Readonly<Record<string, string | undefined>>) => Promise<Reply>;

export interface Bench {
  lab: Lab<LabMeetipService>;
  service: LabMeetipService;
  box: LabBoxControl;
  /** With the service's own key, by GET. */
  api: Api;
  /** A POST with a form. */
  post: Api;
  /** The path below the server, as it is. */
  raw(path: string, method?: string, body?: string, headers?: Record<string, string>): Promise<Reply>;
}

const open: Lab<LabMeetipService>[] = [];

/** Starts one server, closed after the test. Its first tenant is 301 with id 169 and three digits, its second 412 with id 203. */
export async function bench(wanted: Partial<LabMeetip> = {}, phones: LabPhone[] = []): Promise<Bench> {
  const settings: LabMeetip = { driver: 'meetip', name: 'sip9', ...wanted };
  const lab = await startLab<LabMeetip>({ boxes: [settings], phones });
  open.push(lab);
  const [service] = lab.boxes;
  if (service === undefined) throw new Error('the lab started no server');
  const raw: Bench['raw'] = async (path, method = 'GET', body, headers = {}) =>
    said(await send(`${service.url}${path}`, body, { method, headers }));
  return {
    lab,
    service,
    box: lab.box(settings.name),
    raw,
    api: (action, params) => raw(`/index.php?${form(service, action, params)}`),
    post: (action, params) => raw('/index.php', 'POST', form(service, action, params), FORM),
  };
}

export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** What the API v2 may answer. */
export type Api2 = (method: string, path: string, body?: unknown) => Promise<Reply>;

/** The API v2 of the first tenant, with the service's own key. */
export function api2({ raw, service }: Bench, tenant = '301', key = service.credentials.apiKey): Api2 {
  return (method, path, body) =>
    raw(`/api/org/${tenant}/v2/${path}`, method, body === undefined ? undefined : JSON.stringify(body), {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
    });
}

/** Strong in the rule that is in effect, made at run time. */
export function strong(salt: string): string {
  return `Aa7-${createHash('sha256').update(salt).digest('hex').slice(0, 16)}`;
}

/** All that `ext.add` demands, with a number. */
export function person(ext: string | undefined, more: Params = {}): Record<string, string | undefined> {
  return {
    server: '169',
    ext,
    name: 'Ana Núñez',
    email: 'ana@acme.example',
    location: '2',
    ua: '50',
    secret: strong(ext ?? 'free'),
    pin: '4821',
    prot: 'sip',
    status: '1',
    incominglimit: '2',
    outgoinglimit: '3',
    voicemail: '1',
    ...more,
  };
}

/** One extension as `ext.configuration` shows it. */
export async function shown(api: Api, ext: string, server = '169'): Promise<Said & { options: Said }> {
  const { json } = await api('ext.configuration', { server, ext });
  const [entry] = Object.values(json);
  return entry as Said & { options: Said };
}

/** What a body must be to make an extension in the API v2. */
export function body2(number: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    number,
    name: 'Ana Núñez',
    email: 'ana@acme.example',
    status: 'active',
    dtmf_mode: 'rfc2833',
    user_type: 'user',
    authentication: { secret: strong(number), user_password: strong('user'), pin: '4821' },
    uad: { id: 50, location: 'remote' },
    codecs: { allowed: [{ name: 'alaw', ptime: 20 }] },
    ...more,
  };
}

/** Stops the clock; it goes on with {@link pass} alone. */
export function freeze(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
}

export function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

function form(
  { credentials }: LabMeetipService,
  action: string,
  params: Readonly<Record<string, string | undefined>> = {},
) {
  const sent = { apikey: credentials.apiKey, action: `pbxware.${action}`, ...params };
  const present = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(present).toString();
}

function said(answer: Answered): Reply {
  const json: object | undefined = answer.json;
  return { ...answer, json: { ...json } };
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((lab) => lab.close()));
});
