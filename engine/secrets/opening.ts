import { AltaError, type Secret } from '../model/index.ts';
import { type Opener, openerFor, recipientsOf } from './age.ts';
import { openEntry } from './entry.ts';
import {
  entriesOf,
  entryOf,
  type Group,
  groupsOf,
  placeFacts,
  placeParams,
  type SecretEntry,
  type SecretPlace,
  type SecretsDocument,
} from './file.ts';
import type { Identities } from './identity.ts';
import type { Recipients } from './recipients.ts';

/** An entry and where it stands. */
export interface PlacedEntry {
  readonly place: SecretPlace;
  readonly entry: SecretEntry;
}

/** Decrypts an entry the first time it is asked for, and remembers the outcome. */
export type EntryOpener = (placed: PlacedEntry) => Promise<Secret>;

/**
 * The entry of a name, in whichever group it is.
 *
 * @throws AltaError `secret-not-found`, `secret-twice`.
 */
export function findEntry(
  documents: ReadonlyMap<string, SecretsDocument>,
  scope: string,
  name: string,
): PlacedEntry {
  const document = documents.get(scope);
  if (document === undefined) throw new AltaError('secret-not-found', { scope, name });
  const [group, second] = groupsOf(document.file, name);
  const entry = group && entryOf(document.file, group, name);
  if (group === undefined || entry === undefined) throw new AltaError('secret-not-found', { scope, name });
  const place = { scope, group, name, document };
  if (second !== undefined) throw new AltaError('secret-twice', placeParams(place), placeFacts(place));
  return { place, entry };
}

/**
 * An opener for the groups that this command may use. It remembers by place, never by entry or ciphertext: one
 * YAML entry can stand under two names by an alias, and the second must be refused.
 */
export function entryOpener(identities: Identities | null, allow: readonly Group[]): EntryOpener {
  const outcomes = new Map<string, Promise<Secret>>();
  let opener: Promise<Opener> | undefined;
  const decrypt = async ({ place, entry }: PlacedEntry): Promise<Secret> => {
    if (!allow.includes(place.group)) throw wrongUse(place.name, place.group, allow);
    opener ??= openerFor(identities?.keys ?? []);
    return openEntry(place, entry, await opener);
  };
  return (placed) => {
    const { scope, group, name } = placed.place;
    const key = `${group} ${scope}/${name}`;
    const outcome = outcomes.get(key) ?? decrypt(placed);
    outcomes.set(key, outcome);
    return outcome;
  };
}

/** A secret of a group that this command does not open, whatever keys are at hand. */
export function wrongUse(name: string, use: Group, allow: readonly Group[]): AltaError {
  return new AltaError('secret-wrong-use', { name, use, allowed: allow });
}

/** What {@link canOpenGroup} needs to know. */
export interface GroupKeys {
  readonly documents: ReadonlyMap<string, SecretsDocument>;
  readonly identities: Identities | null;
  readonly recipients: Recipients;
}

/**
 * Whether the keys open a group. An entry decides, since alta.yaml may already list someone for whom nothing was
 * rekeyed yet; damaged entries decide nothing; without entries the list of recipients does.
 */
export async function canOpenGroup(keys: GroupKeys, group: Group, open: EntryOpener): Promise<boolean> {
  const { documents, identities, recipients } = keys;
  if (identities === null) return false;
  for (const [scope, document] of documents) {
    for (const placed of entriesOf(scope, document).filter(({ place }) => place.group === group)) {
      const fits = await keyFits(placed, open);
      if (fits !== 'unknown') return fits;
    }
  }
  const ours = await recipientsOf(identities.keys);
  return Object.values(recipients[group]).some((recipient) => ours.includes(recipient));
}

/** A moved entry was decrypted, so its key fits; a corrupt one says nothing. */
async function keyFits(placed: PlacedEntry, open: EntryOpener): Promise<boolean | 'unknown'> {
  try {
    await open(placed);
    return true;
  } catch (error) {
    const code = error instanceof AltaError ? error.code : null;
    if (code === 'secret-moved') return true;
    return code === 'secret-unreadable' ? false : 'unknown';
  }
}
