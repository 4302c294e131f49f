import { expect } from 'vitest';
import type { Code, Written } from '../../../engine/model/index.ts';
import type { LabFault } from '../../../lab/index.ts';
import { expectOurs, expectRecovery, expectTruth, foreign, type Scenario, type Variant } from './scenario.ts';

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
  /** The box carries the request out: a login then has a token that nobody knows. */
  readonly heard?: boolean;
  /** Ends only at the time limit of the call. */
  readonly slow?: boolean;
}

const errno = (number: string): LabFault => ({ kind: 'errno', errno: number });
const status = (number: number, more: Partial<LabFault> = {}): LabFault => ({
  kind: 'status',
  status: number,
  ...more,
});

/** The same code wherever it strikes. */
function always(fault: LabFault, code: End, written: Written, more: Partial<Mishap> = {}): Mishap {
  return { fault, login: code, read: code, write: code, written, ...more };
}

/** Every mishap that the lab can cause in a single request. */
export const mishaps: Readonly<Record<string, Mishap>> = {
  'a late answer': always({ kind: 'latency', ms: 200 }, 'converged', 'nothing'),
  'a reset': { ...always({ kind: 'reset' }, 'connection-reset', 'unknown'), read: 'converged' },
  'HTTP 500': always(status(500), 'strange-answer', 'unknown'),
  'HTTP 502': always(status(502), 'unreachable', 'unknown'),
  'HTTP 503': always(status(503), 'target-busy', 'unknown'),
  'HTTP 429': always(status(429), 'target-busy', 'nothing'),
  'HTTP 429 with a Retry-After too long to wait for': always(
    status(429, { retryAfter: 61 }),
    'target-busy',
    'nothing',
  ),
  'HTTP 401': always(status(401), 'forbidden', 'nothing'),
  'HTTP 403': always(status(403), 'forbidden', 'nothing'),
  'a truncated answer': always({ kind: 'truncate' }, 'connection-reset', 'unknown', { heard: true }),
  'a page of HTML': always({ kind: 'nonJson' }, 'strange-answer', 'unknown'),
  'a PHP notice before the JSON': always({ kind: 'phpNotice' }, 'strange-answer', 'unknown', { heard: true }),
  'a redirect to a login page': always(
    { kind: 'redirect', location: '/login.html' },
    'redirected',
    'unknown',
  ),
  'a lost answer': {
    ...always({ kind: 'lostAnswer' }, 'connection-reset', 'unknown', { heard: true }),
    read: 'converged',
  },
  'a byte now and then': always({ kind: 'slowloris' }, 'timeout', 'unknown', { heard: true, slow: true }),
  silence: always({ kind: 'hang' }, 'timeout', 'unknown', { slow: true }),
  'an answer without end': always({ kind: 'hugeBody', bytes: 33 * 2 ** 20 }, 'answer-too-large', 'unknown'),
  'errno 10003, unsupported': always(errno('10003'), 'unsupported-operation', 'nothing'),
  'errno 10017, refused values': always(errno('10017'), 'value-refused', 'nothing'),
  'errno 20002, locked': always(errno('20002'), 'locked-out', 'nothing'),
  'errno 20010, service failed': always(errno('20010'), 'strange-answer', 'unknown'),
  'errno 20015, not allowed': always(errno('20015'), 'forbidden', 'nothing'),
  'errno 30003, not running': always(errno('30003'), 'target-busy', 'unknown'),
  'errno 99999, undocumented': always(errno('99999'), 'strange-answer', 'unknown'),
};

/** Names of mishaps with one of each class, for moments that resemble others. */
export const someMishaps: readonly string[] = [
  'a reset',
  'HTTP 403',
  'a truncated answer',
  'a page of HTML',
  'a lost answer',
  'errno 20010, service failed',
];

/** One mishap at one moment. */
export interface Trial {
  readonly fault: LabFault;
  readonly ends: End;
  /** The step that fails, and how much of it is said to be written. */
  readonly step?: { readonly number: string; readonly written: Written };
  /** Sessions on the box that nobody could end. */
  readonly left?: number;
}

export function variantFor({ slow }: Mishap): Variant {
  return slow ? { timeLimitMs: 1_000 } : {};
}

/** The whole proof: the run ends as it should and says what is so, the next one converges. */
export async function prove(scenario: Scenario, { fault, ends, step, left = 0 }: Trial): Promise<void> {
  const { box } = scenario;
  const others = foreign(scenario);
  const before = box.saved();
  box.addFault(fault);
  const run = await scenario.apply();
  expect(box.faults()).toMatchObject([{ struck: 1 }]);
  expect(run.codes[0] ?? 'converged').toBe(ends);
  expectTruth(run, box, before);
  if (step !== undefined) {
    const failed = run.steps.filter(({ result }) => result === 'failed');
    expect(failed).toMatchObject([{ written: step.written, diagnostic: { code: ends } }]);
    expect(failed[0]?.address).toMatch(new RegExp(`:${step.number}$`));
  }
  if (ends === 'converged') expectOurs(box, scenario.ours);
  expect(foreign(scenario)).toBe(others);
  expect(box.sessions()).toBe(left);
  await expectRecovery(scenario, others, left);
}
