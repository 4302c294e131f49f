import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AltaError, type Code, Secret } from '../../../engine/model/index.ts';
import {
  type Group,
  type Identities,
  newIdentity,
  openVault,
  type Recipients,
  type SecretEntry,
  type SecretsDocument,
  type SecretsFile,
  sealSecret,
  type Vault,
  type VaultInput,
} from '../../../engine/secrets/index.ts';

export const now = Date.UTC(2026, 0, 15);

/** A key pair in the forms that the modules take. */
export interface Person {
  readonly identities: Identities;
  readonly recipient: string;
  readonly text: string;
}

export async function person(): Promise<Person> {
  const { identity, recipient } = await newIdentity();
  return { identities: { source: 'test', keys: [new Secret(identity)] }, recipient, text: identity };
}

export function bothGroups(recipient: string): Recipients {
  return { connect: { ci: recipient }, values: { ci: recipient } };
}

export function seal(
  recipient: string,
  scope: string,
  name: string,
  value: string,
  group: Group = 'values',
): Promise<SecretEntry> {
  return sealSecret({ scope, group, name, value: new Secret(value), recipients: bothGroups(recipient), now });
}

export function document(file: SecretsFile, filename = 'clients/acme/secrets.yaml'): SecretsDocument {
  return { filename, file };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A vault over the files of some scopes; the rest can be overridden. */
export function vaultOf(
  owner: Person,
  files: Record<string, SecretsFile>,
  overrides: Partial<VaultInput> = {},
): Promise<Vault> {
  return openVault({
    workspace: tmpdir(),
    documents: new Map(Object.entries(files).map(([scope, file]) => [scope, document(file)])),
    identities: owner.identities,
    recipients: bothGroups(owner.recipient),
    sources: {},
    env: {},
    ...overrides,
  });
}

/** The AltaError of a call that must fail. */
export async function failure(call: () => unknown): Promise<AltaError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof AltaError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

export async function failureCode(call: () => unknown): Promise<Code> {
  return (await failure(call)).code;
}
