import type { ProfileCall, ProfileDocument, ProfileScope } from '../../model/profile.ts';
import { isSecretKey } from '../mask.ts';
import { type Path, type Problem, pathText, problemAt } from '../problem.ts';
import { type Draft, entriesOf, itemsOf, variablesIn } from './draft.ts';

type Document = Draft<ProfileDocument>;
type Call = Draft<ProfileCall>;

/** What is known before the login (user and password in its body only), with a token, in a company, and of one thing. */
const beforeLogin = ['companyId'];
const inLogin = ['username', 'password', ...beforeLogin];
const withToken = ['companyId', 'companyName'];
const inCompany = [...withToken, 'companyKey'];
const ofOne = ['id', 'number'];

const operations = ['list', 'get', 'create', 'update', 'delete'] as const;

/** Requests: what they fill in, what they must say, and how they ask. */
export function callProblems(draft: Document): readonly Problem[] {
  const { auth, tenant, resources, transport } = draft;
  return [
    ...unknownIn(transport?.headers, ['companyId'], ['transport', 'headers']),
    ...(auth?.login ? loginProblems(auth.login, ['auth', 'login']) : []),
    ...unknown(auth?.header?.value, ['token'], ['auth', 'header', 'value']),
    ...(auth?.header?.value === undefined
      ? []
      : missing('token', [auth.header.value], ['auth', 'header', 'value'])),
    ...(auth?.refresh ? textsOf(auth.refresh, withToken, ['auth', 'refresh']) : []),
    ...(auth?.logout ? textsOf(auth.logout, withToken, ['auth', 'logout']) : []),
    ...itemsOf<Draft<ProfileScope>>(tenant?.scopes, ['tenant', 'scopes']).flatMap(([scope, path]) =>
      scope.call ? textsOf(scope.call, inCompany, [...path, 'call']) : [],
    ),
    ...entriesOf(resources, ['resources']).flatMap(([kind, resource, path]) =>
      operations.flatMap((op) => {
        const call = resource[op];
        const known = kind === tenant?.resource ? withToken : inCompany;
        return call ? operationProblems(kind, op, call, known, [...path, op]) : [];
      }),
    ),
  ];
}

/** A login sends the password by name; one in clear must not stand in a file that everybody reads. */
function loginProblems(call: Call, path: Path): readonly Problem[] {
  const literal = entriesOf(call.body, [...path, 'body']).filter(
    ([key, value]) => typeof value === 'string' && isSecretKey(key) && variablesIn(value).length === 0,
  );
  const body = Object.values(call.body ?? {}).filter((value) => typeof value === 'string');
  return [
    ...textsOf(call, beforeLogin, path, inLogin),
    ...missing('password', body, path),
    ...literal.map(([, , at]) => problemAt('secret-in-clear', { field: pathText(at) }, at, 'value', true)),
  ];
}

function operationProblems(
  kind: string,
  op: (typeof operations)[number],
  call: Call,
  known: readonly string[],
  path: Path,
): readonly Problem[] {
  const one = op === 'get' || op === 'update' || op === 'delete';
  const reads = op === 'list' || op === 'get';
  const named = wordsOf(call).flatMap(variablesIn);
  const vague = one && !named.includes('id') && !named.includes('number');
  return [
    ...textsOf(call, op === 'list' ? known : [...known, ...ofOne], path),
    ...(vague ? missing('id', [], path) : []),
    ...(reads && call.method !== undefined && call.method !== 'GET' ? [onlyGet(call.method, path)] : []),
    ...(kind !== 'extension' && !reads ? [notOurs(kind, op, path)] : []),
  ];
}

function onlyGet(value: string, path: Path): Problem {
  const at = [...path, 'method'];
  return problemAt('value-not-listed', { field: pathText(at), value, allowed: ['GET'] }, at);
}

/** Only extensions are written. */
function notOurs(kind: string, op: string, path: Path): Problem {
  const params = { key: op, where: `resources.${kind}`, allowed: ['list', 'get', 'company'] };
  return problemAt('key-not-here', params, path, 'key');
}

/** Variables that are not known where a call uses them. */
function textsOf(
  call: Call,
  known: readonly string[],
  path: Path,
  inBody: readonly string[] = known,
): readonly Problem[] {
  return [
    ...unknown(call.path, known, [...path, 'path']),
    ...unknownIn(call.query, known, [...path, 'query']),
    ...unknownIn(call.headers, known, [...path, 'headers']),
    ...unknownIn(call.body, inBody, [...path, 'body']),
  ];
}

/** Every template of a call. */
function wordsOf({ path, query, headers, body }: Call): readonly string[] {
  const all = [path, ...[query, headers, body].flatMap((map) => Object.values(map ?? {}))];
  return all.filter((value): value is string => typeof value === 'string');
}

function unknownIn(map: object | undefined, known: readonly string[], path: Path): readonly Problem[] {
  return Object.entries(map ?? {}).flatMap(([key, value]) => unknown(value, known, [...path, key]));
}

/** @param template anything but text asks for nothing */
export function unknown(template: unknown, known: readonly string[], path: Path): readonly Problem[] {
  if (typeof template !== 'string') return [];
  const strangers = variablesIn(template).filter((name) => !known.includes(name));
  const allowed = known.map((name) => `{${name}}`);
  return strangers.map((name) =>
    problemAt('profile-variable', { field: pathText(path), variable: `{${name}}`, allowed }, path),
  );
}

function missing(name: string, templates: readonly string[], path: Path): readonly Problem[] {
  if (templates.flatMap(variablesIn).includes(name)) return [];
  return [
    problemAt('profile-variable-missing', { field: pathText(path), variable: `{${name}}` }, path, 'key'),
  ];
}
