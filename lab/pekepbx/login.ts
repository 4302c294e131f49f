/** The calls about tokens (D: paths, verbs, `token` and `expires_in`). */
import { dropToken, issueToken, lifetime, noteLogin, type Session, secondsLocked } from './access.ts';
import type { Box } from './box.ts';
import { type Failure, type Outcome, refused } from './failures.ts';
import { codeOf } from './model.ts';
import { hashOf } from './seed.ts';
import type { Call } from './wire.ts';

type User = Omit<Session, 'expiresAt'>;

/** `POST /api/v2/login` {username, password}: the e-mail and the panel's password (D). */
export function login(box: Box, call: Call): Outcome {
  const seconds = secondsLocked(box.access, call.address);
  if (seconds > 0) return refused({ kind: 'locked', seconds });
  const { username, password } = call.body;
  if (typeof username !== 'string' || typeof password !== 'string') return refused(missingIn(call.body));
  const user = userWith(box, username, password);
  const factor = user === undefined ? undefined : factorFailure(box, call);
  const accepted = user !== undefined && factor === undefined;
  if (factor?.kind !== 'secondFactor') noteLogin(box, call.address, accepted);
  if (!accepted) return refused(factor ?? { kind: 'credentials' });
  const { email, role } = user;
  const token = issueToken(box, user);
  const beside = box.dialect.login.beside({ email, role });
  return { status: 200, body: { token, expires_in: lifetime(box), ...beside } };
}

/** `GET /api/v2/refresh` (D): another token. */
export function refresh(box: Box, token: string, session: Session): Outcome {
  const { renewed, renewalKills } = box.dialect.login;
  const { expiresAt: _past, ...user } = session;
  if (renewalKills) dropToken(box.access, token);
  return { status: 200, body: renewed(issueToken(box, user), lifetime(box)) };
}

/** `GET /api/v2/logout` (D). */
export function logout(box: Box, token: string): Outcome {
  dropToken(box.access, token);
  return box.dialect.login.goodbye;
}

/** `GET /api/v2/magicLogin/{userId}` (D): a link that opens the panel as that user. */
export function magicLogin(box: Box, id: string, origin: string): Outcome {
  const users = [...box.companies.values()].flatMap(({ shelves }) => shelves.extension.get(id) ?? []);
  const [user] = users;
  if (user === undefined) return refused({ kind: 'missing', what: 'extension' });
  const link = `${origin}/#!/magic/${hashOf(`${user.uuid} ${Date.now()}`).slice(0, 32)}`;
  return { status: 200, body: box.dialect.login.magic(link) };
}

/** The super-administrator, or a user of a company. */
function userWith(box: Box, username: string, password: string): User | undefined {
  const { credentials } = box.access;
  const email = username.toLowerCase();
  if (email === credentials.username) {
    return password === credentials.password ? { email, role: 'super' } : undefined;
  }
  for (const company of box.companies.values()) {
    for (const { values } of company.shelves.extension.values()) {
      if (values.email?.toLowerCase() !== email) continue;
      if (values.password !== hashOf(password)) return undefined;
      return { email, role: values.role === 'admin' ? 'admin' : 'user', company: codeOf(company) };
    }
  }
  return undefined;
}

function factorFailure(box: Box, call: Call): Failure | undefined {
  const { secondFactor } = box.settings;
  if (secondFactor === false) return undefined;
  const code = call.body[box.dialect.login.factor];
  if (code === undefined) return { kind: 'secondFactor' };
  return code === secondFactor ? undefined : { kind: 'credentials' };
}

function missingIn(body: Call['body']): Failure {
  const names = ['username', 'password'].filter((name) => typeof body[name] !== 'string');
  return { kind: 'invalid', problems: names.map((name) => ({ name, rule: 'required' })) };
}
