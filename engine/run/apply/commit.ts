import type { Committed, Execution, Fate, Lane, Outcome } from './lane.ts';
import { orFatal } from './step.ts';
import type { PreparedWrite } from './write.ts';

/** Something written waits for a commit that did not happen. */
export function isOpen({ commit }: Committed): boolean {
  return commit === 'failed' || commit === 'skipped';
}

/** Two commits of one lane as one. */
export function joined(first: Committed, second: Committed): Committed {
  if (second.commit === 'not-needed') return first;
  return { commit: second.commit, diagnostics: [...first.diagnostics, ...second.diagnostics] };
}

/** Before the first of some writes: a crash from here on must not lose the commit that they need. */
export async function expectCommit(
  lane: Lane,
  writes: readonly PreparedWrite[],
  { writer }: Execution,
  fate: Fate,
): Promise<void> {
  if (!lane.commit || writes.length === 0) return;
  const { key, address } = lane.target;
  await orFatal(() => writer.commitPending(key, address), address, fate);
}

/** The target's own Apply, once after its writes. Nothing written = nothing to activate, and nobody else's edits either. */
export async function commitLane(
  lane: Lane,
  outcomes: readonly Outcome[],
  { writer }: Execution,
  fate: Fate,
  due: boolean,
): Promise<Committed> {
  const { key, address } = lane.target;
  const committed = () => orFatal(() => writer.committed(key), address, fate);
  const touched = outcomes.some(
    (o) => o.result === 'done' || (o.result === 'failed' && o.written !== 'nothing'),
  );
  if (!due && !(lane.commit && touched)) {
    const ours = outcomes.length > 0 && !lane.wasOpen;
    if (lane.commit && ours && fate.fatal?.code !== 'lease-lost') await committed();
    return { commit: 'not-needed', diagnostics: [] };
  }
  if (fate.fatal !== null) return { commit: 'skipped', diagnostics: [fate.fatal] };
  const failed = await orFatal(async () => lane.session.commit?.(), address, fate);
  if (failed !== null) return { commit: 'failed', diagnostics: [failed] };
  const unnoted = await committed();
  return { commit: 'done', diagnostics: unnoted === null ? [] : [unnoted] };
}
