import type { LabExtension } from '../settings.ts';
import { type Scope, writableField } from './fields.ts';
import { ERRNO, type Params } from './wire.ts';

/** The changes a call asks for, in the store's names, or the errno that refuses them. */
export function changesOf(params: Params, idKeys: string[], scope: Scope): Record<string, string> | string {
  const changes: Record<string, string> = {};
  for (const [key, raw] of Object.entries(params)) {
    if (idKeys.includes(key)) continue;
    const field = writableField(key, scope);
    if (field === undefined) {
      if (scope.settings.doubts.unknownKeys === 'refuse') return ERRNO.configurationFailed;
      continue;
    }
    if (typeof raw !== 'string' && typeof raw !== 'number') return ERRNO.configurationFailed;
    const value = String(raw);
    if (!field.allows(value, scope)) return ERRNO.configurationFailed;
    changes[key] = value;
  }
  return combinedUpdate(changes, scope);
}

/** What no single field can judge. Returns the errno that refuses the extension as it would become. */
export function judge(next: LabExtension, changes: Record<string, string>, scope: Scope): string | undefined {
  const { doubts, allowWeakPassword } = scope.settings;
  if ('registerpassword' in changes && !registerStrong(next, allowWeakPassword, doubts.consecutiveDigits)) {
    return doubts.weakPasswordErrno;
  }
  if ('loginpassword' in changes && !loginStrong(changes.loginpassword ?? '', allowWeakPassword)) {
    return doubts.weakPasswordErrno;
  }
  if (needsMobile(next) && next.mobile === '') return ERRNO.configurationFailed;
  if (forwardsNowhere(next)) return ERRNO.configurationFailed;
  return undefined;
}

/** Routes by name; the two lists mirror each other (C: client ISP; errno 10033 D). */
export function routesOf(
  changes: Record<string, string>,
  routes: string[],
): Record<string, string> | typeof ERRNO.outboundRouteFailed {
  const { selectoutroute, unselectoutroute } = changes;
  if (selectoutroute === undefined && unselectoutroute === undefined) return {};
  const named = listOf(selectoutroute ?? unselectoutroute ?? '');
  if (named.some((name) => !routes.includes(name))) return ERRNO.outboundRouteFailed;
  const others = routes.filter((name) => !named.includes(name));
  const [chosen, left] = selectoutroute === undefined ? [others, named] : [named, others];
  return { selectoutroute: chosen.join(','), unselectoutroute: left.join(',') };
}

export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const FORWARDING = /^(alwaysforward|noanswerforward|busyforward|[anb]transfer\w+)$/;
const LIMITS = ['ringtimeout', 'maxduration'];

/** A field client sends limits and forwarding apart, as a fix for a box that would not take them together (C, I). */
function combinedUpdate(
  changes: Record<string, string>,
  { settings }: Scope,
): Record<string, string> | string {
  const keys = Object.keys(changes);
  const combined = keys.some((key) => FORWARDING.test(key)) && keys.some((key) => LIMITS.includes(key));
  if (!combined || settings.combinedUpdateRefused === false) return changes;
  if (settings.combinedUpdateRefused === true) return ERRNO.configurationFailed;
  return Object.fromEntries(Object.entries(changes).filter(([key]) => !LIMITS.includes(key)));
}

/**
 * Strong: sixteen characters or more, upper and lower case, digits not in sequence, neither the number nor the
 * caller-ID name inside. With weak passwords allowed: eight characters (D: manual HS; how long a sequence I).
 */
function registerStrong(next: LabExtension, weakAllowed: boolean, run: number): boolean {
  const { registerpassword: secret = '', username = '', number } = next;
  if (weakAllowed) return secret.length >= 8;
  const folded = secret.toLowerCase();
  return (
    secret.length >= 16 &&
    hasMixture(secret) &&
    !hasDigitRun(secret, run) &&
    !secret.includes(number) &&
    (username === '' || !folded.includes(username.toLowerCase()))
  );
}

/** Strong: ten characters or more (D); the mixture of kinds I. */
function loginStrong(password: string, weakAllowed: boolean): boolean {
  return weakAllowed || (password.length >= 10 && hasMixture(password));
}

function hasMixture(text: string): boolean {
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
}

function hasDigitRun(text: string, run: number): boolean {
  const up = '0123456789';
  const down = '9876543210';
  for (const [digits] of text.matchAll(/\d+/g)) {
    for (let at = 0; at + run <= digits.length; at += 1) {
      const part = digits.slice(at, at + run);
      if (up.includes(part) || down.includes(part)) return true;
    }
  }
  return false;
}

/** The mobile number is required for mobility and for forwarding to it (D). */
function needsMobile(next: LabExtension): boolean {
  return next.enablemobile === 'on' || forwardings(next).some(({ on, to }) => on && to === 'Mobile Number');
}

/** A forwarding needs its target (I). */
function forwardsNowhere(next: LabExtension): boolean {
  return forwardings(next).some(
    ({ on, to, extension, number }) =>
      on && ((to === 'Extension' && extension === '') || (to === 'Custom Number' && number === '')),
  );
}

function forwardings(next: LabExtension) {
  const flags = { a: next.alwaysforward, n: next.noanswerforward, b: next.busyforward };
  return Object.entries(flags).map(([letter, flag]) => ({
    on: flag === 'on',
    to: next[`${letter}transferto`],
    extension: next[`${letter}transferext`],
    number: next[`${letter}transfernum`],
  }));
}
