/** Raw HTTP to a simulated box, written from the vendor's documentation: no client of the project is involved. */
import { createHash } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';
import type { LabYeastarService } from '../../lab/index.ts';

type Row = Record<string, string>;
type Rows = [Row, ...Row[]];

/** What a box may answer, typed as a test that reads it hopes; a test that hopes in vain fails. */
export interface AnsweredJson {
  id: string;
  services: unknown[];
  routes: string[];
  '1000': Row;
  status: string;
  errno: string;
  token: string;
  transport: string;
  callid: string;
  error: string;
  total: number;
  counts: Record<string, number>;
  deviceinfo: Row;
  extinfos: Rows;
  extlist: Rows;
  extensiongroup: Rows;
  inbound: Rows;
  outbound: Rows;
}

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: AnsweredJson;
}

export interface How {
  method?: string;
  token?: string;
  tokenName?: string;
  query?: string;
  /** Sent as it is, instead of JSON. */
  body?: string;
  options?: RequestOptions;
}

export function send(url: string, body: string | undefined, options: RequestOptions): Promise<Answered> {
  const request = url.startsWith('https:') ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, { rejectUnauthorized: false, agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: parsed(text) as AnsweredJson,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function call(
  service: LabYeastarService,
  path: string,
  params?: unknown,
  how: How = {},
): Promise<Answered> {
  const query = new URLSearchParams(how.query);
  if (how.token !== undefined) query.set(how.tokenName ?? 'token', how.token);
  const body = how.body ?? (params === undefined ? undefined : JSON.stringify(params));
  const options = { method: how.method ?? 'POST', ...how.options };
  return send(`${service.url}/api/${path}${query.size === 0 ? '' : `?${query}`}`, body, options);
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

export function login(
  service: LabYeastarService,
  version = 'v2.0.0',
  options: RequestOptions = {},
): Promise<Answered> {
  const { username, password } = service.credentials;
  return call(service, `${version}/login`, { username, password: md5(password), port: '8260' }, { options });
}

/** Calls one version of the API with a live token. */
export type Api = (action: string, params?: unknown, how?: How) => Promise<Answered>;

export async function api(service: LabYeastarService, version = 'v2.0.0'): Promise<Api> {
  const { json } = await login(service, version);
  return (action, params, how) =>
    call(service, `${version}/${action}`, params, { token: json.token, ...how });
}

/** A secret that is strong in every reading, made at run time. */
export function strong(salt: string): string {
  const letters = md5(salt).replace(/\d/g, 'x').slice(0, 14);
  return `${letters}Q7w5`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
