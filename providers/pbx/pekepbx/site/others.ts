import type { ProfileField, ProfileName } from '../../../../engine/model/profile.ts';
import { waysOf } from '../flows.ts';
import { fetchInventory } from '../inventory.ts';
import { fieldsOf } from '../profile/fields.ts';
import { isMarked } from '../profile/marks.ts';
import { type Json, valueAt } from '../profile/path.ts';
import type { Box, Company } from '../tenant.ts';
import type { CallProbe, MappingProbe } from './contract.ts';
import type { Mapped } from './diff.ts';
import { listProbe } from './lists.ts';
import { looksAt } from './looks.ts';
import { callProbe, tried, untried } from './trial.ts';

/** What was found beside the extensions. */
export interface OtherProbes {
  readonly calls: readonly CallProbe[];
  readonly mappings: readonly MappingProbe[];
  readonly proven: ReadonlySet<string>;
}

/** The refresh, the companies, what fields point to, and the ways in. */
export async function otherProbes(
  box: Box,
  company: Company,
  extensions: readonly Json[],
): Promise<OtherProbes> {
  const { profile } = box.link;
  const proven = new Set<string>();
  const calls: CallProbe[] = [await refreshProbe(box, proven)];
  const mappings: MappingProbe[] = [];
  for (const kind of Object.keys(profile.resources).filter((name) => name !== 'extension')) {
    const { list, rows: found, call } = await listProbe(kind, box, company);
    calls.push(call);
    if (list.ok && found.length > 0) proven.add(`resources.${kind}.list`);
    mappings.push(...looksAt(namesOf(kind, box), found, profile, () => true));
    if (kind === profile.tenant.resource && found.length > 1 && isScoped(extensions, box, company))
      for (const place of listScopes(box)) proven.add(place);
    if (kind !== profile.tenant.resource && isOwned(kind, found, box, company))
      proven.add(`resources.${kind}.company`);
  }
  if (profile.callFlows !== undefined) for (const place of await flowsProven(box, company)) proven.add(place);
  return { calls, mappings, proven };
}

/** A token that a refresh gives is good when the next call works with it. */
async function refreshProbe({ link, login }: Box, proven: Set<string>): Promise<CallProbe> {
  const { refresh } = link.profile.auth;
  const place = 'auth.refresh';
  if (refresh === undefined) return untried(place, 'not-mapped');
  if ((refresh.method ?? 'GET') !== 'GET') return untried(place, 'no-get');
  const trial = await tried(login.refresh());
  if (trial.ok) proven.add(place);
  return callProbe(place, trial, () => ({ says: 'new-token' }));
}

/** The names of the profile that are looked for in rows of this kind. */
export function namesOf(kind: string, { link }: Box): readonly Mapped[] {
  const { tenant, callFlows } = link.profile;
  const { queues, dids } = callFlows ?? {};
  const parts: [string, ProfileName | undefined][] = [
    ...(kind === tenant.resource
      ? ([
          ['tenant.id', tenant.id],
          ['tenant.key', tenant.key],
          ['tenant.name', tenant.name],
        ] as const)
      : []
    ).map(([place, name]): [string, ProfileName | undefined] => [place, name]),
    ...Object.entries(fieldsOf(link.profile)).flatMap(([name, field]) => lookupNames(name, field, kind)),
    ...(queues?.resource === kind
      ? partsOf('callFlows.queues', queues, ['id', 'name', 'number', 'members'])
      : []),
    ...(dids?.resource === kind ? partsOf('callFlows.dids', dids, ['number', 'leads', 'to']) : []),
    ...(kind === tenant.resource ? [] : [ownerOf(kind, link.profile.resources[kind]?.company)]),
  ];
  return parts.flatMap(([place, name]) => (name === undefined ? [] : [mappedAs(place, name)]));
}

function ownerOf(kind: string, name: ProfileName | undefined): [string, ProfileName | undefined] {
  return [`resources.${kind}.company`, name];
}

function lookupNames(
  field: string,
  { resource, key, shown }: ProfileField,
  kind: string,
): [string, ProfileName | undefined][] {
  if (resource !== kind) return [];
  return [
    [`fields.${field}.key`, key],
    [`fields.${field}.shown`, shown],
  ];
}

function partsOf<Key extends string>(
  place: string,
  mapping: { readonly [key in Key]?: ProfileName },
  keys: readonly Key[],
): [string, ProfileName | undefined][] {
  return keys.map((key) => [`${place}.${key}`, mapping[key]]);
}

function mappedAs(place: string, { path }: ProfileName): Mapped {
  const expected = place.endsWith('.members') ? (['array'] as const) : (['string', 'number'] as const);
  return { place, path, expected, listed: true, find: (object) => valueAt(object, path) };
}

/** Every row says that it is the company's, while the server has others. */
function isScoped(extensions: readonly Json[], { link }: Box, company: Company): boolean {
  const owner = link.profile.resources.extension.company;
  if (owner === undefined || extensions.length === 0) return false;
  return extensions.every((row) => String(valueAt(row, owner.path)) === company.id);
}

function isOwned(kind: string, rows: readonly Json[], { link }: Box, company: Company): boolean {
  const owner = link.profile.resources[kind]?.company;
  return (
    owner !== undefined &&
    rows.length > 0 &&
    rows.every((row) => String(valueAt(row, owner.path)) === company.id)
  );
}

/** Marks of scopes that lists alone need. */
function listScopes({ link }: Box): readonly string[] {
  return link.profile.tenant.scopes.flatMap(({ ops }, index) => {
    const lists = ops?.every((op) => op === 'list') === true;
    return lists ? [`tenant.scopes.${index}`] : [];
  });
}

/** A way in that leads to an extension that is there proves all the names on the way. */
async function flowsProven(box: Box, company: Company): Promise<readonly string[]> {
  const inventory = await tried(fetchInventory(box, company));
  if (!inventory.ok) return [];
  const ways = await tried(waysOf(box, { company, inventory: inventory.value }));
  if (!ways.ok) return [];
  const leads = (all: readonly { readonly reaches: readonly string[] }[] | null) =>
    all?.some(({ reaches }) => reaches.length > 0) === true;
  const places = [
    ...(leads(ways.value.queues)
      ? ['id', 'name', 'number', 'members', 'member'].map((part) => `callFlows.queues.${part}`)
      : []),
    ...(leads(ways.value.dids) ? ['number', 'leads', 'to'].map((part) => `callFlows.dids.${part}`) : []),
  ];
  return places.filter((place) => isMarked(box.link.profile, place));
}
