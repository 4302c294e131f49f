import type { Code, Origin, Params, Severity } from '../../model/index.ts';
import type { WorkspaceDocument } from '../../model/input.ts';
import { originOf } from '../origin.ts';
import type { Path } from '../problem.ts';
import type { Finding, LoadedClient, LoadOptions } from '../types.ts';

/** What a check of one client may look at. */
export interface CheckContext {
  readonly client: LoadedClient;
  readonly workspace: WorkspaceDocument;
  /** alta.yaml could be read: what it does not name does not exist. */
  readonly workspaceComplete: boolean;
  readonly options: LoadOptions;
}

/** A check looks at merged data, whose wrong values are already out, and reports what does not fit together. */
export type Check = (context: CheckContext) => readonly Finding[];

interface Details {
  readonly severity?: Severity;
  readonly at?: 'key' | 'value';
  readonly address?: string;
  readonly first?: Origin;
  readonly masked?: boolean;
}

/** Where a path of a merged client stands in its files. */
export function clientOrigin(client: LoadedClient, path: Path): Origin {
  const fallback = Object.keys(client.files)[0] ?? client.folder;
  return originOf(client.sources, path, fallback);
}

export function findingIn(
  client: LoadedClient,
  code: Code,
  params: Params,
  path: Path,
  details: Details = {},
): Finding {
  return { severity: 'error', at: 'value', ...details, code, params, origin: clientOrigin(client, path) };
}
