import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf, type Secret } from '../../model/index.ts';
import type { Vault } from '../../secrets/index.ts';
import type { RunContext } from '../contract.ts';

/** Logins that a host refused, kept between runs until the credentials change. */
export interface RefusedLogins {
  /** RFC 3339 time of the refusal; null where there was none, or where no key is at hand to recognise it. */
  since(origin: string, credentials: Readonly<Record<string, Secret>>): string | null;
  remember(origin: string, credentials: Readonly<Record<string, Secret>>): void;
  forget(origin: string, credentials: Readonly<Record<string, Secret>>): void;
}

/**
 * Kept in `.alta/refused.json` of the workspace: keyed fingerprints and times, nothing that can be guessed offline. A nightly job with a stale
 * password thus tries it once, not every night until the host locks everybody out. Losing the file costs one more try.
 */
export function refusedLogins(context: RunContext, vault: Vault): RefusedLogins {
  const path = join(context.root, '.alta', 'refused.json');
  const known = readKnown(path);
  const save = (id: string | null, at: string | null): void => {
    if (id === null || (at === null && !known.has(id))) return;
    if (at === null) known.delete(id);
    else known.set(id, at);
    writeKnown(path, known);
  };
  return {
    since: (origin, credentials) => known.get(idOf(vault, origin, credentials) ?? '') ?? null,
    remember: (origin, credentials) => {
      save(idOf(vault, origin, credentials), new Date(context.clock.now()).toISOString());
    },
    forget: (origin, credentials) => save(idOf(vault, origin, credentials), null),
  };
}

/** Null without the fingerprint key: a plain hash of a password could be guessed. */
function idOf(vault: Vault, origin: string, credentials: Readonly<Record<string, Secret>>): string | null {
  const prints = Object.entries(credentials).map(([part, value]) => {
    return [part, vault.fingerprint(`login ${origin} ${part}`, value)] as const;
  });
  return prints.some(([, print]) => print === null) ? null : digestOf(Object.fromEntries(prints));
}

function readKnown(path: string): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    return new Map();
  }
}

function writeKnown(path: string, known: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(Object.fromEntries(known)), { mode: 0o600 });
  } catch {
    // Remembering is a courtesy to the host: not being able to is no reason to stop.
  }
}
