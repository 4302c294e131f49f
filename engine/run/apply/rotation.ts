import {
  AltaError,
  type Diagnostic,
  errorDiagnostic,
  type Secret,
  toDiagnostic,
  warningDiagnostic,
} from '../../model/index.ts';
import { commitLane, expectCommit, isOpen, joined } from './commit.ts';
import type { Execution, Lane, Outcome, Work } from './lane.ts';
import type { Scoreboard } from './scoreboard.ts';
import { isForLater, orFatal } from './step.ts';
import { type Chain, type Wave, waveOf } from './waves.ts';
import type { PreparedWrite } from './write.ts';

/** A wave split into the chains that may start and those that must not, with why. */
export interface Preflight {
  readonly ready: Wave;
  readonly held: HeldWave;
}

/** Chains that do not start, each with its reason. */
export interface HeldWave {
  readonly writes: ReadonlySet<PreparedWrite>;
  readonly reasons: ReadonlyMap<PreparedWrite, Diagnostic>;
}

/** The secrets that the PBX held before, of the chains under way: what goes back where all phones fail. */
const before = new WeakMap<Chain, Secret>();

/** Nothing of a chain is written before every phone in it says that it would take the new secret now. */
export async function preflight(
  wave: Wave,
  works: readonly Work[],
  execution: Execution,
): Promise<Preflight> {
  if (wave.chains.length === 0) return { ready: wave, held: { writes: new Set(), reasons: new Map() } };
  const checked = await Promise.all(
    wave.chains.map(async (chain) => [chain, await whyNot(chain, works, execution)] as const),
  );
  const ready = checked.flatMap(([chain, reason]) => (reason === null ? [chain] : []));
  const reasons = checked.flatMap(([chain, reason]) =>
    reason === null ? [] : [...waveOf([chain]).writes].map((write) => [write, reason] as const),
  );
  return {
    ready: waveOf(ready),
    held: { writes: new Set(reasons.map(([write]) => write)), reasons: new Map(reasons) },
  };
}

async function whyNot(chain: Chain, works: readonly Work[], { stop }: Execution): Promise<Diagnostic | null> {
  const { lane, rotation, accounts } = chain;
  const lanes = new Set([lane, ...accounts.map((account) => account.lane)]);
  const fatal = works.find((work) => lanes.has(work.lane) && work.fate.fatal !== null)?.fate.fatal;
  if (fatal !== undefined && fatal !== null) return fatal;
  if (stop.aborted) return warningDiagnostic('interrupted', {}, { address: rotation.change.address });
  for (const { lane: device } of accounts) {
    try {
      await device.session.ready?.();
    } catch (error) {
      return toDiagnostic(error, { address: device.target.address });
    }
  }
  try {
    const { key } = rotation.change;
    const reading = await lane.session.read({ kinds: ['extension'], keys: [key] });
    const held = reading.resources.find((one) => one.kind === 'extension' && one.key === key)?.secrets.sip;
    if (held !== undefined) before.set(chain, held);
    return null;
  } catch (error) {
    return toDiagnostic(error, { address: lane.target.address });
  }
}

/** Writes off what does not start. `reason` = the same one for all of it. */
export function stoppedWave(
  works: readonly Work[],
  wave: Pick<Wave, 'writes'> & Partial<HeldWave>,
  reason: Diagnostic | null,
  board: Scoreboard,
): readonly Work[] {
  if (wave.writes.size === 0) return works;
  return works.map((work) => {
    const mine = work.lane.writes.filter((write) => wave.writes.has(write));
    const outcomes = mine.map((write) => skipped(write, reason ?? wave.reasons?.get(write) ?? null));
    for (const outcome of outcomes) board.written(outcome);
    return mine.length === 0 ? work : { ...work, broken: true, outcomes: [...work.outcomes, ...outcomes] };
  });
}

function skipped({ change }: PreparedWrite, reason: Diagnostic | null): Outcome {
  if (reason === null) return { change, result: 'skipped' };
  const result = isForLater(reason.code) ? 'deferred' : 'skipped';
  return { change, result, diagnostic: { ...reason, address: change.address } };
}

