/** The server's own form of what is sent: the only place where secrets are opened. Pure. */
import { reveal, Secret } from '../../../engine/model/index.ts';
import type { ProfileAuth, ProfileCall, ProfileField } from '../../../engine/model/profile.ts';
import type { SecretProblem } from '../../rules.ts';
import { secretRules } from './limits.ts';
import { isJson, type Json, merged, withValue } from './profile/path.ts';
import { fill, type Variables } from './profile/template.ts';

/**
 * The body of a request: what the call always says, and over it what this request says, under the key that wraps both.
 * @param body in the server's own words; a {@link Secret} among its values is opened here
 * @returns null where there is nothing to say
 */
export function bodyOf(call: ProfileCall, variables: Variables, body: Json | undefined): Secret | null {
  if (body === undefined && call.body === undefined) return null;
  const whole = merged(constants(call, variables), opened(body ?? {}) as Json);
  const wrapped = call.wrap === undefined ? whole : withValue({}, call.wrap, whole);
  return new Secret(call.encoding === 'form' ? formOf(wrapped) : JSON.stringify(wrapped));
}

/** A login's body: user, password and whatever else the profile says. */
export function loginBody(
  call: ProfileCall,
  credentials: Readonly<Record<string, Secret>>,
  variables: Variables,
): Secret {
  const clear = Object.entries(credentials).map(([name, secret]) => [name, reveal(secret)]);
  const known = { ...variables, ...Object.fromEntries(clear) };
  const body = bodyOf(call, known, {});
  return body ?? new Secret('');
}

/** The header that carries the token. */
export function bearerOf(
  header: ProfileAuth['header'],
  token: Secret | null,
): Readonly<Record<string, Secret>> {
  if (header === undefined || token === null) return {};
  return { [header.name.toLowerCase()]: new Secret(fill(header.value, { token: reveal(token) })) };
}

/** Cookies as they go back, and the header that repeats one of them. Its value is written percent-encoded in a cookie. */
export function cookieHeaders(
  held: ReadonlyMap<string, string>,
  xsrf: ProfileAuth['xsrf'],
): Readonly<Record<string, Secret>> {
  if (held.size === 0) return {};
  const cookie = new Secret([...held].map(([name, value]) => `${name}=${value}`).join('; '));
  const echoed = xsrf === undefined ? undefined : held.get(xsrf.cookie);
  if (xsrf === undefined || echoed === undefined) return { cookie };
  return { cookie, [xsrf.header.toLowerCase()]: new Secret(decoded(echoed)) };
}

/** What the secrets of a write break of the limits of the profile, without their values. */
export function secretProblems(
  secrets: Readonly<Record<string, Secret>>,
  fields: Readonly<Record<string, ProfileField>>,
): readonly SecretProblem[] {
  return Object.entries(secrets).flatMap(([field, secret]) => {
    const mapping = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const rules = mapping === undefined ? [] : secretRules(mapping);
    const broken = rules.find(({ kept }) => !kept(reveal(secret)));
    return broken === undefined ? [] : [{ field, code: broken.code, params: broken.params }];
  });
}

/** Whether two secrets are the same. */
export function isSameSecret(one: Secret, other: Secret): boolean {
  return reveal(one) === reveal(other);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function constants({ body }: ProfileCall, variables: Variables): Json {
  return Object.entries(body ?? {}).reduce<Json>(
    (built, [path, value]) =>
      withValue(built, path, typeof value === 'string' ? fill(value, variables) : value),
    {},
  );
}

function opened(value: unknown): unknown {
  if (value instanceof Secret) return reveal(value);
  if (Array.isArray(value)) return value.map(opened);
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]));
}

/** `a[b]=1&c=`, as HTML forms of such servers are written. True and false are 1 and 0; null is empty. */
function formOf(body: Json): string {
  return new URLSearchParams(
    pairsOf(body, '').map(([key, value]): [string, string] => [key, value]),
  ).toString();
}

function pairsOf(value: unknown, key: string): readonly (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([step, inner]) =>
      pairsOf(inner, key === '' ? step : `${key}[${step}]`),
    );
  }
  if (value === null || value === undefined) return [[key, '']];
  return [[key, typeof value === 'boolean' ? String(Number(value)) : String(value)]];
}
