/**
 * The proof that a mishap in a single request costs nothing but that request: the run ends by name, what it says is so, what is not ours
 * stays as it was, nobody stays logged in, and the next run converges. A driver brings
 *
 *  - a {@link Scenario}: a bench (`bench.ts`) with work to do, the box or phone that is struck, and an {@link Oracle} that asks the lab,
 *    never the driver, what is there;
 *  - a table of {@link Mishaps}: `{ ...wireMishaps, 'code 12, locked': always({ kind: 'errno', errno: '12' }, 'locked-out', 'nothing') }`;
 *  - its moments: which request of a run a mishap strikes (`match` of the lab's fault).
 *
 *     it.each(Object.keys(mishaps))('%s at the update', async (name) => {
 *       const mishap = mishapOf(mishaps, name);
 *       const fault = { ...mishap.fault, match: { path: '/extension/update' } };
 *       const step = { address: 'acme/pbx:sede/extension:2000', written: mishap.written };
 *       await on(startWork(), (scenario) => prove(scenario, { fault, ends: mishap.write, step }));
 *     });
 */
import { expect } from 'vitest';
import type { Code, Written } from '../../engine/model/index.ts';
import type { LabBoxService, LabFault, LabServiceControl } from '../../lab/index.ts';
import type { Bench } from './bench.ts';
import type { Run } from './runs.ts';

/** How a run ends: with everything done, or with the first code that it reports. */
export type End = Code | 'converged';

/** One mishap, and what it comes to where it strikes. */
export interface Mishap {
  readonly fault: LabFault;
  readonly login: End;
  readonly read: End;
  /** A write of the box itself. */
  readonly write: End;
  /** What such a write says that it wrote. */
  readonly written: Written;
  /** The request is carried out: a login then has a session that nobody knows. */
  readonly heard?: boolean;
  /** Ends only at the time limit of the request. */
  readonly slow?: boolean;
}

/** By what it is, for the names of tests. */
export type Mishaps = Readonly<Record<string, Mishap>>;

/** The same code wherever it strikes. */
export function always(fault: LabFault, code: End, written: Written, more: Partial<Mishap> = {}): Mishap {
  return { fault, login: code, read: code, write: code, written, ...more };
}

export function status(number: number, more: Partial<LabFault> = {}): LabFault {
  return { kind: 'status', status: number, ...more };
}

/** What can go wrong on the way to anything that speaks HTTP. A read that was cut off is asked again. */
export const wireMishaps = {
  'a late answer': always({ kind: 'latency', ms: 200 }, 'converged', 'nothing'),
  'a reset': always({ kind: 'reset' }, 'connection-reset', 'unknown', { read: 'converged' }),
  'HTTP 500': always(status(500), 'strange-answer', 'unknown'),
  'HTTP 502': always(status(502), 'unreachable', 'unknown'),
  'HTTP 503': always(status(503), 'target-busy', 'unknown'),
  'HTTP 429': always(status(429), 'target-busy', 'nothing'),
  'a truncated answer': always({ kind: 'truncate' }, 'connection-reset', 'unknown', { heard: true }),
  'a page of HTML': always({ kind: 'nonJson' }, 'strange-answer', 'unknown'),
  'a lost answer': always({ kind: 'lostAnswer' }, 'connection-reset', 'unknown', {
    heard: true,
    read: 'converged',
  }),
  'a byte now and then': always({ kind: 'slowloris' }, 'timeout', 'unknown', { heard: true, slow: true }),
  silence: always({ kind: 'hang' }, 'timeout', 'unknown', { slow: true }),
} as const satisfies Mishaps;

/** The mishap of that name. Throws where there is none. */
export function mishapOf(mishaps: Mishaps, name: string): Mishap {
  const found = mishaps[name];
  if (found === undefined) throw new Error(`no mishap ${name}`);
  return found;
}

