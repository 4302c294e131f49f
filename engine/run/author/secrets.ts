import { renderSecrets, setSecrets } from '../../edit/index.ts';
import { AltaError, type Code, type Diagnostic, type Secret } from '../../model/index.ts';
import {
  checkRecipients,
  checkSecrets,
  type Group,
  type Recipients,
  rekey,
  type SecretEntry,
  sealSecret,
  workspaceScope,
} from '../../secrets/index.ts';
import type {
  EditResult,
  RunContext,
  SecretsGenerateOptions,
  SecretsRekeyOptions,
  SecretsSetOptions,
} from '../contract.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { createDraft } from './draft.ts';
import { entryOf, generated, missingSecrets } from './generate.ts';

export { secretsInit } from './secrets-init.ts';

/** Everything about secrets of a workspace that exists: files first, no target is contacted. */
async function openFiles(context: RunContext): Promise<Workspace> {
  return openWorkspace(context, { allow: ['connect', 'values'], clients: [], engine: 'either' });
}

/**
 * Encrypts one value. The public recipients are enough: no key is needed.
 * @throws AltaError `unknown-client`, `secret-name-invalid`, `recipients-missing`
 */
export async function secretsSet(context: RunContext, options: SecretsSetOptions): Promise<EditResult> {
  const workspace = await openFiles(context);
  const { client, group, name, value } = options;
  const entry = await seal(context, workspace, client, group, name, value);
  return writeSecrets(context, workspace, client, [{ group, name, entry }]);
}

/**
 * Makes passwords (or PINs, for names that end in `/pin`) that suit every target. Existing ones stay unless `rotate`.
 * @throws AltaError `unknown-client`, `secret-name-invalid`, `recipients-missing`
 */
export async function secretsGenerate(
  context: RunContext,
  options: SecretsGenerateOptions,
): Promise<EditResult> {
  const workspace = await openFiles(context);
  const { client, rotate } = options;
  const names = options.names === 'all' ? missingSecrets(workspace, client) : options.names;
  const fresh = names.filter((name) => rotate || entryOf(workspace, client, 'values', name) === undefined);
  const secrets: { group: Group; name: string; entry: SecretEntry }[] = [];
  for (const name of fresh) {
    const value = generated(workspace, client, name);
    secrets.push({
      group: 'values',
      name,
      entry: await seal(context, workspace, client, 'values', name, value),
    });
  }
  return writeSecrets(context, workspace, client, secrets);
}

/** Opens everything that the keys at hand can open and says what is wrong with the rest. Never a value. */
export async function secretsCheck(context: RunContext): Promise<EditResult> {
  const workspace = await openFiles(context);
  const diagnostics: Diagnostic[] = [
    ...workspace.diagnostics,
    ...(await checkRecipients(recipientsOf(workspace))),
  ];
  for (const [scope, document] of workspace.documents) {
    const known = scope === workspaceScope ? new Map() : await appliedRevs(workspace, scope);
    diagnostics.push(...(await checkSecrets(scope, document, workspace.identities, known)));
  }
  return { edits: [], diagnostics };
}

/** Encrypts again for the recipients of now. Revs stay: no plan changes. */
export async function secretsRekey(context: RunContext, options: SecretsRekeyOptions): Promise<EditResult> {
  const workspace = await openFiles(context);
  const draft = createDraft(context);
  const diagnostics: Diagnostic[] = [...workspace.diagnostics];
  for (const [scope, document] of workspace.documents) {
    if (options.clients.length > 0 && !options.clients.includes(scope)) continue;
    const done = await rekey(scope, document, workspace.identities, recipientsOf(workspace));
    diagnostics.push(...done.diagnostics);
    const secrets = (['connect', 'values'] as const).flatMap((group) =>
      Object.entries(done.file[group] ?? {}).map(([name, entry]) => ({ group, name, entry })),
    );
    const text = (await draft.read(document.filename)) ?? '';
    await draft.put(document.filename, setSecrets(text, secrets), ...done.rekeyed.map((name) => `~ ${name}`));
  }
  await draft.save();
  return { edits: draft.edits(), diagnostics };
}

async function writeSecrets(
  context: RunContext,
  workspace: Workspace,
  client: string | null,
  secrets: readonly { group: Group; name: string; entry: SecretEntry }[],
): Promise<EditResult> {
  const draft = createDraft(context);
  const filename = client === null ? 'secrets.yaml' : `clients/${client}/secrets.yaml`;
  if (secrets.length > 0) {
    const text = (await draft.read(filename)) ?? renderSecrets(client);
    const lines = secrets.map(({ group, name }) => {
      return `${entryOf(workspace, client, group, name) === undefined ? '+' : '~'} ${name}`;
    });
    await draft.put(filename, setSecrets(text, secrets), ...lines);
  }
  await draft.save();
  return {
    edits: draft.edits(),
    diagnostics: workspace.diagnostics.filter((d) => !cured.has(d.code)),
  };
}

/** What entering secrets one after another puts right: no reason to call one of them a failure. */
const cured: ReadonlySet<Code> = new Set(['secret-missing', 'secret-required']);

async function seal(
  context: RunContext,
  workspace: Workspace,
  client: string | null,
  group: Group,
  name: string,
  value: Secret,
): Promise<SecretEntry> {
  const known = workspace.loaded.clients.map((c) => c.id);
  if (client !== null && !known.includes(client)) throw new AltaError('unknown-client', { client, known });
  const after = entryOf(workspace, client, group, name)?.rev;
  return sealSecret({
    scope: client ?? workspaceScope,
    group,
    name,
    value,
    recipients: recipientsOf(workspace),
    now: context.clock.now(),
    ...(after === undefined ? {} : { after }),
  });
}

function recipientsOf(workspace: Workspace): Recipients {
  return workspace.loaded.workspace.secrets?.recipients ?? { connect: {}, values: {} };
}

/** Secret name → the rev last applied, to see an older one come back. */
async function appliedRevs(workspace: Workspace, client: string): Promise<ReadonlyMap<string, string>> {
  const { state } = await workspace.store.read(client);
  const compiled = workspace.compiled.find((c) => c.client === client);
  const known = new Map<string, string>();
  for (const desired of compiled?.desired ?? []) {
    const entry = Object.values(state.resources).find((e) => e.address === desired.address);
    for (const [field, secret] of Object.entries(desired.secrets)) {
      const marker = entry?.secrets[field]?.marker;
      if (typeof marker === 'string') known.set(secret.name, marker);
    }
  }
  return known;
}
