import { tmpdir } from 'node:os';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Driver } from '../../../providers/contract.ts';
import type { Compiled } from '../../compile/index.ts';
import { type Loaded, type LoadedClient, type LoadInput, load } from '../../load/index.ts';
import { type Code, type Diagnostic, errorDiagnostic } from '../../model/index.ts';
import { defaultLimits, type SafetyLimits } from '../../plan/index.ts';
import {
  findIdentities,
  type Group,
  type Identities,
  type IdentitySearch,
  openVault,
  type SecretsDocument,
  type Vault,
} from '../../secrets/index.ts';
import { createLocalStore, type StateStore, systemIo } from '../../state/index.ts';
import type { ProgressEvent, RunContext } from '../contract.ts';
import { openCache } from './cache.ts';
import { compileAll, desiredBy, loadDrivers } from './compile-all.ts';
import { type ReadingTally, readingTally, type Tally, tally } from './counting.ts';
import { documentsOf, recipientsOf } from './documents.ts';
import { readWorkspace } from './files.ts';
import { headCommit } from './git.ts';
import { ofOtherEngine, otherEngineProblems } from './owner.ts';
import { loadProfiles, type Profiles } from './profiles.ts';

/** A workspace as a run needs it: checked, compiled, with its vault and its states. */
export interface Workspace {
  readonly loaded: Loaded;
  /** Files as they were read, for edits. */
  readonly files: LoadInput;
  /** HEAD when the files were read, which is what a run applies; null outside git. */
  readonly commit: string | null;
  /** Every client without an error, selected or not: what one desires, no other may delete. */
  readonly compiled: readonly Compiled[];
  /**
   * Clients whose files have an error, so that nobody knows what they desire. Their mistakes do not concern a run with
   * `--client`, but while there are any, that run deletes nothing.
   */
  readonly unknownClients: readonly string[];
  readonly drivers: ReadonlyMap<string, Driver | null>;
  readonly identities: Identities | null;
  /** Scope → its secrets.yaml. */
  readonly documents: ReadonlyMap<string, SecretsDocument>;
  readonly vault: Vault;
  readonly store: StateStore;
  readonly limits: SafetyLimits;
  /** Clients that another engine owns. */
  readonly otherEngine: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Errors in the files: nothing may be contacted. */
  readonly invalid: boolean;
  /** One queue for the targets that a run reads, over all clients: `parallelism` at once. */
  readonly turns: LimitFunction;
  readonly reading: ReadingTally;
  counting(phase: ProgressEvent['phase'], total: number): Tally;
  treeOf(client: string): string;
  desiredElsewhere(client: string): { has(id: string): boolean };
}

export interface OpenOptions {
  /** Groups of secrets that this command may open, whatever keys lie at hand. */
  readonly allow: readonly Group[];
  /** Only these clients' problems count; empty = all. The workspace's own always do. */
  readonly clients: readonly string[];
  /** Whose clients this command is about: one that is asked for by name and belongs to the other is an error. Default: `alta`. */
  readonly engine?: 'alta' | 'terraform' | 'either';
}

/**
 * Reads, loads, compiles and checks the whole workspace. Contacts nobody. Problems are in `diagnostics`, all of them.
 * @throws AltaError `no-workspace`, and the vault's for a damaged fingerprint key.
 */
