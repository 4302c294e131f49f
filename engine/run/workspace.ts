import { tmpdir } from 'node:os';
import type { Driver } from '../../providers/contract.ts';
import { type Compiled, compile } from '../compile/index.ts';
import { type Loaded, type LoadedClient, type LoadInput, load, locate, originOf } from '../load/index.ts';
import { type Diagnostic, type Origin, stateKey, targetOf, warningDiagnostic } from '../model/index.ts';
import { defaultLimits, type SafetyLimits } from '../plan/index.ts';
import {
  findIdentities,
  type Group,
  type Identities,
  type IdentitySearch,
  openVault,
  type Recipients,
  type SecretsDocument,
  type Vault,
  workspaceScope,
} from '../secrets/index.ts';
import { createLocalStore, type StateStore, systemIo } from '../state/index.ts';
import { openCache } from './cache.ts';
import type { ProgressEvent, RunContext } from './contract.ts';
import { readWorkspace } from './files.ts';

/** Counts something up for the progress line. */
export interface Tally {
  step(detail: string): void;
}

/** A workspace as a run needs it: checked, compiled, with its vault and its states. */
export interface Workspace {
  readonly loaded: Loaded;
  /** Files as they were read, for edits. */
  readonly files: LoadInput;
  /** Every client, selected or not: what one desires, no other may delete. */
  readonly compiled: readonly Compiled[];
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
  readonly reading: {
    expect(total: number): void;
    started(detail: string): void;
    finished(detail: string): void;
  };
  counting(phase: ProgressEvent['phase'], total: number): Tally;
  treeOf(client: string): string;
  desiredElsewhere(client: string): { has(id: string): boolean };
}

export interface OpenOptions {
  /** Groups of secrets that this command may open, whatever keys lie at hand. */
  readonly allow: readonly Group[];
  /** Only these clients' problems count; empty = all. The workspace's own always do. */
  readonly clients: readonly string[];
}

/**
 * Reads, loads, compiles and checks the whole workspace. Contacts nobody. Problems are in `diagnostics`, all of them.
 * @throws AltaError `no-workspace`, and the vault's for a damaged fingerprint key.
 */
export async function openWorkspace(context: RunContext, options: OpenOptions): Promise<Workspace> {
  context.progress({ phase: 'load', done: 0, total: 0 });
  const { input, diagnostics: found } = await readWorkspace(context.root);
  const cache = openCache(context.root, context.version);
  const loaded = load(input, { cache, knownDrivers: context.driverNames });
  cache.save();
  const broken = loaded.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const closed = broken || options.allow.length === 0;
  const search = closed ? noIdentities : await findIdentities(context.root, context.env);
  const vault = await openVault({
    workspace: context.root,
    documents: broken ? new Map() : documentsOf(loaded),
    identities: search.identities,
    recipients: recipientsOf(loaded),
    sources: broken ? {} : (loaded.workspace.secrets?.sources ?? {}),
    env: context.env,
    allow: options.allow,
  });
  const drivers = broken ? new Map<string, Driver | null>() : await loadDrivers(context, loaded);
  const checked = broken ? { compiled: [], diagnostics: [] } : compileAll(loaded, vault, drivers, input);
  const all = [
    ...found,
    ...loaded.diagnostics,
    ...search.diagnostics,
    ...checked.diagnostics,
    ...otherEngineNotices(loaded, options),
  ];
  const diagnostics = all.filter((diagnostic) => concerns(diagnostic, options.clients));
  const owners = desiredBy(checked.compiled);
  const trees = new Map(loaded.clients.map((client) => [client.id, client.digest]));
  return {
    loaded,
    files: input,
    compiled: checked.compiled,
    drivers,
    identities: search.identities,
    documents: documentsOf(loaded),
    vault,
    store: openStore(context, loaded),
    limits: { ...defaultLimits, ...loaded.workspace.safety },
    otherEngine: new Set(loaded.clients.filter((c) => c.data.engine === 'terraform').map((c) => c.id)),
    diagnostics,
    invalid: diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
    reading: readingProgress(context),
    counting: (phase, total) => counter(context, phase, total),
    treeOf: (client) => trees.get(client) ?? '',
    desiredElsewhere: (client) => ({ has: (id) => (owners.get(id) ?? client) !== client }),
  };
}

/** Where nothing may be opened, no key is looked for: the age library is slow to load. */
const noIdentities: IdentitySearch = { identities: null, diagnostics: [] };

function documentsOf(loaded: Loaded): ReadonlyMap<string, SecretsDocument> {
  const documents = new Map<string, SecretsDocument>();
  if (loaded.workspaceSecrets !== null) {
    documents.set(workspaceScope, { filename: 'secrets.yaml', file: secretsFile(loaded.workspaceSecrets) });
  }
  for (const client of loaded.clients) {
    if (client.secrets === null) continue;
    documents.set(client.id, {
      filename: `${client.folder}/secrets.yaml`,
      file: secretsFile(client.secrets),
    });
  }
  return documents;
}

