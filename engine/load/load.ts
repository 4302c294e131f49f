import { basename } from 'node:path/posix';
import { digestOf, errorDiagnostic, type Origin } from '../model/index.ts';
import type { ClientDocument, SecretsDocument, WorkspaceDocument } from '../model/input.ts';
import type { CheckContext } from './checks/context.ts';
import { checkAll, checkFleetWide } from './checks/index.ts';
import { checkWorkspace } from './checks/workspace.ts';
import { mergeParts } from './merge.ts';
import { opener, type Place, placeOf } from './place.ts';
import type { PlainMap } from './plain.ts';
import { type FileReading, readFile } from './read.ts';
import { type Located, toDiagnostics } from './report.ts';
import type { FileKind } from './schema.ts';
import type {
  ClientFiles,
  Finding,
  Loaded,
  LoadedClient,
  LoadInput,
  LoadOptions,
  SourceFile,
} from './types.ts';

/**
 * Files in, clients and all their problems out. Never throws on the content of a file: bad YAML, wrong types, broken
 * references of every file are in `diagnostics`, each with file, line and column. Where `diagnostics` holds an error,
 * the data are good enough to look at, not to act upon.
 */
export function load(input: LoadInput, options: LoadOptions = {}): Loaded {
  const reader = readerOf(options);
  const workspace = input.workspace === null ? null : reader.read('workspace', input.workspace);
  const shared = input.workspaceSecrets === null ? null : reader.read('secrets', input.workspaceSecrets);
  const loaded = input.clients.map((files) => loadClient(files, workspace?.sha256 ?? '', reader));
  const clients = loaded.map(({ client }) => client).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const document = trusted<WorkspaceDocument>(workspace?.data) ?? EMPTY_WORKSPACE;
  const workspaceSecrets = trusted<SecretsDocument>(shared?.data) ?? null;
  const findings = [
    ...loaded.flatMap((one) => one.findings),
    ...crossChecks(clients, document, workspace, shared, workspaceSecrets, options),
  ];
  const diagnostics = [
    ...(input.workspace === null ? [errorDiagnostic('workspace-missing')] : []),
    ...toDiagnostics(reader.readings, findings, sourcesOf(input)),
  ];
  return { workspace: document, workspaceSecrets, clients, diagnostics };
}

/** What `locate` tells, for many things: keeps the files it opens for the next question. Null for a file that was not read. */
export function locator(input: LoadInput): (origin: Origin) => Place | null {
  const open = opener(sourcesOf(input));
  return ({ filename, path }) => {
    const file = open(filename);
    return file === null ? null : placeOf(file, { path, at: 'value' });
  };
}

const EMPTY_WORKSPACE: WorkspaceDocument = { apiVersion: 'alta/v1', kind: 'Workspace' };

interface Reader {
  readonly readings: Located[];
  read(kind: FileKind, file: SourceFile): FileReading;
}

function readerOf(options: LoadOptions): Reader {
  const readings: Located[] = [];
  return {
    readings,
    read: (kind, file) => {
      const reading = readFile(kind, file, options.cache);
      if (reading.problems.length > 0) readings.push({ file, problems: reading.problems });
      return reading;
    },
  };
}

function loadClient(
  input: ClientFiles,
  workspaceHash: string,
  reader: Reader,
): { client: LoadedClient; findings: readonly Finding[] } {
  const files = [...input.files].sort((a, b) => (a.filename < b.filename ? -1 : 1));
  const readings = files.map((file) => reader.read('client', file));
  const secrets = input.secrets === null ? null : reader.read('secrets', input.secrets);
  const parts = readings.flatMap(({ filename, data }) => (data === null ? [] : [{ filename, data }]));
  const { data, sources, findings } = mergeParts(parts);
  const hashes = Object.fromEntries(
    [...readings, ...(secrets === null ? [] : [secrets])].map(({ filename, sha256 }) => [filename, sha256]),
  );
  const client: LoadedClient = {
    id: data.client?.id ?? basename(input.folder),
    folder: input.folder,
    data,
    secrets: trusted<SecretsDocument>(secrets?.data) ?? null,
    sources,
    files: hashes,
    digest: digestOf({ files: hashes, workspace: workspaceHash }),
    complete: [...readings, ...(secrets === null ? [] : [secrets])].every((reading) => reading.data !== null),
  };
  return { client, findings };
}

/** Data that the schema accepted, or whose wrong values were taken out, as the type generated from that schema. */
function trusted<T extends WorkspaceDocument | ClientDocument | SecretsDocument>(
  data: PlainMap | null | undefined,
): T | undefined {
  const document: unknown = data ?? undefined;
  return document as T | undefined;
}

function crossChecks(
  clients: readonly LoadedClient[],
  workspace: WorkspaceDocument,
  reading: FileReading | null,
  shared: FileReading | null,
  workspaceSecrets: SecretsDocument | null,
  options: LoadOptions,
): readonly Finding[] {
  const workspaceComplete = reading !== null && reading.data !== null;
  const names = new Set(Object.keys(workspaceSecrets?.connect ?? {}));
  const known = shared !== null && shared.data === null ? null : names;
  const contextOf = (client: LoadedClient): CheckContext => ({
    client,
    workspace,
    workspaceComplete,
    options,
  });
  return [
    ...(reading?.data
      ? checkWorkspace({ filename: reading.filename, workspace, secrets: known, options })
      : []),
    ...clients.flatMap((client) => checkAll(contextOf(client))),
    ...checkFleetWide(clients, workspace),
  ];
}

function sourcesOf(input: LoadInput): ReadonlyMap<string, SourceFile> {
  const files = input.clients.flatMap((client) => [...client.files, client.secrets]);
  const all = [input.workspace, input.workspaceSecrets, ...files].filter((file) => file !== null);
  return new Map(all.map((file) => [file.filename, file]));
}
