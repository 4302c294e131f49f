import { renderSecrets, setSecrets, upsertExtensions } from '../../edit/index.ts';
import { MAX_FILE_BYTES } from '../../load/index.ts';
import { type Actual, AltaError, type Target } from '../../model/index.ts';
import { type SecretEntry, sealSecret } from '../../secrets/index.ts';
import type { EditResult, ImportOptions, RunContext } from '../contract.ts';
import { createSessions } from '../targets/sessions.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { createDraft, type Draft } from './draft.ts';
import { type SecretField, secretsNeededBy } from './generate.ts';
import { type Found, fileFor, type Patch, sift } from './sift.ts';

/**
 * Writes what a PBX has already into the client's YAML, so that the next plan has no change. Secrets that the target shows are
 * encrypted with the public recipients; a SIP secret it does not show is written as unmanaged.
 * @throws AltaError `unknown-client`, `unknown-pbx`, and whatever reading throws
 */
export async function importTarget(context: RunContext, options: ImportOptions): Promise<EditResult> {
  const workspace = await openWorkspace(context, {
    allow: ['connect'],
    clients: [options.client],
    engine: 'either',
  });
  if (workspace.invalid) return { edits: [], diagnostics: workspace.diagnostics };
  const target = findTarget(workspace, options);
  const resources = await readAll(context, workspace, target);
  const desired = new Set(workspace.compiled.flatMap((client) => client.desired.map((d) => d.address)));
  const wanted = resources.filter(
    (actual) =>
      importable(actual) &&
      selected(actual.key, options.numbers) &&
      !desired.has(`${target.address}/extension:${actual.key}`),
  );
  const needed = secretsNeededBy(workspace.drivers.get(target.driver));
  const found = wanted.map((actual) => ({ actual, patch: patchOf(actual, options.pbx, needed) }));
  const { accepted, refused } = sift(found, workspace, options);
  const draft = createDraft(context);
  await writeExtensions(draft, workspace, options, accepted);
  await writeSecrets(context, draft, workspace, options, accepted);
  for (const [filename, { length }] of draft.bytes()) {
    const limit = MAX_FILE_BYTES / 2 ** 20;
    if (length > MAX_FILE_BYTES)
      throw new AltaError('import-too-large', { count: accepted.length, filename, limit });
  }
  if (!options.dryRun) await draft.save();
  return { edits: draft.edits(), diagnostics: [...workspace.diagnostics, ...refused] };
}

function findTarget(workspace: Workspace, options: ImportOptions): Target {
  const compiled = workspace.compiled.find((client) => client.client === options.client);
  if (compiled === undefined) {
    const known = workspace.compiled.map((client) => client.client);
    throw new AltaError('unknown-client', { client: options.client, known });
  }
  const target = compiled.targets.find((t) => t.label === options.pbx);
  if (target !== undefined) return target;
  const known = compiled.targets.map((t) => t.label);
  throw new AltaError('unknown-pbx-label', { pbx: options.pbx, client: options.client, known });
}

async function readAll(
  context: RunContext,
  workspace: Workspace,
  target: Target,
): Promise<readonly Actual[]> {
  const driver = workspace.drivers.get(target.driver) ?? null;
  if (driver === null)
    throw new AltaError('driver-unbuilt', { driver: target.driver, address: target.address });
  const sessions = createSessions(context, workspace.vault);
  try {
    workspace.reading.expect(1);
    workspace.reading.started(target.address);
    const session = await sessions.open(target, driver, 'read');
    return (await session.read({ kinds: ['extension'] })).resources;
  } finally {
    await sessions.close();
  }
}

/** Analogue ports and the like are shown by plans, never managed. */
function importable(actual: Actual): boolean {
  const { type } = actual.values;
  return actual.kind === 'extension' && (type === undefined || type === 'sip');
}

function selected(number: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((p) => (p.endsWith('*') ? number.startsWith(p.slice(0, -1)) : number === p));
}

/** Empty values are not declared; a nameless extension is called by its number. */
function patchOf(actual: Actual, pbx: string, needed: readonly SecretField[]): Patch {
  const values = Object.entries(actual.values).filter(([, value]) => value !== '');
  const hidden = needed.filter((field) => actual.secrets[field] === undefined);
  const unmanaged = hidden.map((field) => [field, { source: 'unmanaged' as const }]);
  return {
    ...Object.fromEntries(values),
    name: String(actual.values.name || actual.key),
    pbx,
    number: actual.key,
    ...(unmanaged.length === 0 ? {} : { secrets: Object.fromEntries(unmanaged) }),
  };
}

async function writeExtensions(
  draft: Draft,
  workspace: Workspace,
  options: ImportOptions,
  found: readonly Found[],
): Promise<void> {
  if (found.length === 0) return;
  const filename = fileFor(workspace, options);
  const text = (await draft.read(filename)) ?? '';
  const lines = found.map(({ patch }) => `+ ${options.pbx}/${patch.number}  ${patch.name ?? ''}`);
  await draft.put(
    filename,
    upsertExtensions(
      text,
      found.map((one) => one.patch),
    ),
    ...lines,
  );
}

async function writeSecrets(
  context: RunContext,
  draft: Draft,
  workspace: Workspace,
  options: ImportOptions,
  found: readonly Found[],
): Promise<void> {
  const recipients = workspace.loaded.workspace.secrets?.recipients ?? { connect: {}, values: {} };
  const sealed: { group: 'values'; name: string; entry: SecretEntry }[] = [];
  for (const { actual } of found) {
    for (const [field, value] of Object.entries(actual.secrets)) {
      const name = `extensions/${options.pbx}/${actual.key}/${field}`;
      const now = context.clock.now();
      const entry = await sealSecret({
        scope: options.client,
        group: 'values',
        name,
        value,
        recipients,
        now,
      });
      sealed.push({ group: 'values', name, entry });
    }
  }
  if (sealed.length === 0) return;
  const filename = `clients/${options.client}/secrets.yaml`;
  const text = (await draft.read(filename)) ?? renderSecrets(options.client);
  await draft.put(filename, setSecrets(text, sealed), ...sealed.map(({ name }) => `+ ${name}`));
}
