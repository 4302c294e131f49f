import type { Change } from '../../model/index.ts';
import { isRemoteChange } from '../../plan/index.ts';
import { runWave } from './build.ts';
import { commitLane, isOpen } from './commit.ts';
import type { Committed, Execution, Lane, LaneOutcome, Work } from './lane.ts';
import { removeWaiting } from './remove.ts';
import { allFor, preflight, settleChains, writeOff } from './rotation.ts';
import { Scoreboard } from './scoreboard.ts';
import { type Chain, waveOf, wavesOf } from './waves.ts';

/**
 * Carries out the writes of one client. Each target is isolated: what fails on one leaves the others alone. Secrets of phones in service
 * change after everything else, in chains: one first, then some at a time. Deletes run last, and only where everything written before
 * them to that target succeeded. A delete that waits for something elsewhere runs after all that, once the other target has committed
 * what it waits for and shows it. Never throws: a lost lease or a journal that cannot be written ends its target, and the outcomes say
 * how far it came.
 */
export async function execute(lanes: readonly Lane[], execution: Execution): Promise<readonly LaneOutcome[]> {
  const board = new Scoreboard(lanes, execution.unmet);
  const { first, chains } = wavesOf(lanes);
  let works: readonly Work[] = await commitDue(lanes.map(begun), execution, board);
  works = await runWave(works, first, execution, board);
  works = await runChains(works, chains, execution, board);
  works = await removeWaiting(works, execution, board);
  return works.map(({ lane, outcomes, committed }) => ({ target: lane.target, outcomes, ...committed }));
}

/** Chains under way together, once one has gone through. */
const chainsAtOnce = 10;

/** One chain at a time until one has gone through; then some at a time. The first that ends badly is the last. */
async function runChains(
  works: readonly Work[],
  chains: readonly Chain[],
  execution: Execution,
  board: Scoreboard,
): Promise<readonly Work[]> {
  let now = works;
  let proven = false;
  for (let from = 0; from < chains.length; ) {
    const batch = chains.slice(from, from + (proven ? chainsAtOnce : 1));
    from += batch.length;
    const cleared = await preflight(batch, now, execution);
    now = writeOff(now, cleared.held, board);
    now = await runWave(now, waveOf(cleared.ready), execution, board);
    const settled = await settleChains(now, cleared, execution);
    now = settled.works;
    proven ||= settled.proven;
    if (settled.stop !== null) return writeOff(now, allFor(waveOf(chains.slice(from)), settled.stop), board);
  }
  return now;
}

/** What an earlier run wrote and did not put into effect comes first: phones must not be told of what is not in force. */
async function commitDue(
  works: readonly Work[],
  execution: Execution,
  board: Scoreboard,
): Promise<readonly Work[]> {
  return Promise.all(
    works.map(async (work) => {
      if (!work.lane.commitDue) return work;
      const committed = await commitLane(work.lane, [], execution, work.fate, true);
      if (!isOpen(committed)) return { ...work, committed };
      board.close(work.lane.target.address);
      return { ...work, committed, broken: true };
    }),
  );
}

function begun(lane: Lane): Work {
  const committed: Committed = { commit: 'not-needed', diagnostics: [] };
  return { lane, fate: { fatal: null }, broken: lane.broken, outcomes: [], committed };
}

/** The changes of a plan that this run will write to targets: not blocked, not for a person, not for later. */
export function writable(change: Change): boolean {
  return change.blocked === null && isRemoteChange(change);
}
