import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AltaError, type Diagnostic, type State, type Target } from '../../engine/model/index.ts';
import { holdClients } from '../../engine/run/apply/hold.ts';
import type { RunContext } from '../../engine/run/contract.ts';
import { openWorkspace, type Workspace } from '../../engine/run/workspace/workspace.ts';
import { backendOf, localStateOf } from '../synth/backend.ts';
import { entriesIn } from './entries.ts';

export interface TakeBackOptions {
  readonly client: string;
  /** What `terraform state pull` printed, and where that stands. Null = the state file in the workspace. */
  readonly state: { readonly text: string; readonly filename: string } | null;
  readonly lockTimeoutMs: number;
}

export interface TakenBack {
  /** How many resources Alta's own state holds now. */
  readonly taken: number;
  /** How many it held that Terraform does not: deleted there meanwhile. */
  readonly dropped: number;
  /** Ids that Terraform had imported and never applied: the next plan adopts them. */
  readonly unapplied: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A client whose YAML says `engine: alta` again: what Terraform manages of it enters Alta's own state, with its markers, so that the next
 * plan has nothing to do that Terraform's would not have had. Contacts no target.
 * @throws AltaError `unknown-client`, `terraform-state-unreadable`, `hand-back-other-client`, and those of a state that is not in the
 *   workspace: `hand-back-state-elsewhere`, `hand-back-no-state`, `terraform-workspace-other`
 */
export async function takeBack(context: RunContext, options: TakeBackOptions): Promise<TakenBack> {
  const { client, lockTimeoutMs } = options;
  const workspace = await openWorkspace(context, { allow: [], clients: [client] });
  const nothing = { taken: 0, dropped: 0, unapplied: [] };
  if (workspace.invalid) return { ...nothing, diagnostics: workspace.diagnostics };
  const compiled = workspace.compiled.find((one) => one.client === client);
  if (compiled === undefined) {
    throw new AltaError('unknown-client', { client, known: workspace.compiled.map((one) => one.client) });
  }
  const { text, filename } = options.state ?? (await localState(context, workspace, client));
  const held = entriesIn(text, filename);
  refuseOthers(held.clients, client, filename);
  const holds = await holdClients(context, workspace.store, [client], { waitMs: lockTimeoutMs });
  try {
    const hold = holds.clients.get(client);
    if (hold === undefined) return { ...nothing, diagnostics: [...holds.refused.values()] };
    const before = hold.writer.recovered.state;
    const after = joined(before, held.entries, compiled.targets);
    await hold.writer.save(() => after);
    const dropped = Object.keys(before.resources).filter((id) => after.resources[id] === undefined);
    return {
      taken: Object.keys(held.entries).length,
      dropped: dropped.length,
      unapplied: held.unapplied,
      diagnostics: workspace.diagnostics,
    };
  } finally {
    await holds.release();
  }
}

/**
 * What the state does not hold counts as deleted: another client's would drop everything that this one has.
 *
 * @throws AltaError `hand-back-other-client`
 */
function refuseOthers(clients: readonly string[], client: string, filename: string): void {
  const others = clients.filter((one) => one !== client);
  if (others.length > 0) throw new AltaError('hand-back-other-client', { client, filename, others });
}

/** @throws AltaError `hand-back-state-elsewhere`, `hand-back-no-state`, `terraform-workspace-other` */
async function localState({ root, env }: RunContext, { loaded }: Workspace, client: string) {
  const backend = backendOf(loaded.workspace, client);
  const path = localStateOf(backend, env);
  if (path === null) throw new AltaError('hand-back-state-elsewhere', { client, backend: backend.name });
  try {
    return { text: await readFile(join(root, path), 'utf8'), filename: path };
  } catch {
    throw new AltaError('hand-back-no-state', { client, filename: path });
  }
}

/**
 * People's word on guided targets was Alta's all the time; everything else is as Terraform has it, unless Alta has applied it since: a state
 * that is handed back twice must not undo what came between.
 */
function joined(state: State, entries: State['resources'], targets: readonly Target[]): State {
  const guided = new Set(targets.filter(({ mode }) => mode === 'guided').map(({ key }) => key));
  const moments = Object.values(entries).map(({ appliedAt }) => appliedAt);
  const newest = moments.sort().at(-1) ?? '';
  const kept = Object.entries(state.resources).filter(([id, entry]) => {
    const theirs = entries[id]?.appliedAt ?? newest;
    return guided.has(entry.targetKey) || entry.appliedAt > theirs;
  });
  return { ...state, resources: { ...entries, ...Object.fromEntries(kept) }, outstanding: {} };
}
