import type { LabTenant } from '../../contract.ts';
import type { Dialect, Directory } from '../dialect.ts';
import type { Kind, Values } from '../model.ts';
import { ASSETS } from '../pages.ts';
import { at, nameOf, written } from '../shape.ts';
import { analyticsEntry } from './format.ts';
import type { Ask, Recorder } from './recorder.ts';

/** Who sits at the panel, and where. */
export interface Operator {
  browser: Recorder;
  dialect: Dialect;
  url: string;
  credentials: { username: string; password: string };
  company: LabTenant;
  /** What is typed into the form, by neutral name. */
  values: Values;
}

/** Opens the page: its files, and a call to somebody else's statistics. */
export async function openPage({ browser, url }: Operator): Promise<void> {
  await browser.ask({ method: 'GET', path: '/', type: 'document' });
  for (const { path, type } of ASSETS) {
    const kind = type === 'text/css' ? 'stylesheet' : type.startsWith('image/') ? 'image' : 'script';
    await browser.ask({ method: 'GET', path: `${path}?v=36.2`, type: kind });
  }
  browser.entries.push(analyticsEntry(url, new Date()));
}

/** Logs in and enters the company. */
export async function enterCompany(operator: Operator): Promise<void> {
  const { browser, dialect, credentials, company } = operator;
  const session = await api(operator, 'POST', 'login', { body: credentials });
  browser.carry({ name: 'Authorization', value: `Bearer ${String(at(session, 'token'))}` });
  await api(operator, 'GET', 'company');
  const { scope } = dialect;
  if (scope.by === 'header') browser.carry({ name: scope.name, value: company.id });
  if (scope.by === 'switch') await api(operator, 'POST', `company/${company.id}/${scope.action}`);
}

/**
 * Looks at the users, creates one, switches its "Permitir sólo llamadas internas" on and off with a save each, looks again, deletes it,
 * and logs out. Every form sends all that was typed; once the user exists, the panel's password is left blank and not sent.
 */
export async function workOnUser(operator: Operator): Promise<void> {
  const { dialect, values } = operator;
  await look(operator);
  const directory = directoryIn(operator, await api(operator, 'GET', 'did', { query: rows(operator, 100) }));
  const [did] = directory.numbers;
  const typed: Values = { internalOnly: 'false', ...(did === undefined ? {} : { callerId: did }), ...values };
  const form = (more: Values) => written(dialect, 'extension', { ...typed, ...more }, directory);
  const created = await api(operator, 'POST', 'extension', { body: form({}), query: {} });
  const id = idIn(operator, created);
  await api(operator, 'GET', 'extension', { query: rows(operator, 100) });
  const { password: _blank, ...later } = typed;
  for (const internalOnly of ['true', 'false']) {
    await api(operator, 'GET', `extension/${id}`, { query: {} });
    const body = written(dialect, 'extension', { ...later, internalOnly }, directory);
    await api(operator, 'PUT', `extension/${id}`, { body, query: {} });
  }
  await api(operator, 'GET', 'extension', { query: rows(operator, 100) });
  await api(operator, 'DELETE', `extension/${id}`, { query: {} });
  await api(operator, 'GET', 'extension', { query: rows(operator, 100) });
  await api(operator, 'GET', 'logout');
}

/** The list of users, ten to a page, and its second page if there is one. */
async function look(operator: Operator): Promise<void> {
  const first = await api(operator, 'GET', 'extension', { query: rows(operator, 10) });
  const more = nextPage(operator.dialect, first, 10);
  if (more !== undefined) {
    await api(operator, 'GET', 'extension', { query: { ...rows(operator, 10), ...more } });
  }
}

function nextPage({ pager }: Dialect, answer: unknown, size: number): Record<string, string> | undefined {
  if (pager === 'page') return Number(at(answer, 'meta.last_page')) > 1 ? { page: '2' } : undefined;
  if (pager === 'offset') return Number(at(answer, 'count')) > size ? { offset: String(size) } : undefined;
  const next = pager === 'cursor' ? at(answer, 'next') : null;
  return typeof next === 'string' ? { cursor: next } : undefined;
}

interface Asked {
  body?: unknown;
  /** Of a call about a company. */
  query?: Record<string, string>;
}

function api(
  { browser, dialect, company }: Operator,
  method: string,
  path: string,
  { body, query }: Asked = {},
): Promise<unknown> {
  const { scope } = dialect;
  const named = scope.by === 'query' && query !== undefined ? { [scope.name]: company.id } : {};
  const search = new URLSearchParams({ ...named, ...query });
  const ask: Ask = { method, path: `/api/v2/${path}${search.size === 0 ? '' : `?${search}`}`, type: 'xhr' };
  return browser.ask(body === undefined ? ask : { ...ask, body });
}

function rows({ dialect }: Operator, size: number): Record<string, string> {
  return dialect.pager === 'bare' ? {} : { [dialect.query.rows]: String(size) };
}

function idIn({ dialect }: Operator, created: unknown): string {
  const object = dialect.wrap === '' ? created : at(created, dialect.wrap);
  return String(at(object, dialect.id.key));
}

/** The company's DIDs, as the form's "Caller id" offers them. */
function directoryIn(
  { dialect, company }: Operator,
  answer: unknown,
): Directory & { numbers: readonly string[] } {
  const list = [answer, ...['data', 'items', 'results'].map((name) => at(answer, name))].find(Array.isArray);
  const path = nameOf(dialect, 'did', 'number');
  const known = (list ?? []).map(
    (row) => [String(at(row, path)), at(row, dialect.id.key) as number | string] as const,
  );
  const only = (kind: Kind) => (kind === 'did' ? known : []);
  return {
    company: company.code,
    numbers: known.map(([number]) => number),
    idOf: (kind, number) => only(kind).find(([one]) => one === number)?.[1],
    numberOf: (kind, id) => only(kind).find(([, one]) => one === id)?.[0],
  };
}
