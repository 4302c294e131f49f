import type { SecretState, StateEntry } from '../../engine/model/index.ts';
import type { Private, ValueObject } from '../plugin/contract.ts';
import { type ResourceShape, secretNames } from '../schema/resource.ts';
import { keyIn, textIn, valuesIn } from './desired.ts';

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
  /** Serial of the box that it was last seen on, where that stands alone: by it alone a box with another address is the same one. */
  readonly serial?: string;
  /** Of an account: what its PBX showed of the extension's secret when the account got it. */
  readonly follows?: string;
  /** Secret fields to be written again, although the same version was written before. Known to the refresh, so that every plan has it. */
  readonly again?: readonly string[];
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
export function afterPlan({ before: _before, about: _about, ...memory }: Memory): Memory {
  return memory;
}

/**
 * What is remembered of a resource. Where Terraform has lost it (a provider that dies takes it along), as much of it as the state tells: what
 * was applied once is ours.
 */
export function remembered(shape: ResourceShape, state: ValueObject | null, bytes: Private | null): Memory {
  const memory = decodeMemory(bytes);
  if (memory !== null || state === null) return memory ?? nothingKnown;
  const entry = entryIn(shape, state);
  return entry === null ? nothingKnown : { entry };
}

function entryIn(shape: ResourceShape, state: ValueObject): StateEntry | null {
  const { id, target, extension, applied_digest: digest, protect } = state;
  const key = keyIn(shape, state);
  if (key === null || typeof id !== 'string' || typeof digest !== 'string' || digest === 'deferred')
    return null;
  const secrets = shape.secrets.flatMap((field): [string, SecretState][] => {
    const { version, marker, source } = secretNames(field);
    if (state[source] === null && state[version] === null) return [];
    const readback = textIn(state, marker);
    return [[field, { marker: textIn(state, version), ...(readback === null ? {} : { readback }) }]];
  });
  return {
    address: `${String(target)}/${shape.kind}:${key}`,
    kind: shape.kind,
    key,
    targetKey: id.slice(0, id.lastIndexOf('#')),
    values: { ...(shape.kind === 'extension' ? { number: key } : {}), ...valuesIn(shape, state) },
    secrets: Object.fromEntries(secrets),
    dependsOn: typeof extension === 'string' ? [extension] : [],
    ...(protect === true ? { protect: true } : {}),
    appliedAt: '',
  };
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