export async function openWorkspace(context: RunContext, options: OpenOptions): Promise<Workspace> {
  context.progress({ phase: 'load', done: 0, total: 0 });
  const commit = await headCommit(context);
  const { input, diagnostics: found } = await readWorkspace(context.root);
  const cache = openCache(context.root, context.version);
  const loaded = load(input, { cache, knownDrivers: context.driverNames });
  cache.save();
  const usable = usableClients(loaded);
  const broken = usable.length === 0 && loaded.diagnostics.some(({ severity }) => severity === 'error');
  const closed = broken || options.allow.length === 0;
  const search = closed ? noIdentities : await findIdentities(context.root, context.env);
  const sealed = broken ? nothingSealed : sealedIn(loaded, usable);
  const vault = await openVault({
    workspace: context.root,
    env: context.env,
    allow: options.allow,
    identities: search.identities,
    recipients: recipientsOf(loaded),
    ...sealed,
  });
  const drivers = broken ? new Map<string, Driver | null>() : await loadDrivers(context, loaded);
  const named = broken ? noProfiles : await loadProfiles(context.root, loaded, input);
  const profiles = named.found;
  const checked = compileAll({ loaded, clients: usable, vault, drivers, files: input, profiles });
  const all = [
    ...found,
    ...loaded.diagnostics,
    ...search.diagnostics,
    ...named.diagnostics,
    ...checked.diagnostics,
    ...otherEngineProblems(loaded, options),
    ...backendProblems(loaded),
  ];
  const diagnostics = all.filter((diagnostic) => concerns(diagnostic, options.clients));
  const owners = desiredBy(checked.compiled);
  const trees = new Map(loaded.clients.map((client) => [client.id, client.digest]));
  return {
    loaded,
    files: input,
    commit,
    compiled: checked.compiled,
    unknownClients: loaded.clients.filter((client) => !usable.includes(client)).map((client) => client.id),
    drivers,
    identities: search.identities,
    documents: documentsOf(loaded, loaded.clients),
    vault,
    store: openStore(context, loaded),
    limits: { ...defaultLimits, ...loaded.workspace.safety },
    otherEngine: new Set(ofOtherEngine(loaded, options).map(({ id }) => id)),
    diagnostics,
    invalid: diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
    turns: pLimit(context.parallelism),
    reading: readingTally(context),
    counting: (phase, total) => tally(context, phase, total),
    treeOf: (client) => trees.get(client) ?? '',
    desiredElsewhere: (client) => ({ has: (id) => (owners.get(id) ?? client) !== client }),
  };
}

/** Clients whose files have no error. Where alta.yaml or the workspace's secrets have one, nobody's. */
function usableClients(loaded: Loaded): readonly LoadedClient[] {
  const errors = loaded.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const broken = new Set(errors.map((diagnostic) => folderOf(diagnostic)));
  if (broken.has(null)) return [];
  return loaded.clients.filter((client) => !broken.has(client.folder));
}

/** `clients/acme`; null where a diagnostic is about the workspace's own files. */
function folderOf(diagnostic: Diagnostic): string | null {
  const filename = diagnostic.range?.filename ?? String(diagnostic.params.filename ?? '');
  return /^clients\/[^/]+/.exec(filename)?.[0] ?? null;
}

/** Where nothing may be opened, no key is looked for: the age library is slow to load. */
const noIdentities: IdentitySearch = { identities: null, diagnostics: [] };

/** What a vault may look at. */
function sealedIn(loaded: Loaded, clients: readonly LoadedClient[]) {
  return { documents: documentsOf(loaded, clients), sources: loaded.workspace.secrets?.sources ?? {} };
}

/** What it may look at where the files cannot be trusted. */
const nothingSealed = { documents: new Map<string, SecretsDocument>(), sources: {} };

const noProfiles: Profiles = { found: new Map(), diagnostics: [] };

/** A state that is kept elsewhere must never be mistaken for an empty one here. */
function backendProblems(loaded: Loaded): readonly Diagnostic[] {
  const { backend = 'local' } = loaded.workspace.state ?? {};
  return backend === 'local' ? [] : [errorDiagnostic('state-backend-unbuilt', { backend })];
}

/** What two clients cannot both have. The second one's file shows it, `owner` is the first. */
const sharedBetween: ReadonlySet<Code> = new Set(['tenant-twice', 'box-twice', 'mac-twice']);

/** With `--client`, the mistakes in other clients' folders wait for their own run. What is between two of them concerns both. */
function concerns(diagnostic: Diagnostic, clients: readonly string[]): boolean {
  const folder = folderOf(diagnostic);
  if (clients.length === 0 || folder === null) return true;
  const owner = sharedBetween.has(diagnostic.code) ? diagnostic.params.owner : undefined;
  return clients.some((client) => folder === `clients/${client}` || client === owner);
}

function openStore(context: RunContext, loaded: Loaded): StateStore {
  const io = { ...systemIo(context.clock), ...(context.at === undefined ? {} : { at: context.at }) };
  return createLocalStore(io, {
    workspace: context.root,
    path: loaded.workspace.state?.path ?? 'state',
    ci: context.env.CI !== undefined && context.env.CI !== '' && context.env.CI !== 'false',
    altaVersion: context.version,
    temporary: tmpdir(),
  });
}
