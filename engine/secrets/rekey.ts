import { type Diagnostic, toDiagnostic } from '../model/index.ts';
import { type Opener, openerFor, type Sealer, sealerFor } from './age.ts';
import { openEntry, sealEntry } from './entry.ts';
import {
  entriesOf,
  type Group,
  groups,
  type SecretEntry,
  type SecretPlace,
  type SecretsDocument,
  type SecretsFile,
} from './file.ts';
import type { Identities } from './identity.ts';
import type { Recipients } from './recipients.ts';

/** The outcome of {@link rekey}. */
export interface Rekeyed {
  /** The whole file: new ciphertexts under the same revs. What could not be opened stands as it was. */
  readonly file: SecretsFile;
  /** Names that were encrypted again. */
  readonly rekeyed: readonly string[];
  /** One error for each entry that could not be opened. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Encrypts every secret of a file again, for the recipients of now. Revs stay, so no target is touched: whoever lost
 * access still knows the old values, and only a rotation changes that.
 *
 * @throws AltaError `recipients-missing`, `recipients-too-many`, `recipient-invalid` before anything is opened.
 */
export async function rekey(
  scope: string,
  document: SecretsDocument,
  identities: Identities | null,
  recipients: Recipients,
): Promise<Rekeyed> {
  const open = await openerFor(identities?.keys ?? []);
  const entries = entriesOf(scope, document);
  const sealers = new Map<Group, Sealer>();
  for (const group of new Set(entries.map(({ place }) => place.group))) {
    sealers.set(group, await sealerFor(group, recipients[group]));
  }
  const outcomes: Outcome[] = [];
  for (const { place, entry } of entries) {
    const seal = sealers.get(place.group);
    if (seal !== undefined) outcomes.push(await rekeyEntry(place, entry, open, seal));
  }
  return {
    file: fileOf(outcomes),
    rekeyed: outcomes.filter(({ failure }) => failure === null).map(({ place }) => place.name),
    diagnostics: outcomes.flatMap(({ failure }) => failure ?? []),
  };
}

interface Outcome {
  readonly place: SecretPlace;
  readonly entry: SecretEntry;
  readonly failure: Diagnostic | null;
}

async function rekeyEntry(
  place: SecretPlace,
  entry: SecretEntry,
  open: Opener,
  seal: Sealer,
): Promise<Outcome> {
  try {
    const value = await openEntry(place, entry, open);
    const binding = { scope: place.scope, name: place.name, rev: entry.rev };
    return { place, entry: await sealEntry(binding, value, seal), failure: null };
  } catch (error) {
    return { place, entry, failure: toDiagnostic(error) };
  }
}

function fileOf(outcomes: readonly Outcome[]): SecretsFile {
  const file: SecretsFile = {};
  for (const group of groups) {
    const own = outcomes.filter(({ place }) => place.group === group);
    if (own.length > 0) file[group] = Object.fromEntries(own.map(({ place, entry }) => [place.name, entry]));
  }
  return file;
}