/**
 * After a wave: where a secret changed on the PBX and none of its phones took it, the old one goes back. The rest of the chains does
 * not start when one ended badly: what happened to it would happen to them.
 */
export async function settleChains(
  works: readonly Work[],
  wave: Wave,
  execution: Execution,
): Promise<{ readonly works: readonly Work[]; readonly stop: Diagnostic | null }> {
  let now = works;
  let stop: Diagnostic | null = null;
  for (const chain of wave.chains) {
    const { address } = chain.rotation.change;
    if (outcomeIn(now, chain.lane, chain.rotation)?.result !== 'done') continue;
    const ends = chain.accounts.map(({ lane, write }) => outcomeIn(now, lane, write));
    if (ends.every((end) => end === undefined || tookNothing(end))) {
      now = await undo(now, chain, execution);
      stop ??= warningDiagnostic('rotation-stopped', { on: address }, { address });
    } else if (await isSilent(chain, now, execution)) {
      stop ??= warningDiagnostic('rotation-stopped', { on: address }, { address });
    }
  }
  return { works: now, stop };
}

function outcomeIn(works: readonly Work[], lane: Lane, { change }: PreparedWrite): Outcome | undefined {
  const work = works.find((one) => one.lane === lane);
  return work?.outcomes.find((outcome) => outcome.change.address === change.address);
}

function tookNothing({ result, written }: Outcome): boolean {
  return result !== 'done' && (written === undefined || written === 'nothing');
}

/** All the phones that took the new secret say that they are not registered with it. */
async function isSilent(chain: Chain, works: readonly Work[], execution: Execution): Promise<boolean> {
  const took = chain.accounts.filter(({ lane, write }) => outcomeIn(works, lane, write)?.result === 'done');
  const silent = await Promise.all(
    took.map(async ({ lane, write }) => (await execution.unregistered(lane, [write.change.key])).length > 0),
  );
  return silent.length > 0 && silent.every(Boolean);
}

/** Puts the old secret back, journaled like any write, and commits. What cannot be put back is said loudly. */
async function undo(works: readonly Work[], chain: Chain, execution: Execution): Promise<readonly Work[]> {
  const old = before.get(chain);
  const { lane, rotation } = chain;
  const { address } = rotation.change;
  const failed = (diagnostic: Diagnostic) =>
    replaced(works, chain, { result: 'failed', written: 'something', diagnostic });
  if (old === undefined) return failed(errorDiagnostic('rotation-stranded', { address }, { address }));
  const work = works.find((one) => one.lane === lane);
  const fate = work?.fate ?? { fatal: null };
  try {
    await sendBack(rotation, old, lane, execution);
  } catch (error) {
    const kind = error instanceof AltaError ? error.code : 'internal';
    return failed(errorDiagnostic('rotation-not-undone', { address, kind }, { address }));
  }
  await expectCommit(lane, [rotation], execution, fate);
  const outcome: Outcome = { change: rotation.change, result: 'done' };
  const committed = await commitLane(lane, [outcome], execution, fate, false);
  const diagnostic = isOpen(committed)
    ? errorDiagnostic('rotation-not-undone', { address, kind: 'commit' }, { address })
    : warningDiagnostic('rotation-undone', { address }, { address });
  const next = replaced(works, chain, { result: 'failed', written: 'nothing', diagnostic });
  return next.map((one) =>
    one.lane === lane ? { ...one, committed: joined(one.committed, committed) } : one,
  );
}

async function sendBack(
  { change, write, pending, before: entry }: PreparedWrite,
  old: Secret,
  lane: Lane,
  { writer, now }: Execution,
): Promise<void> {
  if (write.action !== 'update') throw new AltaError('internal', { message: 'a rotation is an update' });
  const kept = pending.after === null || entry === null ? null : { ...pending.after, secrets: entry.secrets };
  const seq = await writer.intent({ ...pending, revs: {}, fingerprints: {}, after: kept });
  try {
    await lane.session.apply({ ...write, values: {}, secrets: { sip: old } });
  } catch (error) {
    const written = error instanceof AltaError ? (error.written ?? 'unknown') : 'unknown';
    await orFatal(() => writer.failed(seq, written), change.address, { fatal: null });
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
