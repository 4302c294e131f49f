import type { Code, Diagnostic, Origin, Params, Severity } from '../model/index.ts';
import type { ClientDocument, SecretsDocument, WorkspaceDocument } from '../model/input.ts';
import type { Sources } from './origin.ts';

/** One file as the rim read it. A file over {@link MAX_FILE_BYTES} is handed over unread: `bytes` empty, `size` set. */
export interface SourceFile {
  /** Relative to the workspace, with forward slashes. */
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** Size on disk, bytes, where it is not `bytes.length`. */
  readonly size?: number;
}

/** The files of one folder under clients/. */
export interface ClientFiles {
  /** `clients/acme`. Its last part must be the client's id. */
  readonly folder: string;
  /** Every `*.yaml` and `*.yml` but secrets.yaml. */
  readonly files: readonly SourceFile[];
  readonly secrets: SourceFile | null;
}

export interface LoadInput {
  /** alta.yaml; null where there is none. */
  readonly workspace: SourceFile | null;
  readonly clients: readonly ClientFiles[];
  /** secrets.yaml beside alta.yaml: logins of the platforms. */
  readonly workspaceSecrets: SourceFile | null;
}

/**
 * Keeps files that have no error, as plain JSON data, so that the next run need not parse them. The key covers the
 * content and the schemas. Losing it costs time only; what it returns is frozen by convention: nobody may change it.
 */
export interface ParseCache {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface LoadOptions {
  readonly cache?: ParseCache;
  /** Drivers that this build has, of PBXs and devices; others give the warning `driver-unbuilt`. Absent: not checked. */
  readonly knownDrivers?: readonly string[];
}

/** One client: its folder's files as one document. */
export interface LoadedClient {
  /** The `client.id`; the folder's name where the block is missing. */
  readonly id: string;
  readonly folder: string;
  /** All files merged. Valid against the schema unless {@link Loaded.diagnostics} holds errors of its files. */
  readonly data: ClientDocument;
  readonly secrets: SecretsDocument | null;
  readonly sources: Sources;
  /** File → sha256 of its bytes, secrets.yaml included. */
  readonly files: Readonly<Record<string, string>>;
  /** Hash over `files` and alta.yaml: what a plan of this client rests on. */
  readonly digest: string;
  /** Every file could be read. Where not, nothing may be concluded from what is missing. */
  readonly complete: boolean;
}

export interface Loaded {
  readonly workspace: WorkspaceDocument;
  readonly workspaceSecrets: SecretsDocument | null;
  /** In the order of their ids. */
  readonly clients: readonly LoadedClient[];
  /** All problems of all files, in the order of file and line. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A problem that concerns more than one place: found in merged data, placed by its origin. */
export interface Finding {
  readonly severity: Severity;
  readonly code: Code;
  readonly params: Params;
  readonly origin: Origin;
  readonly at: 'key' | 'value';
  readonly address?: string;
  /** The other place; shown as the parameter `first`, `file:line`. */
  readonly first?: Origin;
  readonly masked?: boolean;
}
