import { AltaError } from '../../../engine/model/index.ts';
import type { ProfileName } from '../../../engine/model/profile.ts';
import { strange } from '../../transport/refusal.ts';
import { mismatch, orAbsent } from './answers.ts';
import { aboutOf, type Link, type Question } from './link.ts';
import type { Login } from './login.ts';
import { fetchRows } from './pages.ts';
import { bare, dressed } from './profile/codec.ts';
import { operationOf } from './profile/defaults.ts';
import { isMarked } from './profile/marks.ts';
import { isJson, isScalar, type Json, typeOf, valueAt } from './profile/path.ts';
import { declaredVariables } from './profile/target.ts';
import type { Variables } from './profile/template.ts';

/** A logged-in way to one server. */
export interface Box {
  readonly link: Link;
  readonly login: Login;
}

/** The company that a session is about. */
export interface Company {
  /** What people write, and registration names are made of. */
  readonly id: string;
  /** What calls carry, where that is not the id. */
  readonly key?: string;
  /** Missing where the server does not show it at the place that the profile names. */
  readonly name?: string;
}

/**
 * The declared company: by its id with one request where the API has one for that and calls carry the id, else from the list; also where
 * there is none by that id and the id is a guess, or where what comes holds no id. Null = the server says that there is none, or lists all
 * of them without it.
 * @throws `tenant-ambiguous`, and what reading throws
 */
export async function fetchCompany(box: Box): Promise<Company | null> {
  const { tenant, tenantName } = box.link.target.identity;
  const { resource, key } = box.link.profile.tenant;
  const byId = tenant !== undefined && key === undefined;
  const direct = byId && operationOf(box.link.profile, resource, 'get') !== null;
  const one = direct ? await fetchById(tenant, box) : null;
  const sure = one !== null && (one.length > 0 || !isMarked(box.link.profile, 'tenant.id'));
  const found = sure ? one : await fetchAll(box);
  const matching = found.filter(({ id, name }) =>
    tenant === undefined ? name === tenantName : id === tenant,
  );
  const [company, second] = matching;
  if (second === undefined) return company ?? null;
  const { host, address } = box.link.target;
  const params = { host, target: address, name: tenantName ?? tenant ?? '', count: matching.length };
  throw new AltaError('tenant-ambiguous', params, { address });
}

/** What templates can ask for. */
export function companyVariables({ id, key = id, name }: Company): Variables {
  const known = { companyId: id, companyKey: key };
  return name === undefined ? known : { ...known, companyName: name };
}

/** What the company says of itself, by the names of `target.identity`. */
export function identityOf(company: Company | null): Readonly<Record<string, string>> {
  if (company === null) return {};
  const { id, name } = company;
  return name === undefined ? { tenant: id } : { tenant: id, tenantName: name };
}

/** Null = what the server shows one by one does not look like what it lists. */
async function fetchById(id: string, box: Box): Promise<readonly Company[] | null> {
  const { link } = box;
  const { resource } = link.profile.tenant;
  const call = operationOf(link.profile, resource, 'get');
  if (call === null) return [];
  const variables = { ...declaredVariables(link.target), id: dressed(id, link.profile.tenant.id, {}) };
  const question: Question = { call, operation: `${resource}/get`, variables };
  const answer = await orAbsent(box.login.ask(question));
  if (answer === null) return [];
  const object = valueAt(answer.body, call.object?.path ?? '$');
  const place = `resources.${resource}.get`;
  const about = aboutOf(link, question);
  if (!isJson(object)) throw mismatch(link, place, `${call.object?.path ?? '$'}: ${typeOf(object)}`, about);
  if (valueAt(object, link.profile.tenant.id.path) === undefined) return null;
  return [companyIn(object, link, question)];
}

async function fetchAll(box: Box): Promise<readonly Company[]> {
  const question = companiesQuestion(box);
  const { rows } = await fetchRows(box, box.link.profile.tenant.resource, question);
  return rows.map((row) => companyIn(row, box.link, question));
}

/** The list of companies, which no company narrows. */
export function companiesQuestion({ link }: Pick<Box, 'link'>): Question {
  const { resource } = link.profile.tenant;
  const call = operationOf(link.profile, resource, 'list');
  if (call === null) throw new TypeError(`the profile has no list of ${resource}`);
  return { call, operation: `${resource}/list`, variables: declaredVariables(link.target) };
}

function companyIn(object: Json, link: Link, question: Question): Company {
  const { id, key, name } = link.profile.tenant;
  const about = aboutOf(link, question);
  const word = (place: string, { path, ...affixes }: ProfileName): string => {
    const found = valueAt(object, path);
    if (!isScalar(found)) throw mismatch(link, place, `${path}: ${typeOf(found)}`, about);
    const text = bare(String(found), affixes, {});
    if (text !== null && /^[\w.-]{1,64}$/.test(text)) return text;
    throw strange(`a company without a usable ${path}`, about);
  };
  const called = name === undefined ? undefined : valueAt(object, name.path);
  return {
    id: word('tenant.id', id),
    ...(key === undefined ? {} : { key: word('tenant.key', key) }),
    ...(isScalar(called) ? { name: String(called) } : {}),
  };
}
