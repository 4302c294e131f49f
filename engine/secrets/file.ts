import type { ErrorFacts, Params, Range } from '../model/index.ts';

/**
 * The two groups of recipients. `connect`: logins to PBXs and devices and the fingerprint key, held by plan,
 * drift and verify. `values`: SIP, portal and PIN secrets, needed by apply only.
 */
export type Group = 'connect' | 'values';

export const groups: readonly Group[] = ['connect', 'values'];

/** The scope of the workspace's own secrets.yaml. No client id can start with `_`. */
export const workspaceScope = '_workspace';

/** One secret as it stands in secrets.yaml. */
export interface SecretEntry {
  /** ULID of this version of the value: the marker in state. Kept by rekey. */
  rev: string;
  /** Base64, one line, of the binary age file. */
  age: string;
}

/** The shape of a secrets.yaml: name → entry, in two groups. */
export interface SecretsFile {
  connect?: Record<string, SecretEntry>;
  values?: Record<string, SecretEntry>;
}

/** A loaded secrets.yaml with what is needed to say where something stands in it. */
export interface SecretsDocument {
  /** Relative to the workspace, e.g. `clients/acme/secrets.yaml`. */
  readonly filename: string;
  readonly file: SecretsFile;
  /** The place of an entry in the text, where the loader can tell. */
  readonly locate?: (group: Group, name: string) => Range | undefined;
}

/** Where an entry stands, and what its ciphertext is therefore expected to be sealed as. */
export interface SecretPlace {
  /** Client id, or {@link workspaceScope}. */
  readonly scope: string;
  readonly group: Group;
  readonly name: string;
  readonly document: SecretsDocument;
}

/** The entry of a name, or undefined. Names are data: `constructor` is no entry. */
export function entryOf(file: SecretsFile, group: Group, name: string): SecretEntry | undefined {
  const entries = file[group];
  return entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** The groups that hold a name. More than one is an error of the file. */
export function groupsOf(file: SecretsFile, name: string): Group[] {
  return groups.filter((group) => entryOf(file, group, name) !== undefined);
}

/** Every entry of a document with its place, in the order of the file, `connect` first. */
export function entriesOf(
  scope: string,
  document: SecretsDocument,
): { place: SecretPlace; entry: SecretEntry }[] {
  return groups.flatMap((group) =>
    Object.entries(document.file[group] ?? {}).map(([name, entry]) => ({
      place: { scope, group, name, document },
      entry,
    })),
  );
}

/** What every message about an entry says of it. */
export function placeParams(place: SecretPlace): Params {
  return { file: place.document.filename, group: place.group, name: place.name };
}

/** The range of an entry, in the form that errors and diagnostics take. Never a snippet: that line is ciphertext. */
export function placeFacts(place: SecretPlace): Pick<ErrorFacts, 'range'> {
  const range = place.document.locate?.(place.group, place.name);
  return range === undefined ? {} : { range };
}
