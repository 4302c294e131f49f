import { type Diagnostic, errorDiagnostic } from '../model/index.ts';
import { isRecipient, maxRecipients } from './age.ts';
import { type Group, groups } from './file.ts';

/** Name of a person or machine → public key (`age1…`), for each group. `secrets.recipients` of alta.yaml. */
export type Recipients = Readonly<Record<Group, Readonly<Record<string, string>>>>;

/**
 * Checks the recipients of both groups: X25519 keys only, at most four each. A private key pasted here by mistake
 * gets a diagnostic of its own, and nothing of it is repeated.
 */
export async function checkRecipients(recipients: Recipients): Promise<Diagnostic[]> {
  const found = await Promise.all(groups.map((group) => checkGroup(group, recipients[group])));
  return found.flat();
}

async function checkGroup(group: Group, recipients: Readonly<Record<string, string>>): Promise<Diagnostic[]> {
  const named = Object.entries(recipients);
  const each = await Promise.all(named.map(([name, key]) => checkKey(group, name, key)));
  const count = named.length;
  const tooMany =
    count > maxRecipients
      ? [errorDiagnostic('recipients-too-many', { group, count, max: maxRecipients })]
      : [];
  return [...tooMany, ...each.flat()];
}

async function checkKey(group: Group, name: string, key: string): Promise<Diagnostic[]> {
  if (await isRecipient(key)) return [];
  const code = /AGE-SECRET-KEY/i.test(key) ? 'recipient-is-private' : 'recipient-invalid';
  return [errorDiagnostic(code, { group, name })];
}
