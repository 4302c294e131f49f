import type { Compiled } from '../../compile/index.ts';
import { AltaError, type Diagnostic, errorDiagnostic, selects } from '../../model/index.ts';
import type { Selection } from '../../plan/index.ts';
import type { PlanOptions, RunContext } from '../contract.ts';
import type { Gathered } from '../targets/gather.ts';
import { changedSince } from './git.ts';
import type { Workspace } from './workspace.ts';

/**
 * The clients that a run is about: `--client`, `--since`, and not those whose engine is another.
 * @throws AltaError `unknown-client`, `unknown-revision`
 */
export async function selectClients(
  context: RunContext,
  workspace: Workspace,
  options: PlanOptions,
): Promise<readonly Compiled[]> {
  const known = workspace.compiled.map((client) => client.client);
  const unknown = options.clients.find((client) => !known.includes(client));
  if (unknown !== undefined) throw new AltaError('unknown-client', { client: unknown, known });
  const changed = await changedClients(context, options);
  return workspace.compiled.filter(
    ({ client }) =>
      (options.clients.length === 0 || options.clients.includes(client)) &&
      (changed === 'all' || changed.has(client)) &&
      !workspace.otherEngine.has(client),
  );
}

/** The clients of `--since`. alta.yaml and the workspace's secrets concern everyone. */
async function changedClients(
  context: RunContext,
  { since }: PlanOptions,
): Promise<ReadonlySet<string> | 'all'> {
  if (since === null) return 'all';
  const files = await changedSince(context, since);
  if (files.includes('alta.yaml') || files.includes('secrets.yaml')) return 'all';
  return new Set(files.flatMap((file) => /^clients\/([^/]+)\//.exec(file)?.[1] ?? []));
}

/** A client that state knows and clients/ does not is never silently dropped, unless the run is about others by name. */
export async function vanishedClients(
  context: RunContext,
  workspace: Workspace,
  options: PlanOptions,
): Promise<readonly Diagnostic[]> {
  const { targets, exclude } = options.selection;
  if (options.clients.length > 0 || targets.length > 0) return [];
  const changed = await changedClients(context, options);
  const present = new Set(workspace.loaded.clients.map((client) => client.id));
  const known = await workspace.store.list();
  const gone = known.filter(
    (client) =>
      !present.has(client) &&
      (changed === 'all' || changed.has(client)) &&
      !exclude.some((pattern) => selects(pattern, client)),
  );
  const states = await Promise.all(gone.map(async (client) => (await workspace.store.read(client)).state));
  const owning = states.filter((state) => Object.keys(state.resources).length > 0);
  return owning.map((state) => errorDiagnostic('client-vanished', { client: state.client }));
}

/**
 * A mistyped `--target` must not look like a workspace without changes.
 * @throws AltaError `selection-unknown`
 */
export function refuseUnknown(gathered: readonly Gathered[], { selection }: PlanOptions): void {
  const addresses = gathered.flatMap(({ compiled, input }) => [
    compiled.client,
    ...compiled.targets.map((target) => target.address),
    ...compiled.desired.map((desired) => desired.address),
    ...Object.values(input.state.resources).map((entry) => entry.address),
  ]);
  refuseUnmatched(selection, addresses);
}

/** @throws AltaError `selection-unknown` where a pattern selects none of the addresses */
export function refuseUnmatched({ targets, exclude }: Selection, addresses: readonly string[]): void {
  const unknown = [...targets, ...exclude].find((pattern) => !addresses.some((a) => selects(pattern, a)));
  if (unknown !== undefined) throw new AltaError('selection-unknown', { pattern: unknown });
}
