import { isSecretKey } from '../mask.ts';
import { cookieFindings } from './cookies.ts';
import { clue, learnt, open, partAt } from './finding.ts';
import { leavesOf } from './leaves.ts';
import { isPlainParameter } from './plain.ts';
import type { Exchange } from './recording.ts';
import { lastKey } from './roles.ts';
import { pathOf, type Scene } from './scene.ts';
import type { Finding } from './types.ts';

/** How a session begins and ends: what the login sends and answers, and which header carries the token. */
export function authFindings(scene: Scene): readonly Finding[] {
  const { login } = scene.roles;
  if (login === null) return [open('auth.login')];
  const header = headerIn(login, scene);
  const token = tokenIn(login, header?.token ?? null);
  const cookies = cookieFindings(scene, header !== null || token !== null);
  if (cookies.length > 0) return [loginFinding(login, scene), ...cookies, ...logoutFinding(scene)];
  return [
    loginFinding(login, scene),
    nameFinding('auth.token', token, scene),
    nameFinding('auth.expires', expiresIn(login), scene),
    ...(header === null ? [open('auth.header')] : [headerFinding(header, scene)]),
    ...logoutFinding(scene),
  ];
}

function loginFinding(login: Exchange, scene: Scene): Finding {
  const place = 'auth.login';
  const path = pathOf(login, scene);
  const leaves = leavesOf(login.sent);
  const secrets = leaves.filter(
    ({ path: key, value }) => isSecretKey(lastKey(key)) && typeof value === 'string',
  );
  const users = leaves.filter(
    ({ path: key, value }) => !isSecretKey(lastKey(key)) && typeof value === 'string',
  );
  const named = users.filter(({ path: key }) => /user|login|mail|usuario|correo|account/i.test(lastKey(key)));
  const [password, otherSecret] = secrets;
  const [user, otherUser] = named.length > 0 ? named : users;
  const unclear =
    password === undefined || user === undefined || otherSecret !== undefined || otherUser !== undefined;
  if (path === null || unclear)
    return open(place, path === null ? [] : [...secrets, ...users].map((leaf) => leaf.path));
  const switches = leaves
    .filter(({ value }) => typeof value === 'boolean')
    .map((leaf) => [leaf.path, leaf.value]);
  const body = { [user.path]: '{username}', [password.path]: '{password}', ...Object.fromEntries(switches) };
  const known = partAt(scene.base, place);
  const method = login.method === 'POST' ? {} : { method: login.method };
  const shown = `${login.method} ${path} {${Object.keys(body).join(', ')}}`;
  const settings = { path, body, ...method };
  return learnt({ place, standing: 'found', shown, clues: clue('calls', 1), settings }, known);
}

function nameFinding(place: string, path: string | null, { base }: Scene): Finding {
  if (path === null) return open(place);
  return learnt(
    { place, standing: 'found', shown: path, clues: clue('answers', 1), settings: { path } },
    partAt(base, place),
  );
}

/** The header of later calls that holds a text of the login's answer. Browsers may leave it out when they export. */
interface Carried {
  readonly name: string;
  readonly before: string;
  readonly token: string;
  readonly count: number;
}

function headerIn(login: Exchange, { recording }: Scene): Carried | null {
  const later = recording.exchanges.slice(recording.exchanges.indexOf(login) + 1);
  const tokens = leavesOf(login.got).flatMap(({ value }) => (isToken(value) ? [value] : []));
  const found = later.flatMap(({ headers }) =>
    headers.flatMap(([name, value]) => {
      const token = tokens.find((one) => value.endsWith(one));
      return token === undefined || name === 'cookie'
        ? []
        : [{ name, token, before: value.slice(0, -token.length) }];
    }),
  );
  const [first] = found;
  if (first === undefined || !isPlainParameter(first.name) || !/^([A-Za-z]{1,12}[ :=]?)?$/.test(first.before))
    return null;
  return { ...first, count: found.length };
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 16 && /^[\x21-\x7e]+$/.test(value);
}

/** The usual spelling goes before that of HTTP/2. */
function headerFinding({ name, before, count }: Carried, { base }: Scene): Finding {
  const known = base.auth.header;
  const own =
    known?.name.toLowerCase() === name ? known.name : name === 'authorization' ? 'Authorization' : name;
  const value = `${before}{token}`;
  return learnt(
    {
      place: 'auth.header',
      standing: 'found',
      shown: `${own}: ${value}`,
      clues: clue('calls', count),
      settings: { name: own, value },
    },
    known,
  );
}

/** What the header carries, else what is called a token. */
function tokenIn({ got }: Exchange, carried: string | null): string | null {
  const leaves = leavesOf(got).filter(({ value }) => isToken(value));
  const held = leaves.filter(({ value }) => value === carried);
  const [path, second] =
    held.length > 0
      ? held
      : leaves.filter((leaf) => /token|jwt/i.test(leaf.path) && !/refresh/i.test(leaf.path));
  return path === undefined || second !== undefined ? null : path.path;
}

function expiresIn({ got }: Exchange): string | null {
  const leaves = leavesOf(got).filter(
    ({ path, value }) =>
      typeof value === 'number' &&
      value >= 30 &&
      value <= 31_536_000 &&
      /expir|ttl|valid|lifetime/i.test(path),
  );
  return leaves.length === 1 ? (leaves[0]?.path ?? null) : null;
}

function logoutFinding(scene: Scene): readonly Finding[] {
  const call = scene.recording.exchanges.find(({ segments }) =>
    /^(log|sign)_?-?out$/i.test(segments.at(-1) ?? ''),
  );
  const path = call === undefined ? null : pathOf(call, scene);
  if (call === undefined || path === null) return [];
  const place = 'auth.logout';
  const known = scene.base.auth.logout;
  const { method } = call;
  const settings = { path, ...(method === (known?.method ?? 'GET') ? {} : { method }) };
  return [
    learnt(
      { place, standing: 'found', shown: `${method} ${path}`, clues: clue('calls', 1), settings },
      known,
    ),
  ];
}
