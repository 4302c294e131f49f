import {
  AltaError,
  errorDiagnostic,
  type Secret,
  type StateEntry,
  warningDiagnostic,
} from '../../model/index.ts';
import { commitLane, expectCommit, isOpen, joined } from './commit.ts';
import type { Execution, Fate, Outcome, Work } from './lane.ts';
import { orFatal } from './step.ts';
import type { Chain } from './waves.ts';

/** Puts the old secret back, journaled like any write, and commits. What cannot be put back is said loudly. */
export async function putBack(
  works: readonly Work[],
  chain: Chain,
  old: Secret | undefined,
  execution: Execution,
): Promise<readonly Work[]> {
  const { lane, rotation } = chain;
  const { address } = rotation.change;
  const fate = works.find((one) => one.lane === lane)?.fate ?? { fatal: null };
  const stranded = (code: 'rotation-stranded' | 'rotation-not-undone', kind: string) => {
    const diagnostic = errorDiagnostic(code, { address, kind }, { address });
    return replaced(works, chain, { result: 'failed', written: 'something', diagnostic });
  };
  if (old === undefined) return stranded('rotation-stranded', 'not-shown');
  try {
    await sendBack(chain, old, execution, fate);
  } catch (error) {
    return stranded('rotation-not-undone', error instanceof AltaError ? error.code : 'internal');
  }
  await expectCommit(lane, [rotation], execution, fate);
  const undone: Outcome = { change: rotation.change, result: 'done' };
  const committed = await commitLane(lane, [undone], execution, fate, false);
  const diagnostic = isOpen(committed)
    ? errorDiagnostic('rotation-not-undone', { address, kind: 'commit' }, { address })
    : warningDiagnostic('rotation-undone', { address }, { address });
  const next = replaced(works, chain, { result: 'failed', written: 'nothing', diagnostic });
  return next.map((one) =>
    one.lane === lane ? { ...one, committed: joined(one.committed, committed) } : one,
  );
}

async function sendBack(
  { lane, rotation }: Chain,
  old: Secret,
  { writer, now }: Execution,
  fate: Fate,
): Promise<void> {
  const { change, write, pending, before } = rotation;
  if (write.action !== 'update') throw new AltaError('internal', { message: 'a rotation is an update' });
  const kept: Omit<StateEntry, 'appliedAt'> | null =
    pending.after === null || before === null ? null : { ...pending.after, secrets: before.secrets };
  const sip = before?.secrets.sip;
  // After a crash the next run must take the old version for the one in force, not the new one.
  const revs = { sip: sip?.marker ?? null };
  const fingerprints: Record<string, string> = sip?.readback === undefined ? {} : { sip: sip.readback };
  const seq = await writer.intent({ ...pending, revs, fingerprints, after: kept });
  try {
    await lane.session.apply({ ...write, values: {}, secrets: { sip: old } });
  } catch (error) {
    const written = error instanceof AltaError ? (error.written ?? 'unknown') : 'unknown';
    await orFatal(() => writer.failed(seq, written), change.address, fate);
    throw error;
  }
  await writer.done(seq, kept === null ? null : { ...kept, appliedAt: now() });
}

function replaced(works: readonly Work[], chain: Chain, over: Omit<Outcome, 'change'>): readonly Work[] {
  const { change } = chain.rotation;
  return works.map((work) => {
    if (work.lane !== chain.lane) return work;
    const outcomes = work.outcomes.map((outcome) =>
      outcome.change.address === change.address ? { change, ...over } : outcome,
    );
    return { ...work, broken: true, outcomes };
  });
}
