import { decodeTime, TIME_MAX, ulid } from 'ulid';
import { AltaError, reveal, Secret } from '../model/index.ts';
import { type Opener, type Sealer, sealerFor } from './age.ts';
import { type Binding, isRev, packEnvelope, unpackEnvelope } from './envelope.ts';
import { type Group, placeFacts, placeParams, type SecretEntry, type SecretPlace } from './file.ts';
import type { Recipients } from './recipients.ts';

/** A new version of a secret. */
export interface SealInput {
  /** Client id, or `_workspace`. */
  readonly scope: string;
  readonly group: Group;
  readonly name: string;
  readonly value: Secret;
  readonly recipients: Recipients;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The rev that this one replaces: the new rev always sorts after it, whatever the clocks say. */
  readonly after?: string;
}

/**
 * Encrypts a value under a new rev. Public keys are enough: whoever can read alta.yaml can add a secret.
 *
 * @throws AltaError `secret-name-invalid`, `secret-value-refused`, `recipients-missing`, `recipients-too-many`,
 * `recipient-invalid`.
 */
export async function sealSecret(input: SealInput): Promise<SecretEntry> {
  const { scope, group, name, value, recipients, now, after } = input;
  const sealer = await sealerFor(group, recipients[group]);
  return sealEntry({ scope, name, rev: newRev(now, after) }, value, sealer);
}

/** Encrypts a value under a given rev. */
export async function sealEntry(binding: Binding, value: Secret, seal: Sealer): Promise<SecretEntry> {
  return { rev: binding.rev, age: await seal(packEnvelope(binding, reveal(value))) };
}

/**
 * Decrypts an entry, and makes sure that it was sealed for the place where it stands.
 *
 * @throws AltaError `secret-unreadable` (no key at hand for its group), `secret-corrupt` (not an intact secret of
 * Alta), `secret-moved` (sealed under another scope, name or rev).
 */
export async function openEntry(place: SecretPlace, entry: SecretEntry, open: Opener): Promise<Secret> {
  const params = placeParams(place);
  const bytes = await open(entry.age);
  if (bytes === 'no-key') throw new AltaError('secret-unreadable', params, placeFacts(place));
  const opened = bytes === 'corrupt' ? null : unpackEnvelope(bytes);
  if (opened === null)
    throw new AltaError('secret-corrupt', { ...params, length: entry.age.length }, placeFacts(place));
  const found = bindingText(opened);
  const expected = bindingText({ scope: place.scope, name: place.name, rev: entry.rev });
  if (found !== expected)
    throw new AltaError('secret-moved', { ...params, found, expected }, placeFacts(place));
  return new Secret(opened.value);
}

/** A ULID of this moment, later than `after`, so that a slow clock never makes a new secret look old. */
export function newRev(now: number, after?: string): string {
  const earliest = after === undefined || !isRev(after) ? 0 : decodeTime(after) + 1;
  return ulid(Math.min(Math.max(now, earliest), TIME_MAX));
}

function bindingText({ scope, name, rev }: Binding): string {
  return `${scope}/${name} ${isRev(rev) ? rev : 'without rev'}`;
}
