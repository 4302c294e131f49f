import type { Path } from '../problem.ts';

/** A document whose wrong parts are taken out: anything may be missing. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly (Draft<Item> | null)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> }
    : T;

/** The entries of a map that may be missing, each with its path. */
export function entriesOf<T extends object>(
  map: T | undefined | null,
  path: Path,
): readonly (readonly [string, NonNullable<T[keyof T]>, Path])[] {
  const entries = Object.entries(map ?? {}) as [string, T[keyof T]][];
  return entries.flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, value, [...path, key]] as const],
  );
}

/** The items of a list that may be missing, each with its path. */
export function itemsOf<T>(
  list: readonly (T | null)[] | undefined,
  path: Path,
): readonly (readonly [T, Path])[] {
  return (list ?? []).flatMap((item, index) => (item === null ? [] : [[item, [...path, index]] as const]));
}

/** The names that a template asks for: `ext{companyId}{number}` → companyId, number. */
export function variablesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
