import { AltaError } from '../model/index.ts';
import { recipientsOf } from './age.ts';
import { sealSecret } from './entry.ts';
import { type SecretsFile, workspaceScope } from './file.ts';
import { fingerprintKeyName, newFingerprintKey } from './fingerprint.ts';
import { createIdentity, readIdentityFile } from './identity.ts';
import type { Recipients } from './recipients.ts';

/** What `init` writes into alta.yaml and the workspace's secrets.yaml. */
export interface InitialSecrets {
  /** Whether the identity file was made now. An existing one is used as it is. */
  readonly created: boolean;
  /** The public key. */
  readonly recipient: string;
  /** One person in both groups. */
  readonly recipients: Recipients;
  /** The workspace's secrets.yaml: the fingerprint key. */
  readonly file: SecretsFile;
}

/**
 * Makes everything that secrets need, in one step: an identity at `identityPath` (unless there is one), the same
 * recipient `name` for both groups, and the fingerprint key.
 *
 * @throws AltaError `identity-malformed`, `identity-file-unreadable` for an existing file without a usable key.
 */
export async function initSecrets(identityPath: string, name: string, now: Date): Promise<InitialSecrets> {
  const existing = await existingRecipient(identityPath);
  const recipient = existing ?? (await createIdentity(identityPath, now));
  const recipients = { connect: { [name]: recipient }, values: { [name]: recipient } };
  const entry = await sealSecret({
    scope: workspaceScope,
    group: 'connect',
    name: fingerprintKeyName,
    value: newFingerprintKey(),
    recipients,
    now: now.getTime(),
  });
  return {
    created: existing === null,
    recipient,
    recipients,
    file: { connect: { [fingerprintKeyName]: entry } },
  };
}

async function existingRecipient(path: string): Promise<string | null> {
  const { identities, diagnostics } = await readIdentityFile(path, false);
  const failure = diagnostics.find(({ severity }) => severity === 'error');
  if (failure !== undefined) throw new AltaError(failure.code, failure.params);
  const [recipient] = identities === null ? [] : await recipientsOf(identities.keys);
  return recipient ?? null;
}
