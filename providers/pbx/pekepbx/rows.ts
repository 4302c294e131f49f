import { type Scalar, Secret, type Values } from '../../../engine/model/index.ts';
import type { ProfileDocument, ProfileField } from '../../../engine/model/profile.ts';
import type { About } from '../../transport/refusal.ts';
import { mismatch } from './answers.ts';
import type { Link } from './link.ts';
import { type Choice, decode, type Translation } from './profile/codec.ts';
import { fieldsOf, isSecretName, wireOf } from './profile/fields.ts';
import { isScalar, type Json, typeOf, valueAt } from './profile/path.ts';
import { fill, type Variables } from './profile/template.ts';

/** Rows of looked-up resources, by the canonical field that points to them. */
export type Choices = Readonly<Record<string, readonly Choice[]>>;

/** One extension as a list shows it, in our words. Secrets are wrapped the moment it is read. */
export interface Row {
  /** The number within the company. */
  readonly key: string;
  readonly id: string;
  readonly values: Values;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Undefined where the profile does not map it, or this row does not say. */
  readonly registered?: Scalar;
}

/** How one field is translated in one company. */
export function translationOf(
  field: string,
  mapping: ProfileField,
  variables: Variables,
  choices: Choices,
): Translation {
  return { field, mapping, variables, choices: choices[field] ?? [] };
}

/** Whose extensions they are, and what their values point to. */
export interface Surroundings {
  readonly variables: Variables;
  readonly choices: Choices;
}

/**
 * One extension.
 * @param detail whether it is the answer to a get, which may show more than a list
 * @throws `profile-guess-wrong`, `profile-outdated` where id or number are not where the profile says, or a value is of no such kind
 */
export function rowOf(object: Json, around: Surroundings, link: Link, about: About, detail = false): Row {
  const { profile } = link;
  const id = idOf(object, link, about);
  const key = numberOf(object, around, link, about);
  const shown = Object.entries(fieldsOf(profile)).flatMap(([name, mapping]) => {
    if (mapping.writeOnly === true || (mapping.detail === true && !detail)) return [];
    const read = decode(
      wireOf(object, mapping),
      translationOf(name, mapping, around.variables, around.choices),
    );
    if ('odd' in read) throw mismatch(link, `fields.${name}`, `${mapping.path}: ${read.odd}`, about);
    return read.value === undefined ? [] : [[name, read.value] as const];
  });
  const values = shown.filter(([name]) => !isSecretName(name) && name !== 'registered');
  const secrets = shown.filter(([name, value]) => isSecretName(name) && value !== '');
  const registered = shown.find(([name]) => name === 'registered')?.[1];
  return {
    key,
    id,
    values: { number: key, ...derived(key, id, around, profile), ...Object.fromEntries(values) },
    secrets: Object.fromEntries(secrets.map(([name, value]) => [name, new Secret(String(value))])),
    ...(registered === undefined ? {} : { registered }),
  };
}

/** What follows from number and company where no field shows it. */
function derived(
  number: string,
  id: string,
  { variables }: Surroundings,
  { identity }: ProfileDocument,
): Values {
  const { registrationName } = identity;
  return registrationName === undefined
    ? {}
    : { registrationName: fill(registrationName, { ...variables, number, id }) };
}

export function idOf(object: Json, link: Link, about: About): string {
  const { path } = link.profile.identity.id;
  const id = valueAt(object, path);
  if (!isScalar(id)) throw mismatch(link, 'identity.id', `${path}: ${typeOf(id)}`, about);
  const text = String(id);
  if (/^(?!\.{1,2}$)[\w.:@+-]{1,128}$/.test(text)) return text;
  throw mismatch(link, 'identity.id', `${path}: a ${typeOf(id)} that is no id`, about);
}

/** @throws `profile-guess-wrong`, `profile-outdated`: also where a number is another company's by its prefix */
export function numberOf(object: Json, { variables }: Surroundings, link: Link, about: About): string {
  const { number } = link.profile.identity;
  const read = decode(wireOf(object, number), { field: 'number', mapping: number, variables, choices: [] });
  const evidence = 'odd' in read ? read.odd : typeOf(wireOf(object, number));
  const value = 'odd' in read ? undefined : read.value;
  if (value === undefined) throw mismatch(link, 'identity.number', `${number.path}: ${evidence}`, about);
  const text = String(value);
  if (/^[0-9A-Za-z*#+_-]{1,32}$/.test(text)) return text;
  throw mismatch(link, 'identity.number', `${number.path}: a ${evidence} that is no number`, about);
}
