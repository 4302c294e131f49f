import { renderSecrets, setIn, setSecrets } from '../../edit/index.ts';
import {
  fingerprintKeyName,
  initSecrets,
  newFingerprintKey,
  personalIdentityPath,
  type Recipients,
  type SecretEntry,
  sealSecret,
  workspaceScope,
} from '../../secrets/index.ts';
import type { EditResult, RunContext } from '../contract.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { createDraft, type Draft } from './draft.ts';

/** Recipients and the fingerprint key, for a workspace that lacks one of them. What is there stays. */
export async function secretsInit(context: RunContext): Promise<EditResult> {
  const workspace = await openWorkspace(context, {
    allow: ['connect', 'values'],
    clients: [],
    engine: 'either',
  });
  const draft = createDraft(context);
  const known = workspace.loaded.workspace.secrets?.recipients;
  const keyed = workspace.loaded.workspaceSecrets?.connect?.[fingerprintKeyName] !== undefined;
  if (known === undefined) await putRecipientsAndKey(context, draft, keyed);
  else if (!keyed) await putKey(draft, await sealKey(context, known));
  await draft.save();
  return { edits: draft.edits(), diagnostics: workspace.diagnostics };
}

async function putRecipientsAndKey(context: RunContext, draft: Draft, keyed: boolean): Promise<void> {
  const made = await initSecrets(personalIdentityPath(context.env), 'me', new Date(context.clock.now()));
  const text = (await draft.read('alta.yaml')) ?? '';
  const line = `+ secrets.recipients: ${made.recipient}`;
  await draft.put('alta.yaml', setIn('workspace', text, ['secrets', 'recipients'], made.recipients), line);
  const entry = made.file.connect?.[fingerprintKeyName];
  if (!keyed && entry !== undefined) await putKey(draft, entry);
}

async function putKey(draft: Draft, entry: SecretEntry): Promise<void> {
  const text = (await draft.read('secrets.yaml')) ?? renderSecrets(null);
  const secret = { group: 'connect', name: fingerprintKeyName, entry } as const;
  await draft.put('secrets.yaml', setSecrets(text, [secret]), `+ ${fingerprintKeyName}`);
}

/** A fingerprint key for the recipients that alta.yaml names already. */
function sealKey(context: RunContext, recipients: Recipients): Promise<SecretEntry> {
  return sealSecret({
    scope: workspaceScope,
    group: 'connect',
    name: fingerprintKeyName,
    value: newFingerprintKey(),
    recipients,
    now: context.clock.now(),
  });
}
