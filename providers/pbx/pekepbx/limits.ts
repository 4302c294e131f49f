/** What the profile says that values must keep to, beside their words. Pure. */
import type { Scalar, Values } from '../../../engine/model/index.ts';
import type { ProfileDocument, ProfileField } from '../../../engine/model/profile.ts';
import {
  atLeast,
  atMost,
  made,
  onlyOf,
  type Problem,
  problem,
  type SecretRule,
  tooLong,
  tooShort,
} from '../../rules.ts';
import { dressed } from './profile/codec.ts';
import { fieldsOf } from './profile/fields.ts';
import type { Variables } from './profile/template.ts';

/** A number as JSON holds it exactly, and gives it back as it was written. */
const INTEGER = /^(0|[1-9]\d{0,14})$/;

/** The limits that the number and the values break, all at once. */
export function limitProblems(
  key: string,
  values: Values,
  profile: ProfileDocument,
  variables: Variables,
): readonly Problem[] {
  const fields: Readonly<Record<string, ProfileField>> = {
    ...fieldsOf(profile),
    number: profile.identity.number,
  };
  return Object.entries({ ...values, number: key }).flatMap(([name, value]) => {
    const mapping = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return mapping === undefined || isWord(value, mapping) ? [] : brokenBy(name, value, mapping, variables);
  });
}

/** What has a form of its own there keeps to no other. */
function isWord(value: Scalar, { values, nullAs }: ProfileField): boolean {
  return typeof value === 'boolean' || nullAs === value || Object.hasOwn(values ?? {}, String(value));
}

function brokenBy(
  name: string,
  value: Scalar,
  mapping: ProfileField,
  variables: Variables,
): readonly Problem[] {
  const { minLength, maxLength, pattern, allowed } = mapping;
  const lost = mapping.codec === 'int' && !INTEGER.test(dressed(String(value), mapping, variables));
  return [
    ...(minLength === undefined ? [] : atLeast(name, value, minLength)),
    ...(maxLength === undefined ? [] : atMost(name, value, maxLength)),
    ...(pattern === undefined ? [] : made(name, value, whole(pattern), allowed ?? pattern)),
    ...(lost ? [problem(name, 'value-unsupported', { value: String(value) })] : []),
  ];
}

/** The same limits of a secret, for the dialect to try. */
export function secretRules({ minLength, maxLength, pattern, allowed }: ProfileField): readonly SecretRule[] {
  return [
    ...(minLength === undefined ? [] : [tooShort(minLength)]),
    ...(maxLength === undefined ? [] : [tooLong(maxLength)]),
    ...(pattern === undefined ? [] : [onlyOf(whole(pattern), allowed ?? pattern)]),
  ];
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
