import type { StateEntry } from '../../engine/model/index.ts';
import type { Private } from '../plugin/contract.ts';

/** What the provider keeps of a resource beside Terraform's state. Nothing secret: markers and keyed fingerprints at most. */
export interface Memory {
  /** What was last applied; null = found there, not ours so far. */
  readonly entry: StateEntry | null;
  /** Taken over by an import: that is consent to its values. */
  readonly imported?: true;
  /** Its device was away or busy when it was to be written: Terraform holds it, the device does not have it yet. */
  readonly deferred?: true;
  /** Written, while the target's own Apply failed. */
  readonly commitOpen?: true;
  /** Its create did not come to what was planned: Terraform plans it as new, and only the claim on the disk says that it is ours. */
  readonly halfMade?: true;
  /** Of an account: what its PBX showed of the extension's secret when the account got it. */
  readonly follows?: string;
  /** Of a plan: its secret is written again, although the same version was written before. */
  readonly again?: true;
  /**
   * What a plan rests on: `absent`, or the digest of what was read. Terraform plans each resource once more when it applies, and hands
   * over only what the refresh of the approved plan had remembered: it says whether that is still so.
   */
  readonly before?: string;
  /** State key of what `before` was read of: a plan that replaces one thing by another rests on the new one. */
  readonly about?: string;
}

export const nothingKnown: Memory = { entry: null };

/** A memory without what only a plan needs. */
export function afterPlan({ before: _before, about: _about, again: _again, ...memory }: Memory): Memory {
  return memory;
}

const format = 1;

export function encodeMemory(memory: Memory): Private {
  return Buffer.from(JSON.stringify({ format, ...memory }), 'utf8');
}

/** Null where there is none, or where a newer version wrote it. */
export function decodeMemory(bytes: Private | null): Memory | null {
  if (bytes === null || bytes.length === 0) return null;
  const found = parsed(Buffer.from(bytes).toString('utf8'));
  return found?.format === format ? found : null;
}

function parsed(text: string): (Memory & { readonly format: number }) | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether what a plan rested on is no longer so. What was read of something else says nothing. */
export function isStale({ before, about }: Memory, id: string, now: string): boolean {
  return before !== undefined && about === id && before !== now;
}
