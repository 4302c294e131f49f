import pLimit from 'p-limit';
import { commitLane, expectCommit, isOpen, joined } from './commit.ts';
import type { Committed, Execution, Outcome, Work } from './lane.ts';
import type { Scoreboard } from './scoreboard.ts';
import { runWrite } from './step.ts';
import type { Wave } from './waves.ts';
import type { PreparedWrite } from './write.ts';

/** All lanes at once: what one of them waits for may be in another. */
export async function runWave(
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

/** What is committed is what others may rely on. */
export function tellInForce(outcomes: readonly Outcome[], committed: Committed, board: Scoreboard): void {
  for (const outcome of outcomes) board.inForce(outcome, outcome.result === 'done' && !isOpen(committed));
}

/** As many at once as the host bears. */
export async function runWrites(
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
