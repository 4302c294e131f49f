/** A lab with one P-Series box, and raw HTTP to it written from the vendor's documentation. */
import type { RequestOptions } from 'node:http';
import { afterEach } from 'vitest';
import {
  type Lab,
  type LabBoxControl,
  type LabYeastarP,
  type LabYeastarPService,
  startLab,
} from '../../../lab/index.ts';
import { send } from '../raw.ts';

export type Row = Record<string, unknown>;

/** What a box may answer, typed as a test that reads it hopes; a test that hopes in vain fails. */
export interface Answered {
  errcode: number;
  errmsg: string;
  id: number;
  total_number: number;
  access_token: string;
  refresh_token: string;
  call_id: string;
  password: string;
  data: Row[];
  queue_list: Row[];
  invalid_param_list: Row[];
}

export interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: Answered;
}

type Query = Record<string, string | number>;

export interface Bench {
  lab: Lab<LabYeastarPService>;
  service: LabYeastarPService;
  box: LabBoxControl;
  /** With the User-Agent that the box insists on, without a token. */
  raw(method: string, path: string, body?: string, options?: RequestOptions): Promise<Raw>;
  getToken(password?: string): Promise<Answered>;
  /** With a token of its own, taken at the first call. */
  get(path: string, query?: Query): Promise<Answered>;
  post(path: string, body?: unknown): Promise<Answered>;
}

const open: Lab<LabYeastarPService>[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.close()));
});

/** Plain HTTP and three extensions, 1000 to 1002, unless asked otherwise; closed after the test. */
export async function bench(wanted: Partial<LabYeastarP> = {}): Promise<Bench> {
  const settings: LabYeastarP = { driver: 'yeastar-p', name: 'sede', extensions: 3, tls: false, ...wanted };
  const lab = await startLab({ boxes: [settings] });
  open.push(lab);
  const service = lab.boxes[0];
  if (service === undefined) throw new Error('the lab started no box');
  return { lab, service, box: lab.box(settings.name), ...clientOf(service) };
}

function clientOf(service: LabYeastarPService): Pick<Bench, 'raw' | 'getToken' | 'get' | 'post'> {
  const raw: Bench['raw'] = async (method, path, body, options = {}) => {
    const headers = { 'User-Agent': 'OpenAPI', ...options.headers };
    const {
      status,
      headers: answered,
      text,
    } = await send(`${service.url}${path}`, body, {
      ...options,
      method,
      headers,
    });
    return { status, headers: answered, text, json: parsed(text) as Answered };
  };
  const { clientId, clientSecret } = service.credentials;
  const getToken = async (password = clientSecret): Promise<Answered> =>
    (await raw('POST', '/openapi/v1.0/get_token', JSON.stringify({ username: clientId, password }))).json;
  let token: Promise<string> | undefined;
  const address = async (path: string, query: Query = {}): Promise<string> => {
    token ??= getToken().then(({ access_token }) => access_token);
    const search = new URLSearchParams({ access_token: await token });
    for (const [key, value] of Object.entries(query)) search.set(key, String(value));
    return `/openapi/v1.0/${path}?${search}`;
  };
  return {
    raw,
    getToken,
    get: async (path, query) => (await raw('GET', await address(path, query))).json,
    post: async (path, body) => (await raw('POST', await address(path), JSON.stringify(body))).json,
  };
}

/** The record id that the API knows an extension by. */
export function idOf(box: LabBoxControl, number: string): number {
  const id = box.saved()[number]?.id;
  if (id === undefined) throw new Error(`no extension ${number}`);
  return Number(id);
}

/** Everything that `extension/create` requires; the passwords are made at run time. */
export function newcomer(number: string, more: Row = {}): Row {
  return {
    type: 'SIP',
    number,
    first_name: 'Nora',
    user_password: strong(`user ${number}`),
    reg_name: number,
    reg_password: strong(`reg ${number}`),
    concurrent_registrations: 1,
    presence_status: 'available',
    ...more,
  };
}

/** Upper and lower case and digits that never count up, made from a text. */
export function strong(salt: string): string {
  const letters = [...salt].map((letter) => String.fromCharCode(97 + (letter.charCodeAt(0) % 26))).join('');
  return `Q${letters.slice(0, 16).padEnd(8, 'k')}7w5Z`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
