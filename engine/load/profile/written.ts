import type { ProfileCall, ProfileDocument, ProfileScope } from '../../model/profile.ts';
import { type Path, type Problem, pathText, problemAt } from '../problem.ts';
import { type Draft, entriesOf, itemsOf } from './draft.ts';

type Document = Draft<ProfileDocument>;

/** A place in a body, and what is written there. */
interface Written {
  /** Of the field, or what all scopes have in common. */
  readonly name: string;
  readonly place: string;
  readonly path: Path;
}

/** A step that is an index where it meets a list. */
const INDEX = /(?:^|\.)\d{1,9}(?=\.|$)/;

/** Places that are written: each a path of keys, and none inside another, or one write would undo the other. */
export function writtenProblems(draft: Document): readonly Problem[] {
  const places = [...fieldPlaces(draft), ...scopePlaces(draft)];
  const all = [...places, ...hiddenPlaces(draft), ...updatePlaces(draft), ...bodyPlaces(draft)];
  const wraps = wrapPlaces(draft).filter(({ place }) => place !== '$');
  return [
    ...[...all, ...wraps].flatMap(({ place, path }) =>
      place === '$' || INDEX.test(place)
        ? [problemAt('profile-path-unwritable', { field: pathText(path), path: place }, path, 'key')]
        : [],
    ),
    ...sharedPlaces(places),
  ];
}

function sharedPlaces(all: readonly Written[]): readonly Problem[] {
  return all.flatMap(({ name, place, path }, index) => {
    const first = all.slice(0, index).find((one) => isShared(one, { name, place, path }));
    if (first === undefined) return [];
    const outer = first.place.length < place.length ? first.place : place;
    return [problemAt('profile-path-twice', { field: name, other: first.name, path: outer }, path, 'key')];
  });
}

function isShared(one: Written, other: Written): boolean {
  if (one.place === other.place) return one.name !== other.name;
  return other.place.startsWith(`${one.place}.`) || one.place.startsWith(`${other.place}.`);
}

function fieldPlaces(draft: Document): readonly Written[] {
  return mappingsOf(draft).flatMap(({ name, field, path }) =>
    field.readOnly === true
      ? []
      : [field.writePath ?? field.path, ...(field.also ?? [])].flatMap((place) => at(name, place, path)),
  );
}

/** What is never shown is taken out of what goes back, wherever it would be read. */
function hiddenPlaces(draft: Document): readonly Written[] {
  return mappingsOf(draft).flatMap(({ name, field, path }) =>
    field.writeOnly === true && field.writePath !== undefined ? at(name, field.path, path) : [],
  );
}

function mappingsOf({ fields, identity }: Document) {
  const own = entriesOf(fields, ['fields']).map(([name, field, path]) => ({
    name: String(name),
    field,
    path,
  }));
  const path: Path = ['identity', 'number'];
  return identity?.number ? [{ name: 'number', field: identity.number, path }, ...own] : own;
}

function scopePlaces({ tenant }: Document): readonly Written[] {
  return itemsOf<Draft<ProfileScope>>(tenant?.scopes, ['tenant', 'scopes']).flatMap(([scope, path]) =>
    scope.by === 'body' ? at('tenant.scopes', scope.name, path) : [],
  );
}

function updatePlaces({ update }: Document): readonly Written[] {
  return (['copy', 'omit'] as const).flatMap((key) =>
    itemsOf<string>(update?.[key], ['update', key]).flatMap(([place, path]) => at('update', place, path)),
  );
}

function bodyPlaces({ resources }: Document): readonly Written[] {
  return writesOf(resources).flatMap(([call, path]) =>
    Object.keys(call.body ?? {}).flatMap((place) => at('body', place, [...path, 'body', place])),
  );
}

function wrapPlaces({ resources }: Document): readonly Written[] {
  return writesOf(resources).flatMap(([call, path]) => at('wrap', call.wrap, [...path, 'wrap']));
}

function writesOf(resources: Document['resources']): readonly (readonly [Draft<ProfileCall>, Path])[] {
  return (['create', 'update'] as const).flatMap((op) => {
    const call = resources?.extension?.[op];
    return call ? [[call, ['resources', 'extension', op]] as const] : [];
  });
}

function at(name: string, place: string | null | undefined, path: Path): readonly Written[] {
  return typeof place === 'string' ? [{ name, place, path }] : [];
}
