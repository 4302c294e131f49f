import { isMap } from 'yaml';
import type { SecretEntry } from '../model/input.ts';
import { openDocument, printDocument } from './document.ts';
import { formatDocument } from './format.ts';
import { setValue } from './nodes.ts';

type Group = 'connect' | 'values';

/** A new secrets.yaml; without a client, the workspace's own. */
export function renderSecrets(client: string | null): string {
  const schema = client === null ? 'schemas' : '../../schemas';
  const owner = client === null ? '' : `client: ${client}\n`;
  return `# yaml-language-server: $schema=${schema}/secrets.schema.json
# Written by \`alta secrets\`. Every value is encrypted and bound to its name: do not copy or rename entries.
apiVersion: alta/v1
kind: Secrets
${owner}`;
}

/** One encrypted secret and where it belongs. */
export interface NamedSecret {
  readonly group: Group;
  readonly name: string;
  readonly entry: SecretEntry;
}

/** Adds encrypted secrets, or replaces those of the same name. The file is written in canonical form, sorted by name. */
export function setSecrets(text: string, secrets: readonly NamedSecret[]): string {
  const document = openDocument(text);
  for (const { group, name, entry } of secrets) setValue(document, 'secrets', [group, name], entry);
  return formatDocument('secrets', document);
}

/** Takes a secret out of both groups. The same text where there is none. */
export function removeSecret(text: string, name: string): string {
  const document = openDocument(text);
  let removed = false;
  for (const group of ['connect', 'values'] as const) {
    const entries = document.get(group);
    if (!isMap(entries) || !entries.delete(name)) continue;
    removed = true;
    if (entries.items.length === 0) document.delete(group);
  }
  return removed ? printDocument(document) : text;
}
