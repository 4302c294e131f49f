import { createHmac, randomBytes } from 'node:crypto';
import type { LabLockout, LabLogin } from '../contract.ts';
import type { Box } from './box.ts';
import type { Failure } from './failures.ts';

/** Who a token is of. A company's own users see their company alone, and only if they administer it (I). */
export interface Session {
  expiresAt: number;
  email: string;
  role: 'super' | 'admin' | 'user';
  /** Code of the company whose user it is of. */
  company?: string;
  /** Code of the company that a super-administrator has entered. */
  entered?: string;
}

/** Who may use the API of one platform, and who does. */
export interface Access {
  credentials: { username: string; password: string };
  key: Buffer;
  tokens: Map<string, Session>;
  /** Kept to tell "timed out" from "unknown". */
  expired: Set<string>;
  failures: Map<string, number>;
  lockedUntil: Map<string, number>;
  logins: LabLogin[];
}

export function startAccess(credentials: Access['credentials']): Access {
  return {
    credentials,
    key: randomBytes(32),
    tokens: new Map(),
    expired: new Set(),
    failures: new Map(),
    lockedUntil: new Map(),
    logins: [],
  };
}

/** Whole seconds that a new token lives: `expires_in` (D: 3600). */
export function lifetime(box: Box): number {
  return Math.round(box.settings.tokenMs / 1000);
}

/** A token for somebody: shaped like a JWT (D). */
export function issueToken(box: Box, session: Omit<Session, 'expiresAt'>): string {
  const now = Date.now();
  const claims = {
    iss: `https://${box.settings.name}.example/api/v2/login`,
    iat: Math.floor(now / 1000),
    exp: Math.floor((now + box.settings.tokenMs) / 1000),
    sub: session.email,
    jti: randomBytes(8).toString('hex'),
  };
  const unsigned = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const token = `${unsigned}.${createHmac('sha256', box.access.key).update(unsigned).digest('base64url')}`;
  box.access.tokens.set(token, { ...session, expiresAt: now + box.settings.tokenMs });
  return token;
}

/** The session of an `Authorization: Bearer` header (D), or why there is none. */
export function sessionOf(
  box: Box,
  header: string | undefined,
): { token: string; session: Session } | Failure {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) return { kind: 'unauthenticated', why: 'missing' };
  const { access } = box;
  const session = access.tokens.get(token);
  if (session !== undefined && session.expiresAt > Date.now()) return { token, session };
  if (session !== undefined) expire(access, token);
  return { kind: 'unauthenticated', why: access.expired.has(token) ? 'expired' : 'unknown' };
}

/** Seconds that an address must still wait before it may log in; 0: none. */
export function secondsLocked(access: Access, address: string): number {
  return Math.max(0, Math.ceil(((access.lockedUntil.get(address) ?? 0) - Date.now()) / 1000));
}

/** Notes an attempt; failures add up to a wait. */
export function noteLogin(box: Box, address: string, accepted: boolean): void {
  const { access, settings } = box;
  access.logins.push({ at: Date.now(), address, accepted });
  const failures = accepted ? 0 : (access.failures.get(address) ?? 0) + 1;
  if (failures >= settings.lockAfter) access.lockedUntil.set(address, Date.now() + settings.lockMs);
  access.failures.set(address, failures % settings.lockAfter);
}

export function loginLockouts(access: Access): LabLockout[] {
  const all = [...access.lockedUntil].map(([address, until]) => ({ address, until }));
  return all.filter(({ until }) => until > Date.now());
}

export function unlockLogins(access: Access, address?: string): void {
  for (const list of [access.lockedUntil, access.failures]) {
    if (address === undefined) list.clear();
    else list.delete(address);
  }
}

export function liveTokens(access: Access): number {
  return [...access.tokens.values()].filter(({ expiresAt }) => expiresAt > Date.now()).length;
}

export function expireTokens(access: Access): void {
  for (const token of [...access.tokens.keys()]) expire(access, token);
}

/** Forgets a token: it is unknown afterwards. */
export function dropToken(access: Access, token: string): void {
  access.tokens.delete(token);
}

function expire(access: Access, token: string): void {
  access.tokens.delete(token);
  access.expired.add(token);
}
