import { secretFor } from '../people.ts';
import type { Key, Platform } from './platform.ts';
import type { LabMeetipKey } from './settings.ts';
import * as texts from './texts.ts';

export function makeKey(wanted: LabMeetipKey, name: string, index: number): Key {
  return {
    key:
      wanted.key ??
      `${secretFor(`api key ${name} ${index}`)}${secretFor(`rest ${name} ${index}`)}`.slice(0, 32),
    actions: wanted.actions,
    addresses: wanted.addresses,
    suspended: wanted.suspended ?? false,
    suspendAfterMs: wanted.suspendAfterMs ?? Number.POSITIVE_INFINITY,
    usedAt: Date.now(),
  };
}

/** The key, or the text that refuses it. Every refusal is noted, unless no key was shown: that is no attempt (I). */
export function admit(
  platform: Platform,
  given: string | undefined,
  address: string,
  now: number,
): Key | string {
  const key = platform.keys.find((known) => known.key === given);
  const refused = key === undefined ? texts.INVALID_KEY : refusal(key, address, now);
  if (key !== undefined && refused === undefined) {
    key.usedAt = now;
    return key;
  }
  if (given !== undefined) noteRefusal(platform, address, now);
  return refused ?? texts.INVALID_KEY;
}

export function noteRefusal(platform: Platform, address: string, now: number): void {
  platform.logins.push({ at: now, address, accepted: false });
}

/** The refusals that are the key's fault, and not the action's. */
export const KEY_REFUSALS: readonly string[] = [
  texts.INVALID_KEY,
  texts.KEY_SUSPENDED,
  texts.ADDRESS_REFUSED,
];

/** Permissions are per key and action (D). */
export function mayCall({ actions }: Key, action: string): boolean {
  if (actions === undefined) return true;
  return actions.some((allowed) =>
    allowed.endsWith('*') ? action.startsWith(allowed.slice(0, -1)) : action === allowed,
  );
}

/** An administrator resets the suspended ones. */
export function resetKeys(platform: Platform, now: number): void {
  for (const key of platform.keys) {
    key.suspended = false;
    key.usedAt = now;
  }
}

/** The list of addresses comes first (I: the order). */
function refusal(key: Key, address: string, now: number): string | undefined {
  const from = address.replace(/^::ffff:/, '');
  if (key.addresses !== undefined && !key.addresses.includes(from)) return texts.ADDRESS_REFUSED;
  if (now - key.usedAt >= key.suspendAfterMs) key.suspended = true;
  return key.suspended ? texts.KEY_SUSPENDED : undefined;
}
