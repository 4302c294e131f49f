export { isIdentity, isRecipient, maxRecipients, newIdentity, recipientsOf } from './age.ts';
export { type CanaryForm, type CanaryHit, canaryForms, type DigestLogin, findCanary } from './canary.ts';
export { checkSecrets, type KnownRevs } from './check.ts';
export { childEnvironment } from './child-environment.ts';
export { type SealInput, sealSecret } from './entry.ts';
export { isRev, isScope, isSecretName, maxValueBytes } from './envelope.ts';
export {
  entriesOf,
  entryOf,
  type Group,
  groups,
  type SecretEntry,
  type SecretPlace,
  type SecretsDocument,
  type SecretsFile,
  workspaceScope,
} from './file.ts';
export { fingerprintKeyName, newFingerprintKey } from './fingerprint.ts';
export {
  createIdentity,
  type Environment,
  findIdentities,
  type Identities,
  type IdentitySearch,
  personalIdentityPath,
} from './identity.ts';
export { type InitialSecrets, initSecrets } from './init.ts';
export { generatePassword, type PasswordSubject, type RandomInt } from './password.ts';
export { generatePin, isTrivialPin } from './pin.ts';
export { checkRecipients, type Recipients } from './recipients.ts';
export { type Rekeyed, rekey } from './rekey.ts';
export type { SourceBinding, SourcesConfig } from './sources.ts';
export { openVault, type Vault, type VaultInput } from './vault.ts';
