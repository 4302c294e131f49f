import type { ProfileDocument } from '../../../../engine/model/profile.ts';
import type { Operation } from './defaults.ts';
import { isJson } from './path.ts';

/** Every place of a profile that is marked `verify: true`: `fields.name`, `tenant.scopes.0`. In the order of the file. */
export function marksIn(profile: ProfileDocument): readonly string[] {
  return marksUnder(profile, '');
}

function marksUnder(part: unknown, path: string): readonly string[] {
  if (Array.isArray(part))
    return part.flatMap((item, index) => marksUnder(item, joined(path, String(index))));
  if (!isJson(part)) return [];
  const inner = Object.entries(part).flatMap(([key, value]) => marksUnder(value, joined(path, key)));
  return part.verify === true && path !== '' ? [path, ...inner] : inner;
}

function joined(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}

/** The marks that stand at one of these places or below it. */
export function marksAt(profile: ProfileDocument, places: readonly string[]): readonly string[] {
  return marksIn(profile).filter((mark) =>
    places.some((place) => mark === place || mark.startsWith(`${place}.`)),
  );
}

export function isMarked(profile: ProfileDocument, place: string): boolean {
  return marksIn(profile).includes(place);
}

/** What one write names. */
export interface Need {
  readonly operation: Extract<Operation, 'create' | 'update' | 'delete'>;
  /** Fields and secrets that it sends. */
  readonly fields: readonly string[];
  /** Whether the declared identity has a name that must be found. */
  readonly named: boolean;
}

/**
 * The places of a profile that one write relies on: the login, the company and its scope, the list that it is judged by, its own call, and
 * the fields that it sends. An update that sends back what it read relies on every field that is never shown as well: what stands at the
 * right place of one is left out, and what stands at a wrong one is a mask that would become the secret. A refresh, a logout, the words of
 * errors and the call flows are not among them.
 */
export function placesFor(profile: ProfileDocument, { operation, fields, named }: Need): readonly string[] {
  const calls =
    operation === 'update' ? (['list', 'get', 'update'] as const) : (['list', operation] as const);
  const sent = [...fields, ...(operation === 'create' ? alwaysSent(profile) : [])];
  const hidden = operation === 'update' && isEchoed(profile) ? neverShown(profile) : [];
  return [
    ...['auth.login', 'auth.token', 'auth.header', 'auth.xsrf', 'identity.id', 'identity.number'],
    ...companyPlaces(profile, named),
    ...scopePlaces(profile, calls),
    ...listPlaces(profile, 'extension'),
    ...calls.map((call) => `resources.extension.${call}`),
    'resources.extension.company',
    ...(operation === 'update' ? ['update'] : []),
    ...[...new Set([...sent, ...hidden])].flatMap((field) => fieldPlaces(profile, field)),
    'guard.version',
  ];
}

/** Whether an update sends back what it read. */
export function isEchoed({ update }: ProfileDocument): boolean {
  return update.style === 'replace' || (update.copy ?? []).length > 0;
}

function neverShown({ fields }: ProfileDocument): readonly string[] {
  return Object.entries(fields).flatMap(([name, { writeOnly }]) => (writeOnly === true ? [name] : []));
}

/** Fields that a create sends whether they are declared or not. */
export function alwaysSent({ fields }: ProfileDocument): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.required === true || field.default !== undefined ? [name] : [],
  );
}

function companyPlaces(profile: ProfileDocument, named: boolean): readonly string[] {
  const { resource } = profile.tenant;
  return [
    'tenant.id',
    'tenant.key',
    ...(named ? ['tenant.name'] : []),
    `resources.${resource}.get`,
    ...listPlaces(profile, resource),
    `resources.${resource}.list`,
  ];
}

function scopePlaces({ tenant }: ProfileDocument, calls: readonly Operation[]): readonly string[] {
  return tenant.scopes.flatMap(({ ops }, index) =>
    ops === undefined || ops.some((op) => calls.includes(op)) ? [`tenant.scopes.${index}`] : [],
  );
}

/** What is shared by all lists, unless this one has its own. */
function listPlaces({ resources }: ProfileDocument, kind: string): readonly string[] {
  const list = resources[kind]?.list;
  return (['results', 'pager'] as const)
    .filter((part) => list?.[part] === undefined)
    .map((part) => `list.${part}`);
}

function fieldPlaces(profile: ProfileDocument, name: string): readonly string[] {
  const field = profile.fields[name as keyof ProfileDocument['fields']];
  if (field?.resource === undefined) return [`fields.${name}`];
  const { resource } = field;
  return [
    `fields.${name}`,
    ...listPlaces(profile, resource),
    `resources.${resource}.list`,
    `resources.${resource}.company`,
  ];
}
