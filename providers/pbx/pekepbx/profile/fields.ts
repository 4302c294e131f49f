import type { ProfileDocument, ProfileField } from '../../../../engine/model/profile.ts';
import { type Json, valueAt } from './path.ts';

/** Canonical fields whose value is never shown as a value. */
export const secretNames = ['sip', 'portal'] as const;

/** The mapped fields, by their canonical names. */
export function fieldsOf({ fields }: ProfileDocument): Readonly<Record<string, ProfileField>> {
  const all: unknown = fields;
  return all as Readonly<Record<string, ProfileField>>;
}

export function isSecretName(name: string): boolean {
  return (secretNames as readonly string[]).includes(name);
}

/** What is read of a field: the value at its path, or at the first of its other places that holds one. */
export function wireOf(object: Json, { path, also = [] }: ProfileField): unknown {
  return [path, ...also].map((place) => valueAt(object, place)).find((value) => value !== undefined);
}
