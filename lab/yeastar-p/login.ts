import { randomBytes } from 'node:crypto';
import type { LabLockout, LabLogin } from '../contract.ts';
import type { Box } from './box.ts';
import { type Answer, type ApiCall, ERRCODE, failure, invalid, success, textParam } from './wire.ts';

/** An access token and the refresh token issued with it. */
interface Grant {
  access: string;
  accessUntil: number;
  refresh: string;
  refreshUntil: number;
}

/** Who may use the API of one box, and who does. */
export interface Access {
  credentials: { clientId: string; clientSecret: string };
  grants: Grant[];
  failures: Map<string, number>;
  lockedUntil: Map<string, number>;
  logins: LabLogin[];
}

const STRIKES = 5;

export function startAccess(credentials: Access['credentials']): Access {
  return { credentials, grants: [], failures: new Map(), lockedUntil: new Map(), logins: [] };
}

/**
 * `get_token`: `username` is the client id and `password` the client secret, in clear (D). Five failures lock the address (D). One
 * too many answers 60002 (C: many), until a token expires or is revoked (D).
 */
export function getToken(box: Box, call: ApiCall): Answer {
  const { access, settings } = box;
  const username = textParam(call.params, 'username');
  const password = textParam(call.params, 'password');
  if (username === '') return invalid('username', 'required');
  if (password === '') return invalid('password', 'required');
  if (username !== access.credentials.clientId || password !== access.credentials.clientSecret) {
    return countFailure(box, call.address);
  }
  access.failures.delete(call.address);
  if (settings.doubts.secondToken === 'replaces') access.grants = [];
  const answer = issue(box);
  access.logins.push({ at: Date.now(), address: call.address, accepted: answer.errcode === 0 });
  return answer;
}

/** A new pair for a live refresh token (D). What becomes of the old pair is a doubt. An unknown one answers 10004 (I). */
export function refreshToken(box: Box, call: ApiCall): Answer {
  const { access, settings } = box;
  const asked = textParam(call.params, 'refresh_token');
  if (asked === '') return invalid('refresh_token', 'required');
  const grant = access.grants.find(
    ({ refresh, refreshUntil }) => refresh === asked && refreshUntil > Date.now(),
  );
  if (grant === undefined) return failure(ERRCODE.tokenExpired);
  return issue(box, settings.doubts.refreshed === 'ended' ? grant : undefined);
}

/** Ends the token that the call carries, and its refresh token (I). */
export function deleteToken(box: Box, call: ApiCall): Answer {
  box.access.grants = box.access.grants.filter(({ access }) => access !== call.token);
  return success();
}

/** The lifetime is not renewed by use (D). Unknown, missing and expired tokens answer alike (C). */
export function isLive(access: Access, token: string | undefined): boolean {
  return liveGrants(access).some((grant) => grant.access === token);
}

export function liveTokens(access: Access): number {
  return liveGrants(access).length;
}

/** Half an hour has passed: the refresh tokens are still good. */
export function expireTokens(access: Access): void {
  for (const grant of access.grants) grant.accessUntil = 0;
}

/** `block_expire_time` in seconds since 1970 (C: the key; the unit I). */
export function refuseLocked(box: Box, address: string): Answer | undefined {
  const until = box.access.lockedUntil.get(address) ?? 0;
  if (until <= Date.now()) return undefined;
  return failure(ERRCODE.ipBlocked, { block_expire_time: Math.ceil(until / 1000) });
}

export function unlock(access: Access, address?: string): void {
  for (const list of [access.lockedUntil, access.failures]) {
    if (address === undefined) list.clear();
    else list.delete(address);
  }
}

export function lockouts(access: Access): LabLockout[] {
  const all = [...access.lockedUntil].map(([address, until]) => ({ address, until }));
  return all.filter(({ until }) => until > Date.now());
}

/** Notes an attempt that the lock turned away. */
export function noteRefused(access: Access, address: string): void {
  access.logins.push({ at: Date.now(), address, accepted: false });
}

/** Lifetimes are answered in seconds; tokens have 32 characters (D). */
function issue({ access, settings }: Box, replaced?: Grant): Answer {
  const others = liveGrants(access).filter((grant) => grant !== replaced);
  if (others.length >= settings.maxTokens) return failure(ERRCODE.limit);
  access.grants = access.grants.filter((grant) => grant !== replaced);
  const now = Date.now();
  const grant: Grant = {
    access: randomBytes(16).toString('hex'),
    accessUntil: now + settings.tokenMs,
    refresh: randomBytes(16).toString('hex'),
    refreshUntil: now + settings.refreshMs,
  };
  access.grants.push(grant);
  return success({
    access_token_expire_time: Math.round(settings.tokenMs / 1000),
    access_token: grant.access,
    refresh_token_expire_time: Math.round(settings.refreshMs / 1000),
    refresh_token: grant.refresh,
  });
}

function liveGrants(access: Access): Grant[] {
  return access.grants.filter(({ accessUntil }) => accessUntil > Date.now());
}

function countFailure(box: Box, address: string): Answer {
  const { access, settings } = box;
  const failures = (access.failures.get(address) ?? 0) + 1;
  if (failures < STRIKES) access.failures.set(address, failures);
  else {
    access.failures.delete(address);
    access.lockedUntil.set(address, Date.now() + settings.lockMs);
  }
  noteRefused(access, address);
  if (settings.doubts.badCredentials === '1') return failure(1);
  const invalidParams = [{ field: 'username or password', value: 'error' }];
  return failure(ERRCODE.failure, { invalid_param_list: invalidParams });
}
