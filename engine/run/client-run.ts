import type { ClientPlan } from '../model/index.ts';
import type { RunContext } from './contract.ts';
import type { Tally } from './counting.ts';
import type { Gathered } from './gather.ts';
import type { Hold } from './hold.ts';
import type { LaneOutcome, Outcome } from './lane.ts';
import type { Sessions } from './sessions.ts';
import type { Reread } from './settle.ts';
import type { Workspace } from './workspace.ts';

/** Everything that the apply of one client works with. */
export interface ClientRun {
  readonly context: RunContext;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly hold: Hold;
  readonly gathered: Gathered;
  readonly plan: ClientPlan;
  readonly tally: Tally;
}

/** What happened on the targets, before state says so. */
export interface Carried {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly lanes: readonly LaneOutcome[];
  /** By target address. */
  readonly rereads: ReadonlyMap<string, Reread>;
}

/** RFC 3339 now. */
export function isoNow(context: RunContext): string {
  return new Date(context.clock.now()).toISOString();
}
