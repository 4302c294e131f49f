import { type Diagnostic, type Secret, toDiagnostic, warningDiagnostic } from '../../model/index.ts';
import type { Execution, Lane, Outcome, Work } from './lane.ts';
import type { Scoreboard } from './scoreboard.ts';
import { isForLater } from './step.ts';
import { putBack } from './undo.ts';
import { type Chain, type Wave, waveOf } from './waves.ts';
import type { PreparedWrite } from './write.ts';

/** Chains split into those that may start and those that must not, with why. */
export interface Preflight {
  readonly ready: readonly Chain[];
  /** What does not start → why. */
  readonly held: ReadonlyMap<PreparedWrite, Diagnostic>;
  /** The secrets that the PBX holds now, where it shows them: what goes back if all phones fail. */
  readonly before: ReadonlyMap<Chain, Secret>;
}

/** Nothing of a chain is written before every phone in it says that it would take the new secret now. */
export async function preflight(
  chains: readonly Chain[],
  works: readonly Work[],
  execution: Execution,
): Promise<Preflight> {
  const reasons = await Promise.all(
    chains.map(async (chain) => [chain, await whyNot(chain, works, execution)] as const),
  );
  const willing = reasons.flatMap(([chain, reason]) => (reason === null ? [chain] : []));
  const { before, unread } = await secretsNow(willing);
  const why = new Map([...reasons, ...unread]);
  const held = chains.flatMap((chain) => {
    const reason = why.get(chain) ?? null;
    return reason === null ? [] : [...waveOf([chain])].map((write) => [write, reason] as const);
  });
  return { ready: willing.filter((chain) => !unread.has(chain)), held: new Map(held), before };
}

async function whyNot(chain: Chain, works: readonly Work[], { stop }: Execution): Promise<Diagnostic | null> {
  const { lane, rotation, accounts } = chain;
  const lanes = new Set([lane, ...accounts.map((account) => account.lane)]);
  const fatal = works.find((work) => lanes.has(work.lane) && work.fate.fatal !== null)?.fate.fatal ?? null;
  if (fatal !== null) return fatal;
  if (stop.aborted) return warningDiagnostic('interrupted', {}, { address: rotation.change.address });
  for (const { lane: device } of accounts) {
    try {
      await device.session.ready?.();
    } catch (error) {
      return toDiagnostic(error, { address: device.target.address });
    }
  }
  return null;
}

/** Each PBX is read once for all its chains. One that cannot be read now starts none. */
async function secretsNow(chains: readonly Chain[]) {
  const before = new Map<Chain, Secret>();
  const unread = new Map<Chain, Diagnostic>();
  const lanes = new Set(chains.map(({ lane }) => lane));
  const reads = [...lanes].map(async (lane) => {
    const mine = chains.filter((chain) => chain.lane === lane);
    try {
      const keys = mine.map(({ rotation }) => rotation.change.key);
      const { resources } = await lane.session.read({ kinds: ['extension'], keys });
      const held = new Map(resources.map(({ kind, key, secrets }) => [`${kind}:${key}`, secrets.sip]));
      for (const chain of mine) {
        const secret = held.get(`extension:${chain.rotation.change.key}`);
        if (secret !== undefined) before.set(chain, secret);
      }
    } catch (error) {
      for (const chain of mine) unread.set(chain, toDiagnostic(error, { address: lane.target.address }));
    }
  });
  await Promise.all(reads);
  return { before, unread };
}

/** Writes off what does not start, each with its reason. */
export function writeOff(
  works: readonly Work[],
  reasons: ReadonlyMap<PreparedWrite, Diagnostic>,
  board: Scoreboard,
): readonly Work[] {
  if (reasons.size === 0) return works;
  return works.map((work) => {
    const outcomes = work.lane.writes.flatMap((write) => {
      const reason = reasons.get(write);
      return reason === undefined ? [] : [skipped(write, reason)];
    });
    for (const outcome of outcomes) board.written(outcome);
    return outcomes.length === 0
      ? work
      : { ...work, broken: true, outcomes: [...work.outcomes, ...outcomes] };
  });
}

/** The same reason for all of it. */
export function allFor(wave: Wave, reason: Diagnostic): ReadonlyMap<PreparedWrite, Diagnostic> {
  return new Map([...wave].map((write) => [write, reason]));
}

function skipped({ change }: PreparedWrite, reason: Diagnostic): Outcome {
  const result = isForLater(reason.code) ? 'deferred' : 'skipped';
  return { change, result, diagnostic: { ...reason, address: change.address } };
}

/** What came of some chains. */
export interface Settled {
  readonly works: readonly Work[];
  /** One of them went through: PBX, all phones, none of them without service. */
  readonly proven: boolean;
  /** Why the other chains must not start: what happened here would happen to them. */
  readonly stop: Diagnostic | null;
}

/** Where a secret changed on the PBX and none of its phones took it, the old one goes back. */
export async function settleChains(
  works: readonly Work[],
  { ready, before }: Preflight,
  execution: Execution,
): Promise<Settled> {
  let settled: Settled = { works, proven: false, stop: null };
  for (const chain of ready) {
    const end = await endOf(chain, settled.works, execution);
    if (end === 'untouched') continue;
    const { address } = chain.rotation.change;
    const stopped = warningDiagnostic('rotation-stopped', { on: address }, { address });
    const next =
      end === 'refused' ? await putBack(settled.works, chain, before.get(chain), execution) : settled.works;
    settled = {
      works: next,
      proven: settled.proven || end === 'proven',
      stop: settled.stop ?? (end === 'proven' ? null : stopped),
    };
  }
  return settled;
}

/**
 * `untouched`: nothing of it was written · `refused`: the PBX has the new secret and no phone took it · `doubtful`: not all of it is known to
 * have happened, or a phone is without service · `proven`: all of it happened.
 */
async function endOf(
  chain: Chain,
  works: readonly Work[],
  execution: Execution,
): Promise<'untouched' | 'refused' | 'doubtful' | 'proven'> {
  const rotation = outcomeIn(works, chain.lane, chain.rotation);
  if (rotation === undefined || rotation.result !== 'done') {
    return rotation === undefined || tookNothing(rotation) ? 'untouched' : 'doubtful';
  }
  const ends = chain.accounts.map(({ lane, write }) => outcomeIn(works, lane, write));
  if (ends.every((end) => end === undefined || tookNothing(end))) return 'refused';
  const silent = await Promise.all(
    chain.accounts.map(async ({ lane, write }) => {
      const keys = await execution.unregistered(lane, [write.change.key]);
      return keys.length > 0;
    }),
  );
  if (ends.every((end) => end?.result === 'done')) return silent.some(Boolean) ? 'doubtful' : 'proven';
  // None is known to have it, and all of them say that they are without service: so they have the old one.
  const none = ends.every((end) => end?.result !== 'done');
  return none && silent.every(Boolean) ? 'refused' : 'doubtful';
}

function outcomeIn(works: readonly Work[], lane: Lane, { change }: PreparedWrite): Outcome | undefined {
  const work = works.find((one) => one.lane === lane);
  return work?.outcomes.find((outcome) => outcome.change.address === change.address);
}

function tookNothing({ result, written }: Outcome): boolean {
  return result !== 'done' && (written === undefined || written === 'nothing');
}
