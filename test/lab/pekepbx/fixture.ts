import { afterEach } from 'vitest';
import type { LabPekepbxService } from '../../../lab/contract.ts';
import { type Lab, type LabBoxControl, type LabPekepbx, startLab } from '../../../lab/index.ts';
import { send } from '../raw.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: unknown;
}

/** Calls the API with JSON headers; `path` below /api/v2. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface Bench {
  lab: Lab<LabPekepbxService>;
  service: LabPekepbxService;
  box: LabBoxControl;
  /** Without a token. */
  bare: Ask;
}

const open: Lab<LabPekepbxService>[] = [];
const JSON_HEADERS = { Accept: 'application/json', 'Content-Type': 'application/json' };

/** Starts a lab with one platform, plain HTTP unless asked otherwise, closed after the test. */
export async function platform(wanted: Partial<LabPekepbx> = {}): Promise<Bench> {
  const box: LabPekepbx = { driver: 'pekepbx', name: 'pbx2', tls: false, ...wanted };
  const lab = await startLab({ boxes: [box] });
  open.push(lab);
  const service = lab.boxes[0];
  if (service === undefined) throw new Error('the lab started no PekePBX');
  return { lab, service, box: lab.box(box.name), bare: askOf(service.url, {}) };
}

/** Logged in as the super-administrator. */
export async function loggedIn(
  wanted: Partial<LabPekepbx> = {},
): Promise<Bench & { ask: Ask; token: string }> {
  const bench = await platform(wanted);
  const { json } = await bench.bare('POST', 'login', bench.service.credentials);
  const token = String(pick(json, 'token'));
  return { ...bench, token, ask: withToken(bench.service, token) };
}

/** Logged in and about one company: the way of each dialect. */
export async function inCompany(
  wanted: Partial<LabPekepbx> = {},
  index = 0,
): Promise<Bench & { ask: Ask; token: string }> {
  const bench = await loggedIn(wanted);
  const id = bench.service.tenants[index]?.id ?? '';
  if (wanted.edition === 'b') {
    return { ...bench, ask: withToken(bench.service, bench.token, { 'X-Company-Id': id }) };
  }
  if (wanted.edition === 'c') {
    await bench.ask('POST', `company/${id}/enter`);
    return bench;
  }
  const ask: Ask = (method, path, body, headers) =>
    bench.ask(method, `${path}${path.includes('?') ? '&' : '?'}companyId=${id}`, body, headers);
  return { ...bench, ask };
}

export function withToken(
  service: LabPekepbxService,
  token: string,
  headers: Record<string, string> = {},
): Ask {
  return askOf(service.url, { Authorization: `Bearer ${token}`, ...headers });
}

function askOf(url: string, always: Record<string, string>): Ask {
  return (method, path, body, headers = {}) =>
    send(`${url}/api/v2/${path}`, body === undefined ? undefined : JSON.stringify(body), {
      method,
      headers: { ...JSON_HEADERS, ...always, ...headers },
    });
}

/** What stands at a dotted place of an answer. */
export function pick(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], json);
}

/** Bodies that create the same user in each dialect. */
export function userBody(edition: 'a' | 'b' | 'c', number: string, more: Record<string, unknown> = {}) {
  const name = `Persona ${number}`;
  const email = `p${number}@acme.example`;
  const password = 'correct horse';
  if (edition !== 'b') return { extension: number, full_name: name, email, role: 'user', password, ...more };
  return {
    sip: { name: `ext90001${number}`, ...(more.sip as object | undefined) },
    user: { fullName: name, mail: email, roleId: 2, password, ...(more.user as object | undefined) },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'sip' && key !== 'user')),
  };
}

/** The id in the answer to a creation. */
export function createdId({ json }: Answer): string {
  return String(pick(json, 'data.id') ?? pick(json, 'uuid'));
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.close()));
});
