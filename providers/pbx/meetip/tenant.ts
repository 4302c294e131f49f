import { AltaError, type Diagnostic, type Target, warningDiagnostic } from '../../../engine/model/index.ts';
import { refuseOther } from '../../identity.ts';
import { failure } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import { readTenant, readTenants, type TenantEntry } from './answers.ts';
import { aboutOf, ask, type Link, type Question, type Said } from './call.ts';
import { refusedFor } from './errors.ts';

/** The tenant of the target, as far as this key may know it. */
export interface Tenant {
  /** What every call names as `server`. */
  readonly serverId: string;
  /** What the server says it is: `tenant`, `tenantName`. */
  readonly identity: Readonly<Record<string, string>>;
  /** Digits of its extensions; null = not told. */
  readonly numberLength: number | null;
}

const list: Question = { action: actions.tenants };

/**
 * Finds the tenant by its code, or proves that the declared id is that tenant's. Where the key may neither list tenants nor see one, the
 * declared id is believed for now: {@link proveByCodes} looks at its extensions.
 * @param said the answer to `tenant.list`
 * @throws `wrong-identity` where the server has no such tenant, or the id is another one's; `forbidden` where nothing tells the id
 */
export async function findTenant(link: Link, said: Said): Promise<Tenant> {
  const { tenant: code } = link.target.identity;
  const { serverId } = link.target.options;
  if (said.ok) return listed(link, readTenants(said.body, aboutOf(link, list)));
  if (said.complaint.code !== 'forbidden') throw refusedFor(said.complaint, aboutOf(link, list));
  if (serverId === undefined) throw forbiddenWithoutId(link, code ?? '?');
  const entry = await lookUp(link, String(serverId));
  return entry === null ? { serverId: String(serverId), identity: {}, numberLength: null } : proven(entry);
}

/** By its code, else by its name; a declared id has to be that tenant's. */
function listed(link: Link, entries: readonly TenantEntry[]): Tenant {
  const { host, address, identity, options } = link.target;
  const { tenant: code, tenantName: name } = identity;
  const serverId = options.serverId === undefined ? undefined : String(options.serverId);
  const named = (one: TenantEntry) =>
    code === undefined ? name === undefined || one.name === name : one.code === code;
  const found = entries.filter((one) => named(one) && (serverId === undefined || one.id === serverId));
  const [entry, ...others] = found;
  if (entry !== undefined && others.length === 0) return proven(entry);
  if (entry !== undefined)
    throw new AltaError('tenant-ambiguous', { host, count: found.length, name: entry.name, target: address });
  const expected = partsOf({ tenant: code, tenantName: name, serverId });
  throw failure('wrong-identity', 'another tenant', aboutOf(link, list), 'nothing', {
    expected,
    found: shownOf(entries, code === undefined && name !== undefined, serverId !== undefined),
  });
}

/** Tenants that an error names at most: a platform may have hundreds. */
const MOST_NAMED = 20;

/** The tenants that there are by their codes, else by what the declared one is known by. */
function shownOf(entries: readonly TenantEntry[], byName: boolean, withId: boolean): readonly string[] {
  const shown = entries.slice(0, MOST_NAMED).map(({ code, name, id }) => {
    const known = byName ? { tenantName: name } : { tenant: code };
    return partsOf(withId ? { ...known, serverId: id } : known).join(' ');
  });
  if (shown.length === 0) return ['?'];
  return entries.length > MOST_NAMED ? [...shown, '…'] : shown;
}

function partsOf(parts: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [`${part} ${value}`]));
}

/** Null where the key may not look. */
async function lookUp(link: Link, id: string): Promise<TenantEntry | null> {
  const question: Question = { action: actions.tenant, params: { id } };
  const said = await ask(link, question);
  if (said.ok) return readTenant(said.body, id, aboutOf(link, question));
  if (said.complaint.code === 'forbidden') return null;
  throw refusedFor(said.complaint, aboutOf(link, question));
}

function proven({ id, code, name, numberLength }: TenantEntry): Tenant {
  return { serverId: id, identity: { tenant: code, tenantName: name }, numberLength };
}

function forbiddenWithoutId(link: Link, code: string): AltaError {
  const evidence = `the key may not use this action, and without options.serverId nothing tells the id of tenant ${code}`;
  return failure('forbidden', evidence, aboutOf(link, list), 'nothing');
}

/**
 * The tenant's code as its extensions show it. They may show two (context and user name): one of them has to be the declared one.
 * @param codes what stands in its extensions
 */
export function proveByCodes(tenant: Tenant, codes: readonly string[], target: Target): Tenant {
  if ('tenant' in tenant.identity || codes.length === 0) return tenant;
  const declared = target.identity.tenant;
  const code = codes.find((one) => one === declared) ?? codes[0];
  return code === undefined ? tenant : { ...tenant, identity: { ...tenant.identity, tenant: code } };
}

/**
 * Refuses another tenant before anything is written. What the key may not know refuses nothing: the declared server id stands for it, and
 * every plan says so.
 * @throws `wrong-identity`
 */
export function refuseOtherTenant(tenant: Tenant, target: Target): void {
  const unknown = unprovenIn(tenant, target);
  const known = Object.entries(target.identity).filter(([name]) => !unknown.includes(name));
  refuseOther(tenant.identity, { ...target, identity: Object.fromEntries(known) });
}

/** What of the declared identity nothing has told. */
function unprovenIn({ identity }: Tenant, target: Target): readonly string[] {
  return ['tenant', 'tenantName'].filter((name) => name in target.identity && !(name in identity));
}

/** A warning where the declared id is all there is. */
export function doubtsAbout(tenant: Tenant, target: Target): readonly Diagnostic[] {
  const unproven = unprovenIn(tenant, target);
  if (unproven.length === 0) return [];
  const evidence = `not proven: ${unproven.join(', ')}; options.serverId ${tenant.serverId} is believed`;
  const params = { host: target.host, operation: `${actions.tenants}, ${actions.tenant}`, evidence };
  return [warningDiagnostic('forbidden', params, { address: target.address })];
}

/** Edition and version, as far as the key may know them. */
export interface License {
  readonly edition: string;
  readonly version: string;
}

export async function fetchLicense(link: Link): Promise<License> {
  const question: Question = { action: actions.license };
  const said = await ask(link, question);
  if (said.ok) {
    const { Edition, Version } = said.body as Readonly<Record<string, unknown>>;
    return {
      edition: typeof Edition === 'string' ? Edition : '',
      version: typeof Version === 'string' ? Version : '',
    };
  }
  // Nobody needs to know the version: without it, API v2 is not used.
  return { edition: '', version: '' };
}
