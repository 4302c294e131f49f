import { AltaError } from '../../../engine/model/index.ts';
import type { Agent, Line } from './answers.ts';
import type { Link, Said } from './call.ts';
import {
  type Denial,
  fetchAgents,
  fetchConfiguration,
  fetchDepartments,
  fetchLines,
  type Inventory,
  isSip,
} from './inventory.ts';
import { findTenant, type License, proveByCodes, type Tenant } from './tenant.ts';

/** What one session knows of its server, asked for once and kept. */
export interface Known {
  readonly link: Link;
  readonly license: License;
  /** Whose extensions these are, with whatever proof this key can have. @throws `wrong-identity`, `forbidden` */
  tenant(): Promise<Tenant>;
  /** The same before any of its extensions was looked at. */
  server(): Promise<string>;
  /** Null where the key may not list them. */
  agents(): Promise<readonly Agent[] | null>;
  /** Id → name; null where the key may not list them. */
  departments(): Promise<ReadonlyMap<string, string> | null>;
  /** The extension of that number, as the server has it now: an id may be another's by now, and what the last list does not hold a new one may. */
  line(number: string): Promise<Line | undefined>;
  /** Why no outgoing number can be set, where a reading has found out. */
  denied(): Denial | null;
  /** Keeps what a reading showed. @param whole it was one of all extensions */
  learn(inventory: Inventory, whole: boolean): Promise<Tenant>;
  /** What names are chosen from is asked for anew by the next who wants it. */
  forgetLists(): void;
  /** What a write of ours made, or (null) removed. */
  put(number: string, line: Line | null): void;
}

/** @param tenants the answer to the session's first question */
export function knownOf(link: Link, license: License, tenants: Said): Known {
  const found = kept(() => findTenant(link, tenants));
  const server = async () => (await found.get()).serverId;
  const agents = kept(async () => orNull(fetchAgents(link, await server())));
  const departments = kept(async () => orNull(fetchDepartments(link, await server())));
  const lines = kept(async () => byNumber(await fetchLines(link, await server())));

  let denied: Denial | null = null;

  const prove = (tenant: Tenant, codes: readonly string[]) =>
    found.put(proveByCodes(tenant, codes, link.target));

  return {
    link,
    license,
    server,
    agents: agents.get,
    departments: departments.get,
    tenant: async () => {
      const tenant = await found.get();
      if ('tenant' in tenant.identity) return tenant;
      const line = [...(await lines.get()).values()].find(isSip);
      return line === undefined ? tenant : prove(tenant, await codesIn(link, tenant, line));
    },
    line: async (number) => {
      const line = (await lines.get()).get(number);
      if (line !== undefined && (await isStill(link, await server(), line))) return line;
      lines.forget();
      return (await lines.get()).get(number);
    },
    denied: () => denied,
    learn: async (inventory, whole) => {
      denied = barring(inventory, whole, denied);
      lines.put(byNumber(inventory.lines));
      return prove(await found.get(), inventory.rows[0]?.configuration.tenantCodes ?? []);
    },
    forgetLists: () => {
      agents.forget();
      departments.forget();
    },
    put: (number, line) => {
      const known = lines.last();
      if (line === null) known?.delete(number);
      else known?.set(number, line);
    },
  };
}

async function codesIn(link: Link, { serverId }: Tenant, line: Line): Promise<readonly string[]> {
  const configuration = await fetchConfiguration(link, serverId, line);
  if (configuration instanceof AltaError) throw configuration;
  return configuration.tenantCodes;
}

/** A service that is refused for some extensions only, or for one that was made a moment ago, is there for the others. */
function barring({ rows, denied }: Inventory, whole: boolean, before: Denial | null): Denial | null {
  if (rows.length === 0) return before;
  if (denied?.forbidden === true) return denied;
  if (!whole) return before;
  return rows.every(({ outgoing }) => outgoing === null) ? denied : null;
}

/** What cannot be shown to have its number is looked for in a new list. */
async function isStill(link: Link, server: string, line: Line): Promise<boolean> {
  return !((await fetchConfiguration(link, server, line)) instanceof AltaError);
}

function byNumber(lines: readonly Line[]): Map<string, Line> {
  return new Map(lines.map((line) => [line.number, line]));
}

/** One answer, asked for when it is first wanted. A failure is not kept. */
interface Kept<T> {
  get(): Promise<T>;
  /** What was got or put last. */
  last(): T | undefined;
  put(value: T): T;
  forget(): void;
}

function kept<T>(ask: () => Promise<T>): Kept<T> {
  let asked: Promise<T> | undefined;
  let value: T | undefined;
  const forget = () => {
    asked = undefined;
    value = undefined;
  };
  const put = (next: T) => {
    asked = Promise.resolve(next);
    value = next;
    return next;
  };
  return {
    get: () => {
      asked ??= ask().then(put, (error: unknown) => {
        forget();
        throw error;
      });
      return asked;
    },
    last: () => value,
    put,
    forget,
  };
}

/** A right that the key lacks, as an answer. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AltaError && error.code === 'forbidden') return null;
    throw error;
  }
}
