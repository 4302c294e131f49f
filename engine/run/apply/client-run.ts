import type { ClientPlan } from '../../model/index.ts';
import type { RunContext } from '../contract.ts';
import type { Gathered } from '../targets/gather.ts';
import type { Sessions } from '../targets/sessions.ts';
import type { Tally } from '../workspace/counting.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Hold } from './hold.ts';
import type { LaneOutcome, Outcome } from './lane.ts';
import type { Reread } from './settle.ts';

/** Everything that the apply of one client works with. */
export interface ClientRun {
  readonly context: RunContext;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly hold: Hold;
  readonly gathered: Gathered;
  readonly plan: ClientPlan;
  readonly tally: Tally;
  /** Somebody agreed that phones may be cut off. */
  readonly acceptOutage: boolean;
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
