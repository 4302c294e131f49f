import { type Dirent, existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ClientFiles, type LoadInput, MAX_FILE_BYTES, type SourceFile } from '../../load/index.ts';
import { AltaError, type Diagnostic, errorDiagnostic } from '../../model/index.ts';

/** Every file that a run reads from the workspace, once. */
export interface WorkspaceFiles {
  readonly input: LoadInput;
  /** Links and nested workspaces. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The nearest folder upwards that holds alta.yaml.
 * @throws AltaError `no-workspace`
 */
export function findWorkspace(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'alta.yaml'))) return folder;
    if (dirname(folder) === folder) throw new AltaError('no-workspace', { folder: start });
  }
}

/** Reads alta.yaml and clients/. Links and nested workspaces are refused: data must not point out of the repository. */
export async function readWorkspace(root: string): Promise<WorkspaceFiles> {
  const workspace = await readSource(root, 'alta.yaml');
  if (workspace === null) throw new AltaError('no-workspace', { folder: root });
  const diagnostics: Diagnostic[] = [];
  const folders = await list(root, 'clients', diagnostics);
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const clients = await Promise.all(names.sort().map((name) => readClient(root, name, diagnostics)));
  return {
    input: { workspace, clients, workspaceSecrets: await readSource(root, 'secrets.yaml') },
    diagnostics,
  };
}

async function readClient(root: string, name: string, diagnostics: Diagnostic[]): Promise<ClientFiles> {
  const folder = `clients/${name}`;
  const entries = await list(root, folder, diagnostics);
  const names = entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map((e) => e.name);
  const read = await Promise.all(names.sort().map((file) => readSource(root, `${folder}/${file}`)));
  const files = read.filter((file) => file !== null);
  const secrets = files.find((file) => file.filename === `${folder}/secrets.yaml`) ?? null;
  return { folder, files: files.filter((file) => file !== secrets), secrets };
}

async function list(root: string, path: string, diagnostics: Diagnostic[]): Promise<Dirent[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const filename = `${path}/${entry.name}`;
    if (entry.isSymbolicLink()) diagnostics.push(errorDiagnostic('link-refused', { filename }));
    if (entry.name === 'alta.yaml') diagnostics.push(errorDiagnostic('nested-workspace', { filename }));
  }
  return entries.filter((entry) => !entry.isSymbolicLink() && entry.name !== 'alta.yaml');
}

/** Null where there is no such regular file. A file over the limit is handed over unread, with its size. */
export async function readSource(root: string, filename: string): Promise<SourceFile | null> {
  const path = join(root, filename);
  const info = await lstat(path).catch(() => null);
  if (info === null || !info.isFile()) return null;
  if (info.size > MAX_FILE_BYTES) return { filename, bytes: new Uint8Array(), size: info.size };
  return { filename, bytes: await readFile(path) };
}
