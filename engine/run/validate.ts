import type { RunContext, ValidateResult } from './contract.ts';
import { openWorkspace } from './workspace/workspace.ts';

/** Loads, compiles and checks everything that can be checked without contacting anybody and without a key. */
export async function validateWorkspace(context: RunContext): Promise<ValidateResult> {
  const workspace = await openWorkspace(context, { allow: [], clients: [], engine: 'either' });
  const { clients } = workspace.loaded;
  const count = (of: (client: (typeof clients)[number]) => number): number =>
    clients.reduce((sum, client) => sum + of(client), 0);
  return {
    clients: clients.length,
    extensions: count((client) => client.data.extensions?.length ?? 0),
    devices: count((client) => client.data.devices?.length ?? 0),
    files: count((client) => Object.keys(client.files).length) + 1,
    diagnostics: workspace.diagnostics,
  };
}
