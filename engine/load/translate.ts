import type { ErrorObject } from 'ajv/dist/2020.js';
import { backendLogin, backendVariables } from './backend.ts';
import { holdsLogin, isSecretKey, withoutLogin } from './mask.ts';
import { isRecord, knownKeys, type Mistake, mistakesOf } from './mistake.ts';
import { type Path, type Problem, pathText, problemAt } from './problem.ts';
import { suggest } from './suggest.ts';

/** What the translation needs of the file: how a scalar is written there. */
export type SourceOf = (path: Path) => string | undefined;

/** One problem for each mistake. */
export function problemsOf(errors: readonly ErrorObject[], data: unknown, sourceOf: SourceOf): Problem[] {
  return mistakesOf(errors, data).map((mistake) => translate(mistake, sourceOf));
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
  const variables = backendLogin(path, field);
  if (variables !== null) return backendSecret(at, variables);
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

function backendSecret(path: Path, variables: readonly string[]): Problem {
  return problemAt('backend-secret', { field: pathText(path), variables }, path, 'value', true);
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
  const variables = backendLogin(path.slice(0, -1), String(path.at(-1)));
  const forAddress = backendVariables(path);
  switch (error.keyword) {
    case 'pattern':
      if (variables !== null && /@|password/i.test(String(error.data))) return backendSecret(path, variables);
      if (forAddress !== null && holdsLogin(String(error.data))) return backendSecret(path, forAddress);
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

/** The value as it is written, shortened; never of a place that may hold a secret. */
function shown(path: Path, data: unknown, sourceOf: SourceOf): string {
  if (isSensitive(path)) return '…';
  if (typeof data === 'object' && data !== null) return Array.isArray(data) ? '[…]' : '{…}';
  const text = withoutLogin((sourceOf(path) ?? String(data)).slice(0, 500));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Whether a value here may be a secret, or a secret written where a name belongs. */
function isSensitive(path: Path): boolean {
  const [root] = path;
  if (root === 'connect' || root === 'values') return true;
  const keys = path.slice(root === 'secrets' ? 1 : 0).filter((step) => typeof step === 'string');
  return keys.includes('credentials') || keys.some(isSecretKey);
}
