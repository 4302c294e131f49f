import type { Kind, Origin } from '../model/index.ts';
import type { ClientDocument, SecretsDocument, WorkspaceDocument } from '../model/input.ts';
import type { ProfileDocument } from '../model/profile.ts';

/** One client, merged from the files of its folder. */
export interface ClientSource {
  readonly id: string;
  readonly data: ClientDocument;
  readonly secrets: SecretsDocument | null;
  /** Which file and which path within it a path of the merged document comes from. */
  origin(path: readonly (string | number)[]): Origin;
}

/** Looks up the public marker of a secret: the rev beside its ciphertext, or an HMAC for env and file sources. */
export type MarkerOf = (source: MarkerSource) => string | null;

export type MarkerSource =
  | { readonly secret: string; readonly scope: string }
  | { readonly env: string }
  | { readonly file: string };

/** Whether a driver has a field at all: defaults are dropped where it has not. */
export type Supports = (driver: string, kind: Kind, field: string) => boolean;

export interface CompileInput {
  readonly workspace: WorkspaceDocument;
  readonly client: ClientSource;
  readonly marker: MarkerOf;
  readonly supports: Supports;
  /** The profile of that name; undefined where there is none, which loading has said. */
  readonly profile: (name: string) => ProfileDocument | undefined;
  /** The parts of a login that a driver wants; undefined where it does not say. */
  readonly credential: (driver: string) => readonly string[] | undefined;
  /** Whether this build has a driver of that name. */
  readonly built: (driver: string) => boolean;
}

/** The scope of the workspace's own secrets; client ids cannot begin with an underscore. */
export const workspaceScope = '_workspace';