function secretsFile(document: NonNullable<LoadedClient['secrets']>): SecretsDocument['file'] {
  const { connect, values } = document;
  return { ...(connect === undefined ? {} : { connect }), ...(values === undefined ? {} : { values }) };
}

function recipientsOf(loaded: Loaded): Recipients {
  return loaded.workspace.secrets?.recipients ?? { connect: {}, values: {} };
}

async function loadDrivers(context: RunContext, loaded: Loaded): Promise<ReadonlyMap<string, Driver | null>> {
  const platforms = Object.values(loaded.workspace.platforms ?? {}).map((platform) => platform.driver);
  const own = loaded.clients.flatMap((client) =>
    Object.values(client.data.pbx ?? {}).flatMap((p) => p.driver ?? []),
  );
  const names = [...new Set<string>([...platforms, ...own])];
  const found = await Promise.all(names.map(async (name) => [name, await context.driver(name)] as const));
  return new Map(found);
}

/** Compiles every client, lets the drivers check what is desired, and brings it to their form. */
function compileAll(
  loaded: Loaded,
  vault: Vault,
  drivers: ReadonlyMap<string, Driver | null>,
  files: LoadInput,
): { compiled: readonly Compiled[]; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const compiled = loaded.clients.map((client) => {
    const raw = compile({
      workspace: loaded.workspace,
      client: {
        id: client.id,
        data: client.data,
        secrets: client.secrets,
        origin: (path) => originOf(client.sources, path, `${client.folder}/client.yaml`),
      },
      marker: (source) => vault.marker(source),
      supports: (driver, field) => drivers.get(driver)?.facts.kinds.extension?.fields[field] !== undefined,
    });
    const targets = new Map(raw.targets.map((target) => [target.address, target]));
    const desired = raw.desired.map((resource) => {
      const target = targets.get(targetOf(resource.address));
      const driver = target === undefined ? null : drivers.get(target.driver);
      if (target === undefined || driver === null || driver === undefined) return resource;
      diagnostics.push(...placed(driver.check(resource, target), resource.origin, files));
      return driver.normalise(resource, target);
    });
    return { ...raw, desired };
  });
  return { compiled, diagnostics };
}

/** A driver speaks of fields; the person needs file, line and column. */
function placed(found: readonly Diagnostic[], origin: Origin, files: LoadInput): readonly Diagnostic[] {
  return found.map((diagnostic) => {
    if (diagnostic.range !== undefined) return diagnostic;
    const field = diagnostic.params.field;
    const path = typeof field === 'string' ? [...origin.path, field] : origin.path;
    const file = files.clients.flatMap((client) => client.files).find((f) => f.filename === origin.filename);
    if (file === undefined) return diagnostic;
    return { ...diagnostic, ...locate({ ...origin, path }, file.bytes) };
  });
}

function otherEngineNotices(loaded: Loaded, options: OpenOptions): readonly Diagnostic[] {
  return loaded.clients
    .filter((client) => client.data.engine === 'terraform' && options.clients.includes(client.id))
    .map((client) => warningDiagnostic('engine-terraform', { client: client.id }, { address: client.id }));
}

/** With `--client`, the mistakes in other clients' folders wait for their own run. */
function concerns(diagnostic: Diagnostic, clients: readonly string[]): boolean {
  const filename = diagnostic.range?.filename ?? String(diagnostic.params.filename ?? '');
  const folder = /^clients\/([^/]+)\//.exec(filename)?.[1];
  return clients.length === 0 || folder === undefined || clients.includes(folder);
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

/** State key → the client that desires it. A tenant belongs to one client, so there is at most one. */
function desiredBy(compiled: readonly Compiled[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { client, targets, desired } of compiled) {
    const keyOf = new Map(targets.map((target) => [target.address, target.key]));
    for (const resource of desired) {
      owners.set(stateKey(keyOf.get(targetOf(resource.address)) ?? '', resource.kind, resource.key), client);
    }
  }
  return owners;
}

function readingProgress(context: RunContext): Workspace['reading'] {
  let total = 0;
  let done = 0;
  return {
    expect: (count) => {
      total = count;
      done = 0;
    },
    started: (detail) => context.progress({ phase: 'read', done, total, detail }),
    finished: (detail) => {
      done += 1;
      context.progress({ phase: 'read', done, total, detail });
    },
  };
}

function counter(context: RunContext, phase: ProgressEvent['phase'], total: number): Tally {
  let done = 0;
  return {
    step: (detail) => {
      done += 1;
      context.progress({ phase, done, total, detail });
    },
  };
}
