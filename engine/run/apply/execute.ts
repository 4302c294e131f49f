import pLimit from 'p-limit';
import type { Change } from '../../model/index.ts';
import { isRemoteChange } from '../../plan/index.ts';
import { commitLane, expectCommit, isOpen, joined } from './commit.ts';
import type { Committed, Execution, Lane, LaneOutcome, Outcome, Work } from './lane.ts';
import { allFor, preflight, settleChains, writeOff } from './rotation.ts';
import { Scoreboard } from './scoreboard.ts';
import { runWrite } from './step.ts';
import { type Chain, isWaiting, type Wave, waveOf, wavesOf } from './waves.ts';
import type { PreparedWrite } from './write.ts';

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

/** All lanes at once: what one of them waits for may be in another. */
async function runWave(
  works: readonly Work[],
  wave: Wave,
  execution: Execution,
  board: Scoreboard,
): Promise<readonly Work[]> {
  return Promise.all(works.map((work) => build(work, wave, execution, board)));
}

/** Everything of a wave in one lane that is no delete waiting for something, and its commit. */
async function build(work: Work, wave: Wave, execution: Execution, board: Scoreboard): Promise<Work> {
  const { lane, fate } = work;
  const mine = lane.writes.filter((write) => wave.has(write));
  if (mine.length === 0) return work;
  const builds = mine.filter((write) => write.change.action !== 'delete');
  const deletes = mine.filter((write) => write.change.action === 'delete');
  await expectCommit(lane, mine, execution, fate);
  const built = await runWrites(work, builds, execution, board, false);
  const broken = work.broken || built.some((outcome) => outcome.result !== 'done');
  const removed = await runWrites(work, deletes, execution, board, broken);
  const outcomes = [...built, ...removed];
  const committed = await commitLane(lane, outcomes, execution, fate, false);
  tellInForce(outcomes, committed, board);
  return {
    ...work,
    broken: broken || isOpen(committed),
    outcomes: [...work.outcomes, ...outcomes],
    committed: joined(work.committed, committed),
  };
}

/** In rounds: one delete may wait for another. */
async function removeWaiting(
  built: readonly Work[],
  execution: Execution,
  board: Scoreboard,
): Promise<readonly Work[]> {
  let works = built;
  let rest = built.flatMap(({ lane }) => lane.writes.filter(isWaiting));
  for (let round = ready(rest); round.length > 0; round = ready(rest)) {
    const now = new Set(round);
    await confirm(works, round, execution, board);
    works = await Promise.all(works.map((work) => removeRound(work, now, execution, board)));
    rest = rest.filter((write) => !now.has(write));
  }
  return works;
}

/** The deletes that wait for no other delete of these. */
function ready(rest: readonly PreparedWrite[]): readonly PreparedWrite[] {
  const open = new Set(rest.map(({ change }) => change.address));
  return rest.filter(({ change }) => !change.after.some((address) => open.has(address)));
}

/**
 * What deletes wait for must be seen there, not only have been answered with success; and before an extension goes, the phone that
 * leaves it must have registered elsewhere.
 */
async function confirm(
  works: readonly Work[],
  round: readonly PreparedWrite[],
  { stop, notSeen }: Execution,
  board: Scoreboard,
): Promise<void> {
  if (stop.aborted) return;
  const awaited = new Set(round.flatMap(({ change }) => change.after));
  const leaving = round
    .filter(({ change }) => change.kind === 'extension')
    .flatMap(({ change }) => change.after);
  const inForce = works.filter(({ committed }) => !isOpen(committed));
  const looks = inForce.map(async ({ lane, outcomes }) => {
    const done = outcomes.filter(({ result }) => result === 'done');
    if (!done.some(({ change }) => awaited.has(change.address))) return;
    const proven = done.some(({ change }) => leaving.includes(change.address));
    for (const address of await notSeen(lane, done, proven)) board.notSeen(address);
  });
  await Promise.all(looks);
}

async function removeRound(
  work: Work,
  round: ReadonlySet<PreparedWrite>,
  execution: Execution,
  board: Scoreboard,
): Promise<Work> {
  const { lane, fate } = work;
  const deletes = lane.writes.filter((write) => round.has(write));
  if (deletes.length === 0) return work;
  if (!work.broken) await expectCommit(lane, deletes, execution, fate);
  const removed = await runWrites(work, deletes, execution, board, work.broken);
  const outcomes = [...work.outcomes, ...removed];
  if (isOpen(work.committed)) return { ...work, outcomes };
  const committed = await commitLane(lane, removed, execution, fate, false);
  tellInForce(removed, committed, board);
  const broken = work.broken || isOpen(committed);
  return { ...work, broken, outcomes, committed: joined(work.committed, committed) };
}

function tellInForce(outcomes: readonly Outcome[], committed: Committed, board: Scoreboard): void {
  for (const outcome of outcomes) board.inForce(outcome, outcome.result === 'done' && !isOpen(committed));
}

async function runWrites(
  { lane, fate }: Work,
  writes: readonly PreparedWrite[],
  execution: Execution,
  board: Scoreboard,
  broken: boolean,
): Promise<readonly Outcome[]> {
  const limit = pLimit(lane.driver.facts.host.writers);
  return Promise.all(
    writes.map((write) =>
      limit(async () => {
        const outcome = await runWrite(lane, write, execution, board, fate, broken);
        board.written(outcome);
        execution.stepDone(write.change);
        return outcome;
      }),
    ),
  );
}

/** The changes of a plan that this run will write to targets: not blocked, not for a person, not for later. */
export function writable(change: Change): boolean {
  return change.blocked === null && isRemoteChange(change);
}
