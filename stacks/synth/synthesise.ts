import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Compiled } from '../../engine/compile/index.ts';
import { AltaError, type Diagnostic, toDiagnostic, warningDiagnostic } from '../../engine/model/index.ts';
import type { RunContext } from '../../engine/run/contract.ts';
import { makeFolder } from '../../engine/run/workspace/make-folder.ts';
import { openWorkspace, type Workspace } from '../../engine/run/workspace/workspace.ts';
import { driverNames, loadDriver } from '../../providers/registry.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { backendOf, localStateOf, seenFrom } from './backend.ts';
import { type Known, nothingKnown, readKnown, refuseOthers } from './known.ts';
import type { Backend, ClientStack } from './model.ts';
import { type StackResult, stackOf } from './stack.ts';

export interface SynthesisOptions {
  /** Client ids; empty = all that say `engine: terraform`. */
  readonly clients: readonly string[];
  /** Of Alta: parsed files are kept per version. */
  readonly version: string;
  /**
   * Client → its Terraform state, as `terraform state pull` prints it; a client that is missing has no state yet. Null = nobody could be
   * asked yet: the stacks are for `terraform init`, not for a plan. Default: the local state file of each client; where the backend is
   * another, its state is unknown.
   */
  readonly known?: ReadonlyMap<string, string> | null;
}

/** A step that waits for a person. */
export interface PendingStep {
  /** What `alta attest` takes. */
  readonly address: string;
  readonly action: 'create' | 'update' | 'delete';
}

/** What was written. */
export interface Synthesis {
  /** The clients whose stack was written, in alphabetical order; none where the YAML has errors. */
  readonly stacks: readonly string[];
  readonly pending: readonly PendingStep[];
  /** All problems. A client with an error of its own has no stack. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes one Terraform stack per client from the same YAML that Alta applies: `<outdir>/stacks/<client>/cdk.tf.json`. Only clients that say
 * `engine: terraform` have one. Reads only files of the workspace (YAML, Alta's state, a local Terraform state): no network, no Terraform,
 * and no key, so that equal files give equal stacks on every machine: of the environment only what would make them wrong is looked at.
 *
 * @throws AltaError `no-workspace`, `unknown-client`, `folder-unwritable`; `synth-hcl` where cdktf's own variable asks for HCL
 */
export async function synthesise(
  workspaceRoot: string,
  outdir: string,
  { clients, version, known }: SynthesisOptions,
): Promise<Synthesis> {
  refuseHcl(process.env.SYNTH_HCL_OUTPUT);
  const root = resolve(workspaceRoot);
  const options = { allow: [], clients, engine: 'terraform' } as const;
  const workspace = await openWorkspace(offline(root, version), options);
  if (workspace.invalid) return { stacks: [], pending: [], diagnostics: workspace.diagnostics };
  const chosen = choose(workspace, clients);
  const made = await Promise.all(
    chosen.map((client) => stackFor(workspace, client, { root, outdir, known })),
  );
  const stacks = made.flatMap(({ stack }) => stack ?? []);
  await write(stacks, outdir);
  return {
    stacks: stacks.map(({ client }) => client),
    pending: made.flatMap(({ pending }) => pending).map(({ address, action }) => ({ address, action })),
    diagnostics: [
      ...workspace.diagnostics,
      ...(chosen.length === 0 ? [warningDiagnostic('synth-nothing')] : []),
      ...made.flatMap(({ diagnostics }) => diagnostics),
    ],
  };
}

/** cdktf obeys this variable by itself, and writes HCL without the arguments of classes that were not generated: wrong without a word. */
function refuseHcl(asked: string | undefined): void {
  if (asked === 'true' || asked === '1') throw new AltaError('synth-hcl');
}

function choose({ compiled, otherEngine }: Workspace, clients: readonly string[]): readonly Compiled[] {
  const known = compiled.map(({ client }) => client);
  const unknown = clients.find((client) => !known.includes(client));
  if (unknown !== undefined) throw new AltaError('unknown-client', { client: unknown, known });
  return compiled.filter(
    ({ client }) => !otherEngine.has(client) && (clients.length === 0 || clients.includes(client)),
  );
}

interface Place {
  readonly root: string;
  readonly outdir: string;
  readonly known: SynthesisOptions['known'];
}

type Made = Pick<StackResult, 'diagnostics' | 'pending'> & { readonly stack: ClientStack | null };

/** What keeps one client from having a stack leaves the others alone. */
async function stackFor(workspace: Workspace, compiled: Compiled, place: Place): Promise<Made> {
  const { client } = compiled;
  const document = workspace.loaded.workspace;
  const backend = backendOf(document, client);
  try {
    const { state } = await workspace.store.read(client);
    const result = stackOf({
      compiled,
      state,
      known: await knownOf(client, backend, place),
      drivers: workspace.drivers,
      backend: seenFrom(resolve(place.outdir, 'stacks', client), place.root, backend),
      verify: document.terraform?.verify ?? false,
      preliminary: place.known === null,
    });
    const failed = result.diagnostics.some(({ severity }) => severity === 'error');
    return failed ? { ...result, stack: null } : result;
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { stack: null, pending: [], diagnostics: [toDiagnostic(error, { address: client })] };
  }
}

/** Null where nobody could look at Terraform's state. */
async function knownOf(client: string, backend: Backend, { root, known }: Place): Promise<Known | null> {
  if (known === null) return null;
  if (known !== undefined) return ownState(client, known.get(client) ?? '', client);
  const path = localStateOf(backend, process.env);
  if (path === null) return null;
  const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new AltaError('terraform-state-unreadable', { filename: path, reason: error.code ?? error.name });
  });
  return text === null ? nothingKnown : ownState(client, text, path);
}

function ownState(client: string, text: string, filename: string): Known {
  const known = readKnown(text, filename);
  refuseOthers(known, client, filename);
  return known;
}

async function write(stacks: readonly ClientStack[], outdir: string): Promise<void> {
  await makeFolder(outdir).catch((error: NodeJS.ErrnoException) => {
    throw new AltaError('folder-unwritable', { folder: outdir, kind: error.code ?? error.name });
  });
  // cdktf takes a third of a second to load: only who synthesises pays for it.
  const { writeStacks } = await import('./write.ts');
  writeStacks(stacks, outdir);
}

/** A run that contacts nobody and knows nothing but the files. */
function offline(root: string, version: string): RunContext {
  const never = new AbortController().signal;
  return {
    root,
    env: {},
    clock: realClock,
    stop: never,
    abort: never,
    progress: () => {},
    log: () => {},
    driver: loadDriver,
    driverNames: driverNames({ hidden: true }),
    version,
    parallelism: 1,
    user: '',
    lang: 'en',
    command: 'synth',
  };
}
