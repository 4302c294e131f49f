/** What an extension cannot be made without. Pure. */
import type { Desired, Diagnostic, Target } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { told } from '../../rules.ts';
import { facts } from './facts.ts';
import { fieldsOf, isSecretName, secretNames } from './profile/fields.ts';
import { profileOf } from './profile/target.ts';

/** Mail and panel password are required by the panel itself; the rest is the profile's. A secret that is left alone is said as well. */
export function missing(
  desired: Desired,
  target: Target,
  profile: ProfileDocument | null,
): readonly Diagnostic[] {
  const { values, secrets, references } = desired;
  const has = (name: string) =>
    name in values || name in secrets || name in references || (name === 'name' && 'callerIdName' in values);
  return requiredBy(profile)
    .filter((name) => !has(name))
    .map((name) => lacking(name, desired, target));
}

/** Secrets that are left alone, and that a new extension needs. @param there numbers that are there already; undefined = not read */
export function missingWhenNew(
  desired: Desired,
  target: Target,
  there: readonly string[] | undefined,
): readonly Diagnostic[] {
  const profile = profileOf(target);
  if (profile === null || there === undefined || there.includes(desired.key)) return [];
  return secretNames
    .filter((name) => requiredBy(profile).includes(name) && desired.secrets[name]?.source === 'unmanaged')
    .map((name) => lacking(name, desired, target));
}

function requiredBy(profile: ProfileDocument | null): readonly string[] {
  const always = Object.entries(facts.kinds.extension?.fields ?? {}).flatMap(
    ([name, { requiredOnCreate }]) => (requiredOnCreate === true ? [name] : []),
  );
  const also = Object.entries(profile === null ? {} : fieldsOf(profile)).flatMap(([name, field]) =>
    field.required === true && field.default === undefined ? [name] : [],
  );
  return [...new Set([...always, ...also])];
}

function lacking(field: string, desired: Desired, target: Target): Diagnostic {
  return told(desired, target, isSecretName(field) ? 'secret-required' : 'field-required', { field });
}
