import { AltaError, type Credential, Secret, type SecretSource } from '../model/index.ts';
import { entryOf, type Group, groups, type SecretsDocument, workspaceScope } from './file.ts';
import { type Fingerprinter, fingerprinter, fingerprintKeyName } from './fingerprint.ts';
import type { Environment, Identities } from './identity.ts';
import {
  canOpenGroup,
  type EntryOpener,
  entryOpener,
  findEntry,
  type PlacedEntry,
  wrongUse,
} from './opening.ts';
import type { Recipients } from './recipients.ts';
import {
  checkOrigin,
  type OutsideSource,
  openSources,
  outsideName,
  type Sources,
  type SourcesConfig,
} from './sources.ts';

/** Everything a vault draws from. */
export interface VaultInput {
  /** Absolute path. */
  readonly workspace: string;
  /** Scope → its secrets.yaml. */
  readonly documents: ReadonlyMap<string, SecretsDocument>;
  /** Null where there is no key: markers of secrets.yaml still work, nothing opens. */
  readonly identities: Identities | null;
  readonly recipients: Recipients;
  readonly sources: SourcesConfig;
  /** The listed variables are deleted from it. */
  readonly env: Environment;
  /** What this command may open, whatever keys lie at hand: plan takes `['connect']`. Default: both. */
  readonly allow?: readonly Group[];
}

/** The secrets of one run. Decrypts what is asked for, each at most once, and keeps it in memory only. */
export interface Vault {
  /** Whether the keys at hand open this group, tried on a real entry where there is one. */
  canOpen(group: Group): Promise<boolean>;

  /**
   * The value of an entry of secrets.yaml.
   *
   * @throws AltaError `secret-not-found`, `secret-twice`, `secret-wrong-use`, `secret-unreadable`, `secret-corrupt`,
   * `secret-moved`.
   */
  open(scope: string, name: string): Promise<Secret>;

  /**
   * The version of a secret, for plan and state: the rev of an entry of secrets.yaml (no key needed), else
   * `hmac:<hex>`. Null where the fingerprint key is not at hand, or the variable or file is absent here.
   *
   * @throws AltaError `secret-not-found`, `secret-twice`, `secret-not-listed`, `secret-file-refused`,
   * `secret-value-refused`.
   */
  marker(source: SecretSource): string | null;

  /**
   * `hmac:<hex>` of a value read back from a target; null without the fingerprint key. Equal values have equal
   * fingerprints only in equal contexts: take the address and field.
   */
  fingerprint(context: string, value: Secret): string | null;

  /**
   * A SIP, portal or PIN secret on its way to `forOrigin` (`https://pbx.example.net:1443`): of the group `values`, or
   * a variable or file listed with `use: values`, which goes only to the origin it is bound to, if it is.
   *
   * @throws AltaError as {@link Vault.open}, and `secret-not-listed`, `secret-wrong-use`, `secret-wrong-origin`,
   * `secret-source-missing`, `secret-file-refused`, `secret-value-refused`.
   */
  resolve(source: SecretSource, forOrigin: string): Promise<Secret>;

  /**
   * All parts of a login to `forOrigin`: of the group `connect`, or variables and files listed with `use: connect`,
   * which go only to the origin they are bound to.
   *
   * @throws AltaError as {@link Vault.resolve}.
   */
  credential(credential: Credential, forOrigin: string): Promise<Record<string, Secret>>;
}

/**
 * Opens the vault of a run. Takes the listed variables out of the environment and opens the fingerprint key where
 * a key at hand fits; nothing else is decrypted yet.
 *
 * @throws AltaError `secret-corrupt`, `secret-moved` or `fingerprint-key-invalid` for a damaged fingerprint key.
 */
export async function openVault(input: VaultInput): Promise<Vault> {
  const allow = input.allow ?? groups;
  const sources = openSources(input.sources, input.workspace, input.env);
  const open = entryOpener(input.identities, allow);
  const hmac = await openFingerprinter(input, open);

  const resolveAs = async (use: Group, source: SecretSource, forOrigin: string): Promise<Secret> => {
    if ('literal' in source) return new Secret(source.literal);
    if ('secret' in source)
      return open(ofGroup(use, findEntry(input.documents, source.scope, source.secret)));
    return outsideValue(
      sources,
      source,
      allow.filter((group) => group === use),
      forOrigin,
    );
  };
  return {
    canOpen: async (group) => allow.includes(group) && canOpenGroup(input, group, open),
    open: async (scope, name) => open(findEntry(input.documents, scope, name)),
    marker: (source) => markerOf(source, input.documents, sources, hmac),
    fingerprint: (context, value) => hmac?.('fingerprint', context, value) ?? null,
    resolve: (source, forOrigin) => resolveAs('values', source, forOrigin),
    async credential(credential, forOrigin) {
      const parts = Object.entries(credential).map(
        async ([part, source]) => [part, await resolveAs('connect', source, forOrigin)] as const,
      );
      return Object.fromEntries(await Promise.all(parts));
    },
  };
}

/** A SIP secret is never sent as a login, nor a login written into an extension. */
function ofGroup(use: Group, placed: PlacedEntry): PlacedEntry {
  const { group, name } = placed.place;
  if (group !== use) throw wrongUse(name, group, [use]);
  return placed;
}

/** A variable or a file may go where this use and its own binding both allow. */
function outsideValue(
  sources: Sources,
  source: OutsideSource,
  allow: readonly Group[],
  forOrigin: string,
): Secret {
  const name = outsideName(source);
  const binding = sources.binding(source);
  if (!allow.includes(binding.use)) throw wrongUse(name, binding.use, allow);
  checkOrigin(name, binding, forOrigin);
  const value = sources.value(source);
  if (value === null) throw new AltaError('secret-source-missing', { name });
  return value;
}

/** The name is part of a marker's context, so that state never shows that two variables hold the same value. */
function markerOf(
  source: SecretSource,
  documents: ReadonlyMap<string, SecretsDocument>,
  sources: Sources,
  hmac: Fingerprinter | null,
): string | null {
  if ('secret' in source) return findEntry(documents, source.scope, source.secret).entry.rev;
  if ('literal' in source) return hmac?.('marker', 'literal', new Secret(source.literal)) ?? null;
  const value = sources.value(source);
  return value === null || hmac === null ? null : hmac('marker', outsideName(source), value);
}

/** Null where there is no key to open it with: fields are then shown as not compared. Damage is never passed over. */
async function openFingerprinter(input: VaultInput, open: EntryOpener): Promise<Fingerprinter | null> {
  const document = input.documents.get(workspaceScope);
  const entry = document && entryOf(document.file, 'connect', fingerprintKeyName);
  if (input.identities === null || document === undefined || entry === undefined) return null;
  const place = { scope: workspaceScope, group: 'connect', name: fingerprintKeyName, document } as const;
  try {
    return fingerprinter(await open({ place, entry }));
  } catch (error) {
    if (error instanceof AltaError && keyNotAtHand.includes(error.code)) return null;
    throw error;
  }
}

const keyNotAtHand: readonly string[] = ['secret-unreadable', 'secret-wrong-use'];
