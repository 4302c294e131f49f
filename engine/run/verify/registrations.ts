import type { Driver, Registration } from '../../../providers/contract.ts';
import { type Desired, type Diagnostic, type Target, toDiagnostic } from '../../model/index.ts';
import { isWithout } from '../apply/registered.ts';
import type { RunContext } from '../contract.ts';
import type { Sessions } from '../targets/sessions.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** One target that is asked about registrations. */
export interface Watched {
  readonly target: Target;
  readonly driver: Driver;
  /** What is asked for: extensions of a PBX, accounts of a device. */
  readonly asked: readonly Desired[];
  /** Addresses that somebody expects to be registered: what is worth waiting for. */
  readonly expected: ReadonlySet<string>;
}

export interface Registrations {
  /** By address; what nobody could tell is missing. */
  readonly found: ReadonlyMap<string, Registration>;
  /** By address of the target that could not be asked. */
  readonly failed: ReadonlyMap<string, Diagnostic>;
}

/** Time between two looks, ms: a phone needs some seconds to start again and register. */
const betweenLooksMs = 2_000;

/**
 * Asks every target once, and again those where something expected is not registered yet, until all of it is or `waitMs` is over. What is
 * not known is not waited for, and a target that failed is not asked again. A first Ctrl-C ends the waiting.
 */
export async function awaitRegistrations(
  context: RunContext,
  workspace: Workspace,
  sessions: Sessions,
  watched: readonly Watched[],
  waitMs: number,
): Promise<Registrations> {
  const found = new Map<string, Registration>();
  const failed = new Map<string, Diagnostic>();
  const look = async ({ target, driver, asked }: Watched): Promise<void> => {
    try {
      for (const [address, seen] of await ask(sessions, target, driver, asked)) found.set(address, seen);
    } catch (error) {
      failed.set(target.address, toDiagnostic(error, { address: target.address }));
    }
  };
  const { clock, stop } = context;
  const until = clock.elapsed() + waitMs;
  let waiting = watched;
  for (;;) {
    await Promise.all(waiting.map((one) => workspace.turns(() => look(one))));
    tell(context, watched, found);
    waiting = waiting.flatMap((one) => (failed.has(one.target.address) ? [] : stillMissing(one, found)));
    const left = until - clock.elapsed();
    if (waiting.length === 0 || left <= 0) return { found, failed };
    const waited = await clock.sleep(Math.min(betweenLooksMs, left), stop).then(
      () => true,
      () => false,
    );
    if (!waited) return { found, failed };
  }
}

async function ask(
  sessions: Sessions,
  target: Target,
  driver: Driver,
  asked: readonly Desired[],
): Promise<readonly (readonly [address: string, seen: Registration])[]> {
  const session = await sessions.open(target, driver, 'read');
  const answers = (await session.registrations?.(asked.map(({ key }) => key))) ?? [];
  const byKey = new Map(answers.map((answer) => [answer.key, answer]));
  return asked.flatMap(({ address, key }) => {
    const seen = byKey.get(key);
    return seen === undefined ? [] : [[address, seen] as const];
  });
}

/** The same target with what is left to ask; nothing where all that is expected there is registered, or not known. */
function stillMissing(one: Watched, found: Registrations['found']): readonly Watched[] {
  const asked = one.asked.filter(({ address }) => {
    const seen = found.get(address);
    return one.expected.has(address) && seen !== undefined && isWithout(seen);
  });
  return asked.length === 0 ? [] : [{ ...one, asked }];
}

function tell(context: RunContext, watched: readonly Watched[], found: Registrations['found']): void {
  const expected = watched.flatMap((one) => [...one.expected]);
  const missing = expected.filter((address) => found.get(address)?.status !== 'registered');
  const [detail] = missing;
  const done = expected.length - missing.length;
  const event = { phase: 'verify', done, total: expected.length } as const;
  context.progress(detail === undefined ? event : { ...event, detail });
}
