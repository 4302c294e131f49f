import pLimit from 'p-limit';
import type { Change, Diagnostic } from '../../model/index.ts';
import { isRemoteChange } from '../../plan/index.ts';
import { commitLane, expectCommit, isOpen, joined } from './commit.ts';
import type { Committed, Execution, Lane, LaneOutcome, Outcome, Work } from './lane.ts';
import { preflight, settleChains, stoppedWave } from './rotation.ts';
import { Scoreboard } from './scoreboard.ts';
import { runWrite } from './step.ts';
import { isWaiting, type Wave, wavesOf } from './waves.ts';
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
  const waves = wavesOf(lanes);
  let works: readonly Work[] = lanes.map(begun);
  let stopped: Diagnostic | null = null;
  for (const wave of waves) {
    if (stopped !== null) {
      works = stoppedWave(works, wave, stopped, board);
      continue;
    }
    const { ready, held } = await preflight(wave, works, execution);
    works = stoppedWave(works, held, null, board);
    works = await runWave(works, ready, execution, board, wave === waves[0]);
    const settled = await settleChains(works, ready, execution);
    works = settled.works;
    stopped = settled.stop;
  }
  works = await removeWaiting(works, execution, board);
  return works.map(({ lane, outcomes, committed }) => ({ target: lane.target, outcomes, ...committed }));
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
  first: boolean,
): Promise<readonly Work[]> {
  return Promise.all(works.map((work) => build(work, wave, execution, board, first)));
}

/** Everything of a wave in one lane that is no delete waiting for something, and its commit. */
async function build(
  work: Work,
  wave: Wave,
  execution: Execution,
  board: Scoreboard,
  first: boolean,
): Promise<Work> {
  const { lane, fate } = work;
  const mine = lane.writes.filter((write) => wave.writes.has(write));
  const due = first && lane.commitDue;
  if (mine.length === 0 && !due) return work;
  const builds = mine.filter((write) => write.change.action !== 'delete');
  const deletes = mine.filter((write) => write.change.action === 'delete');
  await expectCommit(lane, mine, execution, fate);
  const built = await runWrites(work, builds, execution, board, false);
  const broken = work.broken || built.some((outcome) => outcome.result !== 'done');
  const removed = await runWrites(work, deletes, execution, board, broken);
  const outcomes = [...built, ...removed];
  const committed = await commitLane(lane, outcomes, execution, fate, due);
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
