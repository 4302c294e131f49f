import { Secret } from '../../../engine/model/index.ts';
import { type About, strange } from '../../transport/refusal.ts';
import type { Shown } from './dialect.ts';
import { fields } from './fields.ts';

/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

/** One tenant of `tenant.list`. Some ids are numbers there, some text. [vendor-docs] */
export interface TenantEntry {
  /** The internal id, which every call names as `server`. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly numberLength: number | null;
}

/** One device type of `uads.list`. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly fullname: string;
  readonly enabled: boolean;
}

/** One line of `ext.list`: every extension of the tenant, of whatever protocol. */
export interface Line {
  readonly id: string;
  readonly number: string;
  /** Lower case: `sip`, `iax`. */
  readonly protocol: string;
  readonly name: string;
  /** As shown: `enabled`. */
  readonly status: string;
  /** Ids, with commas between them. */
  readonly departments: string;
}

/** One extension of `ext.configuration`. Secrets are wrapped the moment the answer is read. */
export interface Configuration {
  readonly number: string;
  readonly protocol: string;
  /** By the names of the arguments; secrets that are set among them. */
  readonly shown: Shown;
  readonly agent: Pick<Agent, 'id' | 'name' | 'fullname'>;
  /** What phones register with; empty where it is not shown. */
  readonly username: string;
  /** Texts that hold the tenant's code: `t-301`, and what stands before the number in the user name. */
  readonly tenantCodes: readonly string[];
}

/** A map of ids. PHP writes an empty one as `[]`. [field] */
export function entriesOf(body: unknown, about: About): readonly (readonly [id: string, entry: Json])[] {
  if (Array.isArray(body) && body.length === 0) return [];
  if (!isJson(body)) throw strange('JSON, but no map', about);
  return Object.entries(body).map(([id, entry]) => {
    if (!/^[0-9]+$/.test(id) || !isJson(entry))
      throw strange('a map with something else than objects by id', about);
    return [id, entry] as const;
  });
}

export function readTenants(body: unknown, about: About): readonly TenantEntry[] {
  return entriesOf(body, about).map(([id, entry]) => ({
    id,
    code: textOf(entry.tenantcode),
    name: textOf(entry.name),
    numberLength: lengthOf(entry.ext_length),
  }));
}

/** `tenant.configuration` calls the name otherwise than `tenant.list`. [vendor-docs] It also holds a password, which is not looked at. */
export function readTenant(body: unknown, id: string, about: About): TenantEntry {
  const entry = only(body, 'tenantcode');
  if (entry === null) throw strange('a tenant without code', about);
  const name = textOf(entry.server_name ?? entry.tenant_name ?? entry.name);
  return { id, code: textOf(entry.tenantcode), name, numberLength: lengthOf(entry.ext_length) };
}

export function readAgents(body: unknown, about: About): readonly Agent[] {
  return entriesOf(body, about).map(([id, entry]) => ({
    id,
    name: textOf(entry.name),
    fullname: textOf(entry.fullname),
    enabled: ['true', '1', 'yes', 'enabled'].includes(textOf(entry.enabled).toLowerCase()),
  }));
}

/** Id → name. */
export function readDepartments(body: unknown, about: About): ReadonlyMap<string, string> {
  return new Map(entriesOf(body, about).map(([id, entry]) => [id, textOf(entry.name)]));
}

/** The whole list. A number that stands there twice makes it useless. */
export function readLines(body: unknown, about: About): readonly Line[] {
  const lines = entriesOf(body, about).map(([id, entry]) => ({
    id,
    number: textOf(entry.ext),
    protocol: textOf(entry.protocol).toLowerCase(),
    name: textOf(entry.name),
    status: textOf(entry.status),
    departments: textOf(entry.department).replace(/\s/g, ''),
  }));
  if (lines.some(({ number }) => number === '')) throw strange('an extension without a number', about);
  if (new Set(lines.map(({ number }) => number)).size < lines.length)
    throw strange('an extension listed twice', about);
  return lines;
}

/** Null = the map does not hold it. */
export function readConfiguration(body: unknown, id: string, about: About): Configuration | null {
  const entry = new Map(entriesOf(body, about)).get(id);
  if (entry === undefined) return null;
  const options = isJson(entry.options) ? entry.options : {};
  const number = textOf(entry.ext);
  if (number === '') throw strange('an extension without a number', about);
  const username = textOf(options.username);
  const context = /^t-(.+)$/.exec(textOf(options.context))?.[1];
  const before = username.endsWith(number) ? username.slice(0, -number.length) : '';
  const agent = { id: textOf(entry.ua_id), name: textOf(entry.ua_name), fullname: textOf(entry.ua_fullname) };
  return {
    number,
    protocol: textOf(entry.protocol ?? entry.prot).toLowerCase(),
    shown: { ...textsIn(entry, options), ua: agent.id, ...secretsIn(entry, options) },
    agent,
    username,
    tenantCodes: [context ?? '', before].filter((code) => code !== ''),
  };
}

function textsIn(entry: Json, options: Json): Readonly<Record<string, string>> {
  const found = Object.values(fields).flatMap(({ param, places }) => {
    const values = places.map((place) =>
      place.startsWith('options.') ? options[place.slice('options.'.length)] : entry[place],
    );
    const value = values.find(isPlain);
    return value === undefined ? [] : [[param, textOf(value)] as const];
  });
  return Object.fromEntries(found);
}

/** In clear, where the key may see them. [vendor-docs] An empty one is none. */
function secretsIn(entry: Json, options: Json): Readonly<Record<string, Secret>> {
  const found = [
    ['secret', textOf(options.secret)],
    ['pin', textOf(entry.pin)],
  ] as const;
  const set = found.filter(([, value]) => value !== '');
  return Object.fromEntries(set.map(([param, value]) => [param, new Secret(value)]));
}

/** The object that holds `key`: the answer itself, or the only thing in it. Which of them is not documented everywhere. */
export function only(body: unknown, key: string): Json | null {
  if (!isJson(body)) return null;
  if (key in body) return body;
  const [inner, ...more] = Object.values(body);
  return more.length === 0 && isJson(inner) && key in inner ? inner : null;
}

function lengthOf(value: unknown): number | null {
  const shown = textOf(value);
  return /^[0-9]{1,2}$/.test(shown) ? Number(shown) : null;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Most values are text, some numbers: both count as their text. [vendor-docs] */
export function textOf(value: unknown): string {
  return isPlain(value) ? String(value) : '';
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
