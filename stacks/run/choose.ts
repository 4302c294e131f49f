import { AltaError, type Diagnostic } from '../../engine/model/index.ts';
import type { PlanOptions, RunContext } from '../../engine/run/contract.ts';
import { selectClients } from '../../engine/run/workspace/choose.ts';
import { openWorkspace } from '../../engine/run/workspace/workspace.ts';

/** Whom a run of Terraform is about. */
export interface Choice {
  /** In alphabetical order, at least one; empty where the YAML has errors. */
  readonly clients: readonly string[];
  /** Variables that the vault takes: `secrets.sources.env` of alta.yaml. */
  readonly listed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The clients of `engine: terraform` among those asked for. Contacts nobody and opens no secret.
 *
 * @throws AltaError `terraform-no-clients`, `unknown-client`, `unknown-revision`
 */
export async function chooseClients(context: RunContext, options: PlanOptions): Promise<Choice> {
  const workspace = await openWorkspace(context, {
    allow: [],
    clients: options.clients,
    engine: 'terraform',
  });
  const { diagnostics, invalid, loaded } = workspace;
  const listed = Object.keys(loaded.workspace.secrets?.sources?.env ?? {});
  if (invalid) return { clients: [], listed, diagnostics };
  const chosen = await selectClients(context, workspace, options);
  if (chosen.length === 0) throw new AltaError('terraform-no-clients', {});
  return { clients: chosen.map(({ client }) => client).sort(), listed, diagnostics };
}
