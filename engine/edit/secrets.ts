import { isMap } from 'yaml';
import type { SecretEntry } from '../model/input.ts';
import { openDocument, printDocument } from './document.ts';
import { formatFile } from './format.ts';

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

/** Adds an encrypted secret, or replaces the one of that name. Entries are kept in the order of their names. */
export function setSecret(text: string, group: Group, name: string, entry: SecretEntry): string {
  const document = openDocument(text);
  document.setIn([group, name], document.createNode({ rev: entry.rev, age: entry.age }));
  return formatFile('secrets', printDocument(document));
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
