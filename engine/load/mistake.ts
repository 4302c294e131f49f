import type { ErrorObject } from 'ajv/dist/2020.js';
import { type Path, pathText } from './problem.ts';
import { suggest } from './suggest.ts';

/** One thing that somebody got wrong, with the validator's error that says it best. */
export interface Mistake {
  readonly error: ErrorObject;
  readonly path: Path;
  /** The key that is wrong, missing or too much, where the mistake is about a key of the object at `path`. */
  readonly key: string | null;
}

/** Which of several errors at one place says it best. */
const RANK = ['type', 'const', 'enum', 'required', 'additionalProperties', 'pattern'];

/**
 * The validator reports one slip in several ways: a misspelt key is unknown, and the right one is missing. What is left
 * here is one entry for each slip.
 */
export function mistakesOf(errors: readonly ErrorObject[], data: unknown): readonly Mistake[] {
  const mistakes = oneForEachPlace(
    errors.map((error) => mistakeOf(error, data)).filter((one) => one !== null),
  );
  const misspelt = misspeltKeys(mistakes);
  return mistakes.filter((mistake) => !followsFrom(mistake, misspelt));
}

/**
 * A required key that somebody misspelt is one mistake, the misspelling. So is a key that is only required because the
 * misspelt one is not there.
 */
function followsFrom(
  { error, path, key }: Mistake,
  misspelt: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (error.keyword !== 'required') return false;
  const meant = misspelt.get(pathText(path)) ?? [];
  const conditional = /\/(then|else)\//.test(error.schemaPath);
  return meant.includes(key ?? '') || (conditional && meant.length > 0);
}

/** Path of an object → the fields that its unknown keys were probably meant to be. */
function misspeltKeys(mistakes: readonly Mistake[]): ReadonlyMap<string, readonly string[]> {
  const meant = new Map<string, string[]>();
  for (const { error, path, key } of mistakes) {
    if (error.keyword !== 'additionalProperties') continue;
    const suggestion = suggest(key ?? '', knownKeys(error));
    if (suggestion !== null) meant.set(pathText(path), [...(meant.get(pathText(path)) ?? []), suggestion]);
  }
  return meant;
}

function mistakeOf(error: ErrorObject, data: unknown): Mistake | null {
  if (error.keyword === 'if' || error.keyword === 'propertyNames') return null;
  const path = pathOf(error.instancePath, data);
  if (error.propertyName !== undefined) return { error, path, key: error.propertyName };
  if (error.keyword === 'required' || error.keyword === 'dependentRequired') {
    return { error, path, key: String(error.params.missingProperty) };
  }
  if (error.keyword === 'additionalProperties') {
    return { error, path, key: String(error.params.additionalProperty) };
  }
  return { error, path, key: null };
}

/** JSON Pointer → path; an index is a number where the data holds a list. */
function pathOf(pointer: string, data: unknown): Path {
  const path: (string | number)[] = [];
  let here = data;
  for (const escaped of pointer.split('/').slice(1)) {
    const part = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(here) ? Number(part) : part;
    path.push(step);
    here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
  }
  return path;
}

function placeKey(path: Path, key: string | null): string {
  return JSON.stringify([path, key]);
}

function oneForEachPlace(mistakes: readonly Mistake[]): Mistake[] {
  const best = new Map<string, Mistake>();
  for (const mistake of mistakes) {
    const place = placeKey(mistake.path, mistake.key);
    const known = best.get(place);
    if (known === undefined || rankOf(mistake) < rankOf(known)) best.set(place, mistake);
  }
  return [...best.values()];
}

function rankOf({ error }: Mistake): number {
  const rank = RANK.indexOf(error.keyword);
  return rank === -1 ? RANK.length : rank;
}

export function knownKeys(error: ErrorObject): string[] {
  const properties = isRecord(error.parentSchema) ? error.parentSchema.properties : undefined;
  return isRecord(properties) ? Object.keys(properties) : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
