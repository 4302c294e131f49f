import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderNewClient, renderSecrets, renderWorkspace, setSecrets } from '../../edit/index.ts';
import { AltaError } from '../../model/index.ts';
import { groups, initSecrets, personalIdentityPath, type SecretEntry } from '../../secrets/index.ts';
import type { EditResult, InitOptions, RunContext } from '../contract.ts';
import { packageFolder } from '../workspace/package-folder.ts';
import { createDraft, type Draft } from './draft.ts';

/**
 * What stays on this machine. Leases, journals and unfinished files lie in the state folder, wherever `state.path` puts it: the patterns
 * hold in every folder.
 */
export const ignoredByGit = `# Alta: keys and caches of this machine, leases, journals and unfinished files of runs
.alta/
*.lease.*
*.journal.*
*.errored.state.json
.*.tmp-*
`;

const editor = `{
  "recommendations": ["redhat.vscode-yaml"]
}
`;

/**
 * A workspace to start with: alta.yaml with local state and safety limits, one age identity for both groups of secrets (the person's own,
 * made where there is none), the schemas for the editor, and a first client where one is named. Existing files stay.
 * @throws AltaError `workspace-exists`, `client-id-invalid`
 */
export async function initWorkspace(context: RunContext, options: InitOptions): Promise<EditResult> {
  const draft = createDraft(context);
  if ((await draft.read('alta.yaml')) !== null)
    throw new AltaError('workspace-exists', { folder: context.root });
  const { client } = options;
  if (client !== undefined && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(client)) {
    throw new AltaError('client-id-invalid', { client });
  }
  const identityPath = personalIdentityPath(context.env);
  const secrets = await initSecrets(identityPath, holderName(context.user), new Date(context.clock.now()));
  await writeWorkspace(draft, context, secrets, identityPath);
  await writeSchemas(draft);
  if (client !== undefined) await writeClient(draft, context, client, options.name ?? client);
  await draft.save();
  return { edits: draft.edits(), diagnostics: [] };
}

async function writeWorkspace(
  draft: Draft,
  context: RunContext,
  secrets: Awaited<ReturnType<typeof initSecrets>>,
  identityPath: string,
): Promise<void> {
  const document = {
    apiVersion: 'alta/v1',
    kind: 'Workspace',
    state: { backend: 'local', path: 'state' },
    secrets: { recipients: copy(secrets.recipients) },
    safety: { maxDeletePercent: 30, maxChangePercent: 50 },
  } as const;
  const key = `${secrets.created ? '+' : '='} ${identityPath}  ${secrets.recipient}`;
  await draft.put('alta.yaml', renderWorkspace(document, context.lang), key);
  const entries = groups.flatMap((group) =>
    Object.entries(secrets.file[group] ?? {}).map(([name, entry]: [string, SecretEntry]) => ({
      group,
      name,
      entry,
    })),
  );
  await draft.put(
    'secrets.yaml',
    setSecrets(renderSecrets(null), entries),
    ...entries.map(({ name }) => `+ ${name}`),
  );
  if ((await draft.read('.gitignore')) === null) await draft.put('.gitignore', ignoredByGit);
  if ((await draft.read('.vscode/extensions.json')) === null)
    await draft.put('.vscode/extensions.json', editor);
}

function copy(recipients: Awaited<ReturnType<typeof initSecrets>>['recipients']) {
  return { connect: { ...recipients.connect }, values: { ...recipients.values } };
}

async function writeSchemas(draft: Draft): Promise<void> {
  for (const { filename, text } of await schemaFiles()) {
    if ((await draft.read(filename)) === null) await draft.put(filename, text);
  }
}

/**
 * The schemas as a workspace holds them. The `$schema` lines of its files point there, so that editors complete and check without a
 * network.
 */
export async function schemaFiles(): Promise<readonly { filename: string; text: string }[]> {
  const folder = packageFolder('schemas');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.schema.json'));
  return Promise.all(
    names.sort().map(async (name) => {
      return { filename: `schemas/${name}`, text: await readFile(join(folder, name), 'utf8') };
    }),
  );
}

async function writeClient(draft: Draft, context: RunContext, id: string, name: string): Promise<void> {
  const document = {
    apiVersion: 'alta/v1',
    kind: 'Client',
    client: { id, name, locale: context.lang },
  } as const;
  await draft.put(`clients/${id}/client.yaml`, renderNewClient({ document, lang: context.lang }));
}

/** A recipient's name is a label: letters, digits, dot, dash, underscore. */
function holderName(user: string): string {
  const label = user.normalize('NFD').replace(/[^a-zA-Z0-9._-]/g, '');
  return /^[a-zA-Z0-9]/.test(label) ? label.slice(0, 63) : 'me';
}
