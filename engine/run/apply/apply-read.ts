import pLimit from 'p-limit';
import type { Compiled } from '../../compile/index.ts';
import { AltaError, toDiagnostic } from '../../model/index.ts';
import { planClient } from '../../plan/index.ts';
import { type Gathered, gatherClient } from '../targets/gather.ts';
import { awaitLateWrites } from '../targets/late.ts';
import { ageOf, type Moment, momentOf } from '../targets/moment.ts';
import { descendsFrom, headCommit } from '../workspace/git.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Run } from './run.ts';

/** One client as it was read, and when. */
export type Read = Gathered & { readonly readAt: Moment };

/** Reads every client that is held. One whose state is of a newer commit is refused, and the others go on. */
export async function gatherAll(run: Run, compiled: Workspace['compiled']): Promise<readonly Read[]> {
  const { context, workspace, holds } = run;
  const held = compiled.filter((client) => holds.clients.has(client.client));
  workspace.reading.expect(held.flatMap((client) => client.targets).length);
  const limit = pLimit(context.parallelism);
  const read = await Promise.all(held.map((client) => limit(() => gatherUnlessOld(run, client))));
  return read.flat();
}

async function gatherUnlessOld(run: Run, compiled: Compiled): Promise<readonly Read[]> {
  try {
    return [await gatherHeld(run, compiled)];
  } catch (error) {
    if (!(error instanceof AltaError) || error.code !== 'old-commit') throw error;
    run.refused.set(compiled.client, toDiagnostic(error, { address: compiled.client }));
    return [];
  }
}

/** @throws AltaError `old-commit` */
async function gatherHeld(run: Run, compiled: Compiled): Promise<Read> {
  const { context, workspace, holds, sessions, options } = run;
  const hold = holds.clients.get(compiled.client);
  if (hold === undefined) throw new AltaError('internal', { message: `no hold on ${compiled.client}` });
  const { state, open } = hold.writer.recovered;
  await refuseOlderCommit(run, compiled.client, state.commit);
  const guard = (host: string) => holds.guard(compiled.client, host);
  const access = { purpose: 'write', guard, state, open } as const;
  const look = async (): Promise<Read> => {
    const readAt = momentOf(context.clock);
    return { ...(await gatherClient(context, workspace, compiled, options, sessions, access)), readAt };
  };
  const read = await look();
  return (await awaitLateWrites(context, workspace, read)) ? look() : read;
}

/** An old pipeline that runs again would undo newer work. */
async function refuseOlderCommit(run: Run, client: string, applied: string | null): Promise<void> {
  if (applied === null || run.options.rollback) return;
  const head = await headCommit(run.context);
  if (head === applied) return;
  const descends = head === null ? 'unknown' : await descendsFrom(run.context, applied);
  if (descends === 'yes') return;
  throw new AltaError('old-commit', { client, applied, head: head ?? '-' }, { address: client });
}

/** How old the reading of a client may be when its writing begins, ms. Older, and it is read and planned again. */
const freshForMs = 2_000;

/**
 * While somebody was asked, or other clients had their turn, a target may have changed.
 * @throws AltaError `changed-meanwhile`, `old-commit`
 */
export async function stillTrue(run: Run, read: Read): Promise<Gathered> {
  if (ageOf(read.readAt, run.context.clock) < freshForMs) return read;
  const { client } = read.compiled;
  const again = await gatherHeld(run, read.compiled);
  const same = planClient(again.input).digest === planClient(read.input).digest;
  if (!same) throw new AltaError('changed-meanwhile', { client }, { address: client, written: 'nothing' });
  return again;
}
