import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { LabLockout, LabLogin } from '../contract.ts';
import type { LabPhoneDoubts } from '../settings.ts';

/** The administrator's session: a phone has one at a time (C). */
export interface Session {
  id: string;
  /** What changing requests must carry. */
  token: string;
  address: string;
  usedAt: number;
  /** Pages opened in it. */
  opened: Set<string>;
}

/** Who may use a phone's web interface, and who does. */
export interface Access {
  credentials: { username: string; password: string };
  session: Session | undefined;
  /** Session ids handed out with the login page. */
  offered: Set<string>;
  failures: Map<string, number>;
  lockedUntil: Map<string, number>;
  logins: LabLogin[];
  lockMs: number;
  sessionMs: number;
  doubts: Required<LabPhoneDoubts>;
}

export type LoginVerdict =
  | { kind: 'done'; session: Session }
  | { kind: 'wrong' }
  | { kind: 'locked'; until: number }
  | { kind: 'busy'; address: string };

const OFFERED = 64;

/** A session id for a login page about to be shown. */
export function offerSession(access: Access): string {
  const id = randomBytes(16).toString('hex');
  access.offered.add(id);
  for (const oldest of access.offered) {
    if (access.offered.size <= OFFERED) break;
    access.offered.delete(oldest);
  }
  return id;
}

/** Judges a login: lock, then password, then whether somebody else is logged in. */
export function logIn(
  access: Access,
  attempt: { id: string; username: string; password: string | undefined; address: string },
): LoginVerdict {
  const { id, username, password, address } = attempt;
  const until = lockEnd(access, address);
  const right = username === access.credentials.username && sameText(password, access.credentials.password);
  if (until !== undefined || !right) {
    access.logins.push({ at: Date.now(), address, accepted: false });
    return until === undefined ? countFailure(access, address) : { kind: 'locked', until };
  }
  const holder = currentSession(access);
  if (holder !== undefined && holder.id !== id && !mayReplace(access, holder, address)) {
    access.logins.push({ at: Date.now(), address, accepted: false });
    return { kind: 'busy', address: holder.address };
  }
  access.failures.delete(scope(access, address));
  access.logins.push({ at: Date.now(), address, accepted: true });
  return { kind: 'done', session: beginSession(access, id, address) };
}

export function beginSession(access: Access, id: string, address: string): Session {
  const token = randomBytes(8).toString('hex');
  access.offered.delete(id);
  access.session = { id, token, address, usedAt: Date.now(), opened: new Set() };
  return access.session;
}

/** The session a cookie belongs to; using it keeps it alive. */
export function sessionOf(access: Access, id: string | undefined): Session | undefined {
  const session = currentSession(access);
  if (session === undefined || session.id !== id) return undefined;
  session.usedAt = Date.now();
  return session;
}

export function currentSession(access: Access): Session | undefined {
  const { session, sessionMs } = access;
  if (session !== undefined && Date.now() - session.usedAt >= sessionMs) access.session = undefined;
  return access.session;
}

/** When the lock of an address ends; undefined for none. */
export function lockEnd(access: Access, address: string): number | undefined {
  const until = access.lockedUntil.get(scope(access, address)) ?? 0;
  return until > Date.now() ? until : undefined;
}

export function lockouts(access: Access): LabLockout[] {
  const all = [...access.lockedUntil].map(([address, until]) => ({ address, until }));
  return all.filter(({ until }) => until > Date.now());
}

export function unlock(access: Access, address?: string): void {
  for (const list of [access.lockedUntil, access.failures]) {
    if (address === undefined) list.clear();
    else list.delete(scope(access, address));
  }
}

/** HTTP Basic, judged without counting failures (U whether they lock). */
export function basicAccepted({ credentials }: Access, header: string | undefined): boolean {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  return sameText(given, `${credentials.username}:${credentials.password}`);
}

function mayReplace({ doubts }: Access, holder: Session, address: string): boolean {
  return (holder.address === address ? doubts.sameAddress : doubts.secondLogin) === 'replace';
}

function countFailure(access: Access, address: string): LoginVerdict {
  const who = scope(access, address);
  const failures = (access.failures.get(who) ?? 0) + 1;
  access.failures.set(who, failures);
  if (failures < access.doubts.lockAfter) return { kind: 'wrong' };
  access.failures.delete(who);
  access.lockedUntil.set(who, Date.now() + access.lockMs);
  return { kind: 'wrong' };
}

function scope({ doubts }: Access, address: string): string {
  return doubts.lockScope === 'phone' ? '*' : address;
}

function sameText(given: string | undefined, wanted: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return given !== undefined && one.length === other.length && timingSafeEqual(one, other);
}