/** What is there, as the lab itself knows it. */
export interface Oracle {
  /** Address of each resource that is or may become ours → what is stored there now, as text; null = nothing. */
  stored(): Readonly<Record<string, string | null>>;
  /** Whether what is stored at one of these addresses is what was declared, nothing included. */
  asDeclared(address: string): boolean;
  /** Everything stored and running that is not ours, as text to compare byte by byte. */
  foreign(): string;
  /** Fails unless everything of ours is stored and in effect as declared. */
  expectOurs(): void;
}

/** A client with work to do: its next apply writes. */
export interface Scenario extends Pick<Bench<LabBoxService>, 'apply' | 'changes' | 'leaks' | 'close'> {
  /** The box or phone that mishaps strike. */
  readonly struck: LabServiceControl;
  readonly oracle: Oracle;
  /** Ends the sessions that are left behind, where they would keep the next run out. */
  readonly freed?: () => void;
}

/** One mishap at one moment. */
export interface Trial {
  readonly fault: LabFault;
  readonly ends: End;
  /** The step that fails, and how much of it is said to be written. */
  readonly step?: { readonly address: string; readonly written: Written };
  /** Sessions that nobody could end. */
  readonly left?: number;
}

/**
 * The whole proof: the run ends as it should and says what is so, and the next one converges.
 * @returns the next one
 */
export async function prove(scenario: Scenario, { fault, ends, step, left = 0 }: Trial): Promise<Run> {
  const { struck, oracle } = scenario;
  const others = oracle.foreign();
  const before = oracle.stored();
  struck.addFault(fault);
  const run = await scenario.apply();
  expect(struck.faults()).toMatchObject([{ struck: 1 }]);
  expect(run.codes[0] ?? 'converged').toBe(ends);
  expectTruth(run, scenario, before);
  if (step !== undefined) {
    const failed = run.steps.filter(({ result }) => result === 'failed');
    expect(failed).toMatchObject([{ ...step, diagnostic: { code: ends } }]);
  }
  if (ends === 'converged') oracle.expectOurs();
  expect(oracle.foreign()).toBe(others);
  expect(struck.sessions()).toBe(left);
  if (left > 0) scenario.freed?.();
  return expectRecovery(scenario, others, scenario.freed === undefined ? left : 0);
}

/** What a report says must be so: done is as declared, `written: nothing` is untouched. `before` = what was stored. */
export function expectTruth(
  { steps }: Run,
  { oracle }: Pick<Scenario, 'oracle'>,
  before: ReturnType<Oracle['stored']>,
): void {
  const now = oracle.stored();
  const untrue = steps.filter(({ address, result, written }) => {
    if (!Object.hasOwn(now, address)) return false;
    const touched = now[address] !== before[address];
    if (result === 'done') return !oracle.asDeclared(address);
    if (result === 'failed') return written === undefined || (written === 'nothing' && touched);
    return result !== 'unconfirmed' && touched;
  });
  expect(untrue, 'steps that the lab tells otherwise').toEqual([]);
}

/**
 * A run without faults, later: it converges, creates nothing that is there, and leaves nothing to do and nobody logged in.
 * @param others what {@link Oracle.foreign} must say in the end
 * @param left sessions that were there before and that nobody can end
 */
export async function expectRecovery(scenario: Scenario, others: string, left = 0): Promise<Run> {
  const { struck, oracle } = scenario;
  const there = oracle.stored();
  struck.clearFaults();
  struck.unlock();
  struck.resetRequests();
  const run = await scenario.apply();
  expect(run.codes).toEqual([]);
  const created = run.steps.filter(({ action }) => action === 'create').map(({ address }) => address);
  expect(created.filter((address) => (there[address] ?? null) !== null)).toEqual([]);
  expect(await scenario.changes()).toEqual([]);
  oracle.expectOurs();
  expect(oracle.foreign()).toBe(others);
  expect(struck.sessions()).toBe(left);
  expect(scenario.leaks()).toEqual([]);
  return run;
}
