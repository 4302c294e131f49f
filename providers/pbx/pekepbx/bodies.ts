/** What writes say, in the server's own words. Secrets stay wrapped. Pure. */
import type { Scalar, Secret } from '../../../engine/model/index.ts';
import type { ProfileDocument, ProfileField } from '../../../engine/model/profile.ts';
import type { Write } from '../../contract.ts';
import { isMask, speakable } from './echo.ts';
import { decode, encode } from './profile/codec.ts';
import { fieldsOf, isSecretName, wireOf } from './profile/fields.ts';
import { type Json, merged, valueAt, withoutPath, withValue } from './profile/path.ts';
import { type Surroundings, translationOf } from './rows.ts';

type Creation = Extract<Write, { readonly action: 'create' }>;
type Update = Extract<Write, { readonly action: 'update' }>;

/** What is sent of one field. */
type Sent = Scalar | Secret;

/**
 * A new extension: its number, what is declared, and what the profile says where nothing is.
 * @param scope what says whose it is
 * @throws `value-one-of`, `value-unsupported`, written nothing
 */
export function createBody(
  write: Creation,
  profile: ProfileDocument,
  around: Surroundings,
  scope: Json,
): Json {
  const { number: _key, ...declared } = namedIn(write);
  const fields = fieldsOf(profile);
  const initial = Object.entries(fields).flatMap(([name, field]) =>
    field.default === undefined || name in declared ? [] : [[name, field.default] as const],
  );
  const all = { ...Object.fromEntries(initial), ...declared };
  const numbered = put(scope, 'number', write.key, profile.identity.number, around);
  return putAll(numbered, all, fields, around);
}

/**
 * A changed extension.
 * @param object as the server shows it now; null where only what changes is sent
 */
export function updateBody(
  write: Update,
  profile: ProfileDocument,
  around: Surroundings,
  object: Json | null,
  scope: Json,
): Json {
  const { number: _fixed, ...named } = namedIn(write);
  const fields = fieldsOf(profile);
  const base =
    object === null
      ? {}
      : profile.update.style === 'replace'
        ? whole(object, profile, around)
        : part(object, profile);
  return putAll(merged(base, scope), named, fields, around);
}

function namedIn(write: Creation | Update): Record<string, Sent> {
  return { ...write.values, ...write.secrets };
}

/**
 * The whole object as it goes back: unknown keys as they came, but for secrets ({@link speakable}). What is written elsewhere than it is read
 * is put there too, or replacing would empty it.
 */
function whole(object: Json, profile: ProfileDocument, around: Surroundings): Json {
  const kept = (profile.update.omit ?? []).reduce<Json>(withoutPath, speakable(object, profile));
  const elsewhere = Object.entries({ ...fieldsOf(profile), number: profile.identity.number }).filter(
    ([, { writePath, writeOnly, readOnly }]) =>
      writePath !== undefined && writeOnly !== true && readOnly !== true,
  );
  return elsewhere.reduce<Json>((built, [name, field]) => {
    const wire = wireOf(object, field);
    const read = decode(wire, translationOf(name, field, around.variables, around.choices));
    if ('odd' in read || read.value === undefined || isMask(wire)) return built;
    return put(built, name, read.value, field, around);
  }, kept);
}

/** The keys that a partial update must repeat. */
function part(object: Json, profile: ProfileDocument): Json {
  const open = speakable(object, profile);
  return (profile.update.copy ?? []).reduce<Json>((built, path) => {
    const value = valueAt(open, path);
    return value === undefined ? built : withValue(built, path, value);
  }, {});
}

function putAll(
  base: Json,
  values: Readonly<Record<string, Sent>>,
  fields: Readonly<Record<string, ProfileField>>,
  around: Surroundings,
): Json {
  return Object.entries(values).reduce<Json>((built, [name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return field === undefined ? built : put(built, name, value, field, around);
  }, base);
}

/** A value in all places that hold it. */
function put(base: Json, name: string, value: Sent, field: ProfileField, around: Surroundings): Json {
  const wire =
    isSecretName(name) || typeof value === 'object'
      ? value
      : encode(value, translationOf(name, field, around.variables, around.choices));
  return [field.writePath ?? field.path, ...(field.also ?? [])].reduce<Json>(
    (built, path) => withValue(built, path, wire),
    base,
  );
}
