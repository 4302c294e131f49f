import { runWrites, tellInForce } from './build.ts';
import { commitLane, expectCommit, isOpen, joined } from './commit.ts';
import type { Execution, Work } from './lane.ts';
import type { Scoreboard } from './scoreboard.ts';
import { isWaiting } from './waves.ts';
import type { PreparedWrite } from './write.ts';

/** In rounds: one delete may wait for another. */
export async function removeWaiting(
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
