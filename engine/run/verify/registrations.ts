import type { Driver, Registration, RegistrationReader } from '../../../providers/contract.ts';
import { type Desired, type Diagnostic, type Target, toDiagnostic } from '../../model/index.ts';
import { isWithout } from '../apply/registered.ts';
import type { RunContext } from '../contract.ts';
import type { Observations } from '../targets/observations.ts';
import type { Sessions } from '../targets/sessions.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { bothSay } from './sightings.ts';

/** One target whose registrations are asked for. */
export interface Watched {
  readonly target: Target;
  /** Null where the target itself cannot be asked: then only an observer tells. */
  readonly driver: Driver | null;
  /** What is asked for: extensions of a PBX, accounts of a device. */
  readonly asked: readonly Desired[];
  /** Addresses that somebody expects to be registered: what is worth waiting for. */
  readonly expected: ReadonlySet<string>;
  /** Address → the name that phones register with: what an observer knows it by. */
  readonly names: ReadonlyMap<string, string>;
}

/** Who can be asked. */
export interface Witnesses {
  readonly sessions: Sessions;
  readonly observations: Observations;
  /** What a person pasted speaks in place of everybody. */
  readonly pasted: RegistrationReader | null;
}

export interface Registrations {
  /** By address; what nobody could tell is missing. */
  readonly found: ReadonlyMap<string, Registration>;
  /** Who could not be asked, and why. */
  readonly failed: readonly { readonly target: string; readonly diagnostic: Diagnostic }[];
}

/** Asks one witness of one target; answers by address. */
interface Question {
  readonly of: Watched;
  ask(asked: readonly Desired[]): Promise<ReadonlyMap<string, Registration>>;
}

/** Time between two looks, ms: a phone needs some seconds to start again and register. */
const betweenLooksMs = 2_000;

/**
 * Asks every witness once, and again those of targets where something expected is not registered yet, until all of it is or `waitMs` is
 * over. What is not known is not waited for, and a witness that failed is not asked again. A first Ctrl-C ends the waiting.
 */
export async function awaitRegistrations(
  context: RunContext,
  workspace: Workspace,
  witnesses: Witnesses,
  watched: readonly Watched[],
  waitMs: number,
): Promise<Registrations> {
  const found = new Map<string, Registration>();
  const failed: { target: string; diagnostic: Diagnostic }[] = [];
  const silent = new Set<Question>();
  const questions = new Map(watched.map((one) => [one.target.address, questionsTo(one, witnesses)]));
  const look = async ({ target, asked }: Watched): Promise<void> => {
    const speaking = (questions.get(target.address) ?? []).filter((question) => !silent.has(question));
    const answers = await Promise.all(
      speaking.map(async (question) => {
        try {
          return await question.ask(asked);
        } catch (error) {
          silent.add(question);
          failed.push({
            target: target.address,
            diagnostic: toDiagnostic(error, { address: target.address }),
          });
          return new Map<string, Registration>();
        }
      }),
    );
    for (const { address } of asked) {
      const seen = answers.map((answer) => answer.get(address)).reduce(bothSay, undefined);
      if (seen !== undefined) found.set(address, seen);
    }
  };
  const { clock, stop } = context;
  const until = clock.elapsed() + waitMs;
  let waiting = watched;
  for (;;) {
    await Promise.all(waiting.map((one) => workspace.turns(() => look(one))));
    tell(context, watched, found);
    waiting = waiting.flatMap((one) => stillMissing(one, found));
    const left = until - clock.elapsed();
    if (waiting.length === 0 || left <= 0) return { found, failed };
    const waited = await clock.sleep(Math.min(betweenLooksMs, left), stop).then(
      () => true,
      () => false,
    );
    if (!waited) return { found, failed };
  }
}

/** The target's own API, and whoever looks from beside it. */
function questionsTo(of: Watched, { sessions, observations, pasted }: Witnesses): readonly Question[] {
  const { target, driver, names } = of;
  const nameOf = ({ address, key }: Desired): string => names.get(address) ?? key;
  const keyOf = ({ key }: Desired): string => key;
  if (pasted !== null) return [{ of, ask: (asked) => ask(pasted, asked, nameOf) }];
  const own: Question = {
    of,
    ask: async (asked) => {
      const session = driver === null ? null : await sessions.open(target, driver, 'read');
      return ask(session, asked, keyOf);
    },
  };
  const beside: Question = { of, ask: async (asked) => ask(await observations.of(target), asked, nameOf) };
  return [...(driver === null ? [] : [own]), ...(target.observer === undefined ? [] : [beside])];
}

async function ask(
  reader: Partial<RegistrationReader> | null,
  asked: readonly Desired[],
  keyOf: (one: Desired) => string,
): Promise<ReadonlyMap<string, Registration>> {
  const answers = (await reader?.registrations?.(asked.map(keyOf))) ?? [];
  const byKey = new Map(answers.map((answer) => [answer.key, answer]));
  return new Map(
    asked.flatMap((one) => {
      const seen = byKey.get(keyOf(one));
      return seen === undefined ? [] : [[one.address, seen] as const];
    }),
  );
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
