import type { Diagnostic } from '../../model/index.ts';
import type { ApplyOptions, RunContext } from '../contract.ts';
import type { Sessions } from '../targets/sessions.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Holds } from './hold.ts';

/** What one apply works with from start to end. */
export interface Run {
  readonly context: RunContext;
  readonly options: ApplyOptions;
  readonly workspace: Workspace;
  readonly holds: Holds;
  readonly sessions: Sessions;
  readonly startedAt: string;
  /** Clients that this run leaves alone, and why. The others go on. */
  readonly refused: Map<string, Diagnostic>;
}
