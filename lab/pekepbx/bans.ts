import type { LabLockout } from '../contract.ts';
import type { Box } from './box.ts';
import { idOf } from './dialect.ts';
import type { Entry, Shelf } from './model.ts';
import { newEntry } from './store.ts';

/** Addresses that may not register: failed registrations lead there (D), and so does the panel's list of bans. */
export interface Bans {
  /** Times of the latest failures, by address. */
  failures: Map<string, number[]>;
  entries: Shelf;
}

const WINDOW = 60_000;

export function startBans(): Bans {
  return { failures: new Map(), entries: new Map() };
}

/** Counts a failed registration; enough of them within a minute ban the address (D; how many U). */
export function countFailure(box: Box, address: string): void {
  const { banAfter } = box.settings;
  const now = Date.now();
  const recent = (box.bans.failures.get(address) ?? []).filter((at) => now - at < WINDOW);
  const failures = [...recent, now];
  box.bans.failures.set(address, failures);
  if (banAfter > 0 && failures.length >= banAfter) {
    box.bans.failures.delete(address);
    ban(box, { address, reason: 'sip-auth', failures: String(failures.length) });
  }
}

/** Puts an address on the list, in place of an earlier ban of it. */
export function ban(box: Box, values: { address: string; reason: string; failures: string }): Entry {
  lift(box.bans, values.address);
  const entry = newEntry(box, { ...values, until: String(Date.now() + box.settings.banMs) });
  box.bans.entries.set(String(idOf(box.dialect, entry)), entry);
  return entry;
}

export function isBanned(box: Box, address: string): boolean {
  return bannedNow(box.bans).some(({ values }) => values.address === address);
}

export function bannedNow(bans: Bans): Entry[] {
  return [...bans.entries.values()].filter(({ values }) => Number(values.until) > Date.now());
}

export function banLockouts(bans: Bans): LabLockout[] {
  return bannedNow(bans).map(({ values }) => ({
    address: values.address ?? '',
    until: Number(values.until),
  }));
}

/** Lifts the bans of one address, or all. */
export function lift(bans: Bans, address?: string): void {
  for (const [id, { values }] of bans.entries) {
    if (address === undefined || values.address === address) bans.entries.delete(id);
  }
  if (address === undefined) bans.failures.clear();
  else bans.failures.delete(address);
}
