import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientFiles, LoadInput, SourceFile } from '../../../engine/load/index.ts';

/** Reads a folder laid out like a workspace. */
export function readWorkspace(root: string): LoadInput {
  const clients = join(root, 'clients');
  return {
    workspace: optional(root, 'alta.yaml'),
    workspaceSecrets: optional(root, 'secrets.yaml'),
    clients: (existsSync(clients) ? readdirSync(clients).sort() : []).map((id) => readClient(root, id)),
  };
}

function readClient(root: string, id: string): ClientFiles {
  const folder = `clients/${id}`;
  const names = readdirSync(join(root, folder)).sort();
  return {
    folder,
    files: names.filter((name) => name !== 'secrets.yaml').map((name) => source(root, `${folder}/${name}`)),
    secrets: optional(root, `${folder}/secrets.yaml`),
  };
}

function optional(root: string, filename: string): SourceFile | null {
  return existsSync(join(root, filename)) ? source(root, filename) : null;
}

function source(root: string, filename: string): SourceFile {
  return { filename, bytes: readFileSync(join(root, filename)) };
}
