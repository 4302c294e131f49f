import type { Write } from '../../../providers/contract.ts';
import {
  type ActualView,
  AltaError,
  type Change,
  clientOf,
  type Desired,
  type FieldChange,
  leftBehind,
  type PendingWrite,
  type Scalar,
  type Secret,
  type StateEntry,
  stateKey,
  type Values,
} from '../../model/index.ts';
import { adoptedSecrets } from '../../plan/index.ts';
import type { Vault } from '../../secrets/index.ts';
import { fingerprintContext } from '../targets/read.ts';

/** A change turned into the one call that carries it out, with what the journal must know of it before. */
export interface PreparedWrite {
  readonly change: Change;
  readonly write: Write;
  readonly pending: PendingWrite;
  /** What state had of it; null = not ours so far. */
  readonly before: StateEntry | null;
  /** Holds values or secrets that another target only says once it is written itself. */
  readonly late: boolean;
}

/** What preparing a write needs beside the change. */
export interface WriteSources {
  readonly desired: Desired | null;
  /** What the target showed, and the vendor's id. */
  readonly actual: ActualView | null;
  readonly entry: StateEntry | null;
  /** Scope and origin of secrets: client id, and the target's origin. */
  readonly scope: string;
  readonly origin: string;
  /** Secrets that another target showed in this run: field → value, held in memory only. */
  readonly given?: Readonly<Record<string, Secret>>;
}

/**
 * Decrypts exactly the secrets that this change sends.
 * @throws AltaError of the vault, where one of them cannot be opened; nothing was sent then.
 */
export async function prepareWrite(
  change: Change,
  sources: WriteSources,
  vault: Vault,
): Promise<PreparedWrite> {
  const fields = change.fields.filter((field) => !field.guided);
  const late = fields.some((field) => isLate(field, sources));
  const known = fields.filter((field) => !isLate(field, sources));
  const secrets = { ...sources.given, ...(await openSecrets(known, sources, vault)) };
  const fingerprints = fingerprintsOf(change, secrets, vault);
  return {
    change,
    write: writeOf(change, sources, fields, secrets),
    pending: {
      key: stateKey(change.targetKey, change.kind, change.key),
      address: change.address,
      action: actionOf(change),
      before: change.before,
      revs: Object.fromEntries(Object.keys(secrets).map((field) => [field, change.revs[field] ?? null])),
      fingerprints,
      after: entryAfter(change, sources, known, fingerprints),
    },
    before: sources.entry,
    late,
  };
}

/** Another target has it, and has not said it yet. */
function isLate({ field, unknown, sensitive }: FieldChange, { desired, given }: WriteSources): boolean {
  return unknown || (sensitive && desired?.secrets[field]?.source === 'pbx' && given?.[field] === undefined);
}

function actionOf(change: Change): 'create' | 'update' | 'delete' {
  if (change.action === 'record' || change.action === 'forget') {
    throw new AltaError('internal', { message: `${change.action} is no write` });
  }
  return change.action;
}

async function openSecrets(
  fields: readonly FieldChange[],
  sources: WriteSources,
  vault: Vault,
): Promise<Record<string, Secret>> {
  const sensitive = fields.filter((field) => field.sensitive);
  const opened = sensitive.map(async ({ field }) => {
    const given = sources.given?.[field];
    if (given !== undefined) return [field, given] as const;
    const secret = sources.desired?.secrets[field];
    if (secret === undefined) throw new AltaError('internal', { message: `no source for secret ${field}` });
    return [field, await openSecret(secret.name, sources, vault)] as const;
  });
  return Object.fromEntries(await Promise.all(opened));
}

/** `env:NAME` and `file:name` are the names that compile gives to outside sources. */
export async function openSecret(
  name: string,
  sources: Pick<WriteSources, 'scope' | 'origin'>,
  vault: Vault,
): Promise<Secret> {
  if (name.startsWith('env:')) return vault.resolve({ env: name.slice('env:'.length) }, sources.origin);
  if (name.startsWith('file:')) return vault.resolve({ file: name.slice('file:'.length) }, sources.origin);
  return vault.open(sources.scope, name);
}

function writeOf(
  change: Change,
  sources: WriteSources,
  fields: readonly FieldChange[],
  secrets: Readonly<Record<string, Secret>>,
): Write {
  const base = { kind: change.kind, key: change.key, address: change.address };
  const id = sources.actual?.id === undefined ? {} : { id: sources.actual.id };
  const values = plainValues(fields);
  const before = sources.actual?.values ?? {};
  switch (actionOf(change)) {
    case 'create':
      return { action: 'create', ...base, values, secrets };
    case 'update':
      return { action: 'update', ...base, ...id, values, secrets, ...resetsIn(fields), before };
    case 'delete':
      return { action: 'delete', ...base, ...id };
  }
}

/** What is neither secret nor still to come, and has no value, goes back to the factory setting. */
function resetsIn(fields: readonly FieldChange[]): { readonly resets?: readonly string[] } {
  const gone = fields.filter(({ after, sensitive, unknown }) => after === null && !sensitive && !unknown);
  return gone.length === 0 ? {} : { resets: gone.map(({ field }) => field) };
}

function plainValues(fields: readonly FieldChange[]): Values {
  const plain = fields.filter((field) => !field.sensitive && field.after !== null);
  return Object.fromEntries(plain.map((field) => [field.field, field.after as Scalar]));
}

function fingerprintsOf(
  change: Change,
  secrets: Readonly<Record<string, Secret>>,
  vault: Vault,
): Record<string, string> {
  const entries = Object.entries(secrets).flatMap(([field, secret]) => {
    const context = fingerprintContext(
      { client: clientOf(change.address), key: change.targetKey },
      change.kind,
      change.key,
      field,
    );
    const print = vault.fingerprint(context, secret);
    return print === null ? [] : [[field, print] as const];
  });
  return Object.fromEntries(entries);
}

/** The entry that state holds once the write is known to have happened. Null for a delete. */
function entryAfter(
  change: Change,
  sources: WriteSources,
  fields: readonly FieldChange[],
  fingerprints: Readonly<Record<string, string>>,
): Omit<StateEntry, 'appliedAt'> | null {
  const { desired, entry, actual } = sources;
  if (change.action === 'delete' || desired === null) return null;
  const guided = new Set(change.fields.filter((field) => field.guided).map((field) => field.field));
  const settled = Object.entries(desired.values).filter(([field]) => !guided.has(field));
  const sent = fields.filter((field) => field.sensitive);
  const written = sent.map(({ field }) => {
    const readback = fingerprints[field];
    const marker = change.revs[field] ?? null;
    return [field, readback === undefined ? { marker } : { marker, readback }] as const;
  });
  const before = entry?.secrets ?? adoptedSecrets(desired, actual);
  const kept = Object.entries(before).filter(([field]) => field in desired.secrets);
  return {
    address: change.address,
    kind: change.kind,
    key: change.key,
    targetKey: change.targetKey,
    values: { ...guidedBefore(entry, guided), ...Object.fromEntries(settled) },
    secrets: { ...Object.fromEntries(kept), ...Object.fromEntries(written) },
    dependsOn: desired.dependsOn,
    ...leftBehind(entry, desired.dependsOn),
    ...(desired.protect ? { protect: true } : {}),
  };
}

/** A value that only a person sets stays what was last vouched for. */
function guidedBefore(entry: StateEntry | null, guided: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(entry?.values ?? {}).filter(([field]) => guided.has(field)));
}
