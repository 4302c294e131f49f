import type { Loaded, LoadedClient } from '../../load/index.ts';
import { type Recipients, type SecretsDocument, workspaceScope } from '../../secrets/index.ts';

/** The secrets.yaml files as the vault takes them: scope → file. Only those of `clients`, and the workspace's own. */
export function documentsOf(
  loaded: Loaded,
  clients: readonly LoadedClient[],
): ReadonlyMap<string, SecretsDocument> {
  const documents = new Map<string, SecretsDocument>();
  if (loaded.workspaceSecrets !== null) {
    documents.set(workspaceScope, { filename: 'secrets.yaml', file: secretsFile(loaded.workspaceSecrets) });
  }
  for (const client of clients) {
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

export function recipientsOf(loaded: Loaded): Recipients {
  return loaded.workspace.secrets?.recipients ?? { connect: {}, values: {} };
}
