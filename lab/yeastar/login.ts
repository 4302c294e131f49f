import { createHash, randomBytes } from 'node:crypto';
import type { LabLockout, LabLogin } from '../contract.ts';
import type { Box } from './box.ts';
import { type Answer, type ApiCall, ERRNO, failure, success, textParam } from './wire.ts';

/** Who may use the API of one box, and who does. */
export interface Access {
  credentials: { username: string; password: string };
  /** When each token was last used; `expired` ones are kept to tell "timed out" from "unknown". */
  tokens: Map<string, number>;
  expired: Set<string>;
  failures: Map<string, number>;
  lockedUntil: Map<string, number>;
  logins: LabLogin[];
}

const STRIKES = 5;

export function startAccess(credentials: Access['credentials']): Access {
  return {
    credentials,
    tokens: new Map(),
    expired: new Set(),
    failures: new Map(),
    lockedUntil: new Map(),
    logins: [],
  };
}

/**
 * Login: `password` is the MD5 of the password, 32 lowercase hex digits (D: all guides). Five failures lock the
 * client's address for ten minutes, answered with 20002 (D).
 */
export function login(box: Box, call: ApiCall): Answer {
  const { access, settings } = box;
  const username = textParam(call.params, 'username');
  const password = textParam(call.params, 'password');
  if (isLocked(box, call.address)) return refuseLogin(access, call.address, ERRNO.locked);
  if (Object.keys(call.params).length === 0) return failure(ERRNO.blankRequest);
  if (username === '' || password === '') return failure(ERRNO.parameterBlank);
  const wrongPort = checkPort(box, call);
  if (wrongPort !== undefined) return failure(wrongPort);
  if (username !== access.credentials.username || password !== md5(access.credentials.password)) {
    return countFailure(box, call.address);
  }
  access.failures.delete(call.address);
  access.logins.push({ at: Date.now(), address: call.address, accepted: true });
  const token = issueToken(box);
  return success(call.version === 2 ? { token, transport: settings.reportMethod } : { token });
}

/** Any request with a live token restores its thirty minutes (D). Returns the errno that refuses the token. */
export function checkToken(box: Box, token: string | undefined): string | undefined {
  const { access, settings } = box;
  if (token === undefined || token === '') return ERRNO.tokenBlank;
  const usedAt = access.tokens.get(token);
  if (usedAt !== undefined && Date.now() - usedAt >= settings.idleMs) expire(access, token);
  if (access.expired.has(token)) return settings.doubts.expiredErrno;
  if (!access.tokens.has(token)) return ERRNO.tokenUnknown;
  access.tokens.set(token, Date.now());
  return undefined;
}

/** Heartbeat: `ipaddr` is documented as required, clients send an empty body (C); the token is already refreshed. */
export function heartbeat(box: Box, call: ApiCall): Answer {
  const wrongPort = 'port' in call.params ? checkPort(box, call) : undefined;
  return wrongPort === undefined ? success() : failure(wrongPort);
}

export function logout(box: Box, call: ApiCall): Answer {
  box.access.tokens.delete(call.token ?? '');
  return success();
}

export function isLocked(box: Box, address: string): boolean {
  return (box.access.lockedUntil.get(address) ?? 0) > Date.now();
}

export function lockouts(access: Access): LabLockout[] {
  const all = [...access.lockedUntil].map(([address, until]) => ({ address, until }));
  return all.filter(({ until }) => until > Date.now());
}

export function liveTokens(box: Box): number {
  return [...box.access.tokens.values()].filter((at) => Date.now() - at < box.settings.idleMs).length;
}

export function expireTokens(access: Access): void {
  for (const token of access.tokens.keys()) expire(access, token);
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function issueToken(box: Box): string {
  const token = randomBytes(16).toString('hex');
  if (box.settings.doubts.secondLogin === 'replaces') box.access.tokens.clear();
  box.access.tokens.set(token, Date.now());
  return token;
}

function expire(access: Access, token: string): void {
  access.tokens.delete(token);
  access.expired.add(token);
}

function countFailure(box: Box, address: string): Answer {
  const { access, settings } = box;
  const failures = (access.failures.get(address) ?? 0) + 1;
  if (failures < STRIKES) access.failures.set(address, failures);
  else {
    access.failures.delete(address);
    access.lockedUntil.set(address, Date.now() + settings.lockMs);
  }
  return refuseLogin(access, address, ERRNO.badCredentials);
}

function refuseLogin(access: Access, address: string, errno: string): Answer {
  access.logins.push({ at: Date.now(), address, accepted: false });
  return failure(errno);
}

function checkPort(box: Box, call: ApiCall): string | undefined {
  const text = textParam(call.params, 'port');
  const required = box.settings.doubts.portRequired && call.version === 1;
  if (text === '') return required ? ERRNO.parameterBlank : undefined;
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? undefined : ERRNO.wrongPort;
}
