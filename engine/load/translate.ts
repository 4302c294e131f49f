import type { ErrorObject } from 'ajv/dist/2020.js';
import { isSecretKey, withoutUser } from './mask.ts';
import { type Path, type Problem, pathText, problemAt } from './problem.ts';
import { suggest } from './suggest.ts';

/** What the translation needs of the file: how a scalar is written there. */
export type SourceOf = (path: Path) => string | undefined;

interface Mistake {
  readonly error: ErrorObject;
  readonly path: Path;
  /** The key that is wrong, missing or too much, where the mistake is about a key of the object at `path`. */
  readonly key: string | null;
}

/** Which of several errors at one place says it best. */
const RANK = ['type', 'const', 'enum', 'required', 'additionalProperties', 'pattern'];

/** One problem for each mistake, in the order of the file. */
export function problemsOf(errors: readonly ErrorObject[], data: unknown, sourceOf: SourceOf): Problem[] {
  const mistakes = oneForEachPlace(
    errors.map((error) => mistakeOf(error, data)).filter((one) => one !== null),
  );
  const misspelt = misspeltKeys(mistakes);
  return mistakes
    .filter((mistake) => !followsFrom(mistake, misspelt))
    .map((mistake) => translate(mistake, sourceOf));
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

function translate(mistake: Mistake, sourceOf: SourceOf): Problem {
  const { error, path, key } = mistake;
  if (error.propertyName !== undefined) return badKey(mistake);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(mistake);
    case 'required':
    case 'dependentRequired':
      return missingField(path, key ?? '');
    case 'type':
      return wrongType(mistake, sourceOf);
    case 'const':
    case 'enum':
      return wrongChoice(mistake, sourceOf);
    default:
      return wrongValue(mistake, sourceOf);
  }
}

function missingField(path: Path, key: string): Problem {
  if (path.length === 2 && path[0] === 'pbx' && key === 'driver') {
    return problemAt('pbx-without-kind', { pbx: String(path[1]) }, path, 'key');
  }
  return problemAt('missing-field', { field: key, where: pathText(path) || '/' }, path, 'key');
}

/** A key that its map does not take here: a bad name, or one that excludes another. */
function badKey({ error, path, key }: Mistake): Problem {
  const field = key ?? '';
  const at = [...path, field];
  const parent = pathText(path);
  if (error.keyword === 'enum') {
    return problemAt('key-not-here', { key: field, where: parent, allowed: allowedValues(error) }, at, 'key');
  }
  return problemAt('bad-name', { key: field, where: parent, example: exampleOf(error) }, at, 'key');
}

function unknownKey({ error, path, key }: Mistake): Problem {
  const field = key ?? '';
  const at = [...path, field];
  const value = isRecord(error.data) ? error.data[field] : undefined;
  if (isSecretKey(field) && (typeof value === 'string' || typeof value === 'number')) {
    return problemAt('secret-in-clear', { field: pathText(at) }, at, 'value', true);
  }
  const known = knownKeys(error);
  const suggestion = suggest(field, known);
  const where = pathText(path) || '/';
  return suggestion === null
    ? problemAt('unknown-key', { key: field, where, allowed: known }, at, 'key')
    : problemAt('misspelt-key', { key: field, where, suggestion }, at, 'key');
}

function wrongType({ error, path }: Mistake, sourceOf: SourceOf): Problem {
  const field = pathText(path) || '/';
  const { data } = error;
  const scalar = typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean';
  if (scalar && isRecord(error.parentSchema) && error.parentSchema.writeOnly === true) {
    return problemAt('secret-in-clear', { field }, path, 'value', true);
  }
  if (data === null) return problemAt('empty-value', { field }, path, 'key');
  const types = [error.params.type].flat().map(String);
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return unquoted(path, data, sourceOf);
  }
  const value = shown(path, data, sourceOf);
  return problemAt(expectedCode(types), { field, value }, path, 'value', isSensitive(path));
}

function unquoted(path: Path, data: number | boolean, sourceOf: SourceOf): Problem {
  const source = isSensitive(path) ? '…' : (sourceOf(path) ?? String(data));
  const value = isSensitive(path) ? '…' : String(data);
  const code = typeof data === 'number' ? 'number-unquoted' : 'text-unquoted';
  return problemAt(code, { field: pathText(path), source, value }, path, 'value', isSensitive(path));
}

function expectedCode(types: readonly string[]): Problem['code'] {
  if (types.includes('object')) return 'expected-map';
  if (types.includes('array')) return 'expected-list';
  if (types.includes('boolean')) return 'expected-boolean';
  if (types.includes('string')) return 'expected-text';
  return 'expected-number';
}

function wrongChoice({ error, path }: Mistake, sourceOf: SourceOf): Problem {
  const field = pathText(path);
  const value = shown(path, error.data, sourceOf);
  const allowed = allowedValues(error);
  if (field === 'apiVersion') return problemAt('unknown-version', { value, allowed }, path);
  if (field === 'kind') return problemAt('wrong-kind', { value, allowed }, path);
  const suggestion = typeof error.data === 'string' ? suggest(error.data, allowed) : null;
  return suggestion === null || isSensitive(path)
    ? problemAt('value-not-listed', { field, value, allowed }, path)
    : problemAt('misspelt-value', { field, value, suggestion, allowed }, path);
}

function wrongValue({ error, path }: Mistake, sourceOf: SourceOf): Problem {
  const field = pathText(path);
  const value = shown(path, error.data, sourceOf);
  const masked = isSensitive(path);
  switch (error.keyword) {
    case 'pattern':
      return problemAt('value-form', { field, value, example: exampleOf(error) }, path, 'value', masked);
    case 'minimum':
    case 'maximum':
      return problemAt('value-range', { field, value, limit: limitText(error) }, path);
    case 'uniqueItems':
      return problemAt('item-twice', { field }, [...path, Number(error.params.i)]);
    default:
      return problemAt('value-size', { field, limit: limitText(error) }, path, 'value', masked);
  }
}

/** `≥ 1`, `≤ 4` */
function limitText(error: ErrorObject): string {
  return `${error.keyword.startsWith('min') ? '≥' : '≤'} ${String(error.params.limit)}`;
}

function allowedValues(error: ErrorObject): string[] {
  const listed: unknown = error.params.allowedValues ?? [error.params.allowedValue];
  return (Array.isArray(listed) ? listed : []).filter((value) => value !== null).map(String);
}

function exampleOf(error: ErrorObject): string {
  const examples: unknown = isRecord(error.parentSchema) ? error.parentSchema.examples : undefined;
  return Array.isArray(examples) ? String(examples[0]) : '';
}

function knownKeys(error: ErrorObject): string[] {
  const properties = isRecord(error.parentSchema) ? error.parentSchema.properties : undefined;
  return isRecord(properties) ? Object.keys(properties) : [];
}

/** The value as it is written, shortened; never of a place that may hold a secret. */
function shown(path: Path, data: unknown, sourceOf: SourceOf): string {
  if (isSensitive(path)) return '…';
  if (typeof data === 'object' && data !== null) return Array.isArray(data) ? '[…]' : '{…}';
  const text = withoutUser(sourceOf(path) ?? String(data));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Whether a value here may be a secret, or a secret written where a name belongs. */
function isSensitive(path: Path): boolean {
  const [root] = path;
  if (root === 'connect' || root === 'values') return true;
  const keys = path.slice(root === 'secrets' ? 1 : 0).filter((step) => typeof step === 'string');
  return keys.includes('credentials') || keys.some(isSecretKey);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
