import { mkdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { AltaError, type Diagnostic } from '../engine/model/index.ts';
import type { RunContext } from '../engine/run/contract.ts';
import { openWorkspace } from '../engine/run/workspace/workspace.ts';
import { driverNames, loadDriver } from '../providers/registry.ts';
import { realClock } from '../providers/transport/clock.ts';
import { stackOf } from './model.ts';

export interface SynthesisOptions {
  /** Client ids; empty = all. */
  readonly clients: readonly string[];
  /** Of Alta: parsed files are kept per version. */
  readonly version: string;
}

/** What was written. */
export interface Synthesis {
  /** The clients whose stack was written, in alphabetical order; none where the YAML has errors. */
  readonly stacks: readonly string[];
  /** All problems of all files; errors mean that nothing was written. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes one Terraform stack per client from the same YAML that Alta applies: `<outdir>/stacks/<client>/cdk.tf.json`.
 * Reads only the workspace: no network, no Terraform, no environment and no key, so that equal files give equal stacks on
 * every machine. The Terraform state of a client is `state/terraform/<client>.tfstate` in the workspace.
 *
 * @throws AltaError `no-workspace`, `unknown-client`
 */
export async function synthesise(
  workspaceRoot: string,
  outdir: string,
  { clients, version }: SynthesisOptions,
): Promise<Synthesis> {
  const root = resolve(workspaceRoot);
  const workspace = await openWorkspace(offline(root, version), { allow: [], clients: [] });
  const { diagnostics, invalid, compiled } = workspace;
  if (invalid) return { stacks: [], diagnostics };
  const known = compiled.map(({ client }) => client);
  const unknown = clients.find((client) => !known.includes(client));
  if (unknown !== undefined) throw new AltaError('unknown-client', { client: unknown, known });
  const chosen = compiled.filter(({ client }) => clients.length === 0 || clients.includes(client));
  const stacks = chosen.map(stackOf);
  await mkdir(outdir, { recursive: true });
  // cdktf takes a third of a second to load: only who synthesises pays for it.
  const { writeStacks } = await import('./constructs.ts');
  writeStacks(stacks, outdir, (client) => statePath(root, outdir, client));
  return { stacks: stacks.map(({ client }) => client), diagnostics };
}

/** Relative, with forward slashes: no path of this machine goes into a stack. */
function statePath(root: string, outdir: string, client: string): string {
  const state = join(root, 'state', 'terraform', `${client}.tfstate`);
  return relative(resolve(outdir, 'stacks', client), state)
    .split(sep)
    .join('/');
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
