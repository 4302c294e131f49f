/** What a colleague does beside us: in the panel, through the same API, or at a moment of ours. */
import type { LabPekepbxService } from '../../../lab/index.ts';
import type { Work } from './scenario.ts';

/** One call of the API by a super-administrator, about our company unless it is about companies. */
export interface Call {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Below /api/v2. */
  readonly path: string;
  readonly body?: object;
}

/** Logs in beside us, calls, and logs out again. @returns the answer's JSON; null where it has none */
export async function asAdministrator({ service }: Work, calls: (api: Api) => Promise<void>): Promise<void> {
  const { url, credentials, tenants } = service('nube');
  const plain = { Accept: 'application/json', 'Content-Type': 'application/json' };
  const login = await fetch(`${url}/api/v2/login`, {
    method: 'POST',
    headers: plain,
    body: JSON.stringify(credentials),
  });
  const { token } = (await login.json()) as { token: string };
  const headers = { ...plain, Authorization: `Bearer ${token}`, 'X-Company-Id': tenants[0]?.id ?? '' };
  const api: Api = async ({ method, path, body }) => {
    const answer = await fetch(`${url}/api/v2${path}${path.includes('?') ? '&' : '?'}companyId=90001`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    const text = await answer.text();
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
  await calls(api);
  await fetch(`${url}/api/v2/logout`, { headers });
}

export type Api = (call: Call) => Promise<unknown>;

type Lists = Partial<Record<'data' | 'results', readonly Readonly<Record<string, unknown>>[]>>;

/** Takes a DID away from the company. */
export function dropDid(work: Work, number: string): Promise<void> {
  return asAdministrator(work, async (api) => {
    const { data, results } = (await api({ method: 'GET', path: '/did' })) as Lists;
    const found = (data ?? results ?? []).find((row) => Object.values(row).includes(number));
    await api({ method: 'DELETE', path: `/did/${String(found?.id ?? found?.uuid)}` });
  });
}

/** Gives our company another name. */
export function renameCompany(work: Work, name: string): Promise<void> {
  const [company] = work.service('nube').tenants;
  return asAdministrator(work, async (api) => {
    await api({ method: 'PUT', path: `/company/${company?.id}`, body: { name, legalName: name } });
  });
}

/** Somebody else's login from the same address, with a wrong password. */
export async function failToLogIn({ service }: Work): Promise<void> {
  const { url, credentials }: LabPekepbxService = service('nube');
  await fetch(`${url}/api/v2/login`, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: credentials.username, password: 'Otra-Cosa-4821' }),
  });
}

/**
 * Lets something happen while one request is under way, before it is carried out.
 * @param nth which of the requests whose path holds `path`
 */
export function duringThe(nth: number, path: string, { box }: Work, act: () => unknown, ms = 250): void {
  const before = box.requests().total;
  box.addFault({ kind: 'latency', ms, match: { path, nth } });
  const look = setInterval(() => {
    const seen = box.requests().entries.slice(before);
    if (seen.filter((entry) => entry.path.includes(path)).length < nth) return;
    clearInterval(look);
    act();
  }, 5);
  look.unref();
}
