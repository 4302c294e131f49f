import {
  AltaError,
  type Diagnostic,
  errorDiagnostic,
  toDiagnostic,
  warningDiagnostic,
} from '../model/index.ts';
import { type Opener, openerFor } from './age.ts';
import { openEntry } from './entry.ts';
import { isRev } from './envelope.ts';
import {
  entriesOf,
  groupsOf,
  placeFacts,
  placeParams,
  type SecretEntry,
  type SecretPlace,
  type SecretsDocument,
} from './file.ts';
import type { Identities } from './identity.ts';

/** Name → the marker last applied, from state. Markers that are no rev are passed over. */
export type KnownRevs = ReadonlyMap<string, string>;

/**
 * Opens every secret of a file that the keys at hand can open, and says what is wrong with the rest: errors
 * `secret-corrupt`, `secret-moved`, `secret-twice`; warnings `secret-unreadable` (no key at hand, which is normal for
 * whoever holds one group only) and `secret-older` (an older rev than was applied: it would go back). Never a value.
 */
export async function checkSecrets(
  scope: string,
  document: SecretsDocument,
  identities: Identities | null,
  known: KnownRevs = new Map(),
): Promise<Diagnostic[]> {
  const open = await openerFor(identities?.keys ?? []);
  const found: Diagnostic[] = [];
  for (const { place, entry } of entriesOf(scope, document)) {
    found.push(
      ...(await checkOpening(place, entry, open)),
      ...checkRev(place, entry, known),
      ...checkTwice(place),
    );
  }
  return found;
}

async function checkOpening(place: SecretPlace, entry: SecretEntry, open: Opener): Promise<Diagnostic[]> {
  try {
    await openEntry(place, entry, open);
    return [];
  } catch (error) {
    const diagnostic = toDiagnostic(error);
    return [
      error instanceof AltaError && error.code === 'secret-unreadable'
        ? { ...diagnostic, severity: 'warning' }
        : diagnostic,
    ];
  }
}

/** ULIDs sort by the time they were made. */
function checkRev(place: SecretPlace, entry: SecretEntry, known: KnownRevs): Diagnostic[] {
  const applied = known.get(place.name);
  if (applied === undefined || !isRev(applied) || !isRev(entry.rev) || entry.rev >= applied) return [];
  const params = { ...placeParams(place), rev: entry.rev, applied };
  return [warningDiagnostic('secret-older', params, placeFacts(place))];
}

/** Said once, at the second place. */
function checkTwice(place: SecretPlace): Diagnostic[] {
  const inGroups = groupsOf(place.document.file, place.name);
  if (inGroups.length < 2 || inGroups[1] !== place.group) return [];
  return [errorDiagnostic('secret-twice', placeParams(place), placeFacts(place))];
}
