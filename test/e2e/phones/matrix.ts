import { expect } from 'vitest';
import type { Code, Written } from '../../../engine/model/index.ts';
import type { LabFault } from '../../../lab/index.ts';
import type { Setting, webs } from './office.ts';
import { expectOurs, expectRecovery, expectTruth, foreign, startWork } from './scene.ts';

/** How a run ends: with everything done, or with the first code that it reports. */
export type End = Code | 'converged';

/** One mishap, and what it comes to where it strikes. */
export interface Mishap {
  readonly fault: LabFault;
  readonly login: End;
  readonly read: End;
  readonly write: End;
  /** What a write says that it wrote. */
  readonly written: Written;
  /** The phone carries the request out. */
  readonly heard?: boolean;
  /** Ends only at the time limit of the request. */
  readonly slow?: boolean;
}

/** The same code wherever it strikes. */
function always(fault: LabFault, code: End, written: Written, more: Partial<Mishap> = {}): Mishap {
  return { fault, login: code, read: code, write: code, written, ...more };
}

const status = (number: number): LabFault => ({ kind: 'status', status: number });

/** Every mishap of a single request that a phone, or what stands before it, can cause. Without a login: what is asked is asked again. */
export const mishaps: Readonly<Record<string, Mishap>> = {
  'a late answer': always({ kind: 'latency', ms: 100 }, 'converged', 'nothing'),
  'a reset': { ...always({ kind: 'reset' }, 'connection-reset', 'unknown'), read: 'converged' },
  'HTTP 500': always(status(500), 'strange-answer', 'unknown'),
  'HTTP 502': always(status(502), 'unreachable', 'unknown'),
  'HTTP 503': always(status(503), 'target-busy', 'unknown'),
  'HTTP 429': always(status(429), 'target-busy', 'nothing'),
  'HTTP 403': { ...always(status(403), 'converged', 'nothing'), login: 'forbidden' },
  'a truncated answer': always({ kind: 'truncate' }, 'connection-reset', 'unknown', { heard: true }),
  'a page of HTML': always({ kind: 'nonJson' }, 'strange-answer', 'unknown'),
  'a lost answer': {
    ...always({ kind: 'lostAnswer' }, 'connection-reset', 'unknown', { heard: true }),
    read: 'converged',
  },
  'the way to a login page': {
    ...always({ kind: 'redirect', location: '/login.html' }, 'converged', 'nothing'),
    login: 'strange-answer',
  },
  'the way to another host': always(
    { kind: 'redirect', location: 'http://192.0.2.9/' },
    'redirected',
    'unknown',
  ),
  'a byte now and then': always({ kind: 'slowloris' }, 'timeout', 'unknown', { heard: true, slow: true }),
  silence: always({ kind: 'hang' }, 'timeout', 'unknown', { slow: true }),
  'an answer without end': always({ kind: 'hugeBody', bytes: 5 * 2 ** 20 }, 'answer-too-large', 'unknown'),
};

/** Names of mishaps with one of each class, for moments that resemble others. */
export const someMishaps: readonly string[] = [
  'a reset',
  'HTTP 403',
  'a truncated answer',
  'a page of HTML',
  'a lost answer',
];

type Web = (typeof webs)[number];

/** The requests of a run that changes line 1, sets up line 4 and clears line 2. */
export const moments = {
  b1: {
    login: { path: 'p=login&q=login', nth: 3 },
    status: { path: 'p=status' },
    export: { path: 'q=exportcfgconfig' },
    import: { path: 'p=upload' },
    taken: { path: 'q=exportcfgconfig', nth: 2 },
    create: { path: 'p=upload', nth: 2 },
    delete: { path: 'p=upload', nth: 3 },
    check: { path: 'q=exportcfgconfig', nth: 3 },
    logout: { path: 'q=logout' },
  },
  c: {
    login: { path: '/api/auth/login' },
    token: { path: 'info?p=Login', nth: 3 },
    status: { path: 'p=StatusGeneral' },
    export: { path: 'action=export' },
    talking: { path: 'status/talking' },
    import: { path: 'action=import' },
    taken: { path: 'action=export', nth: 2 },
    create: { path: 'action=import', nth: 2 },
    delete: { path: 'action=import', nth: 3 },
    check: { path: 'action=export', nth: 3 },
    logout: { path: '/api/auth/logout' },
  },
} as const satisfies Record<Web, Record<string, LabFault['match']>>;

/** One mishap at one moment. */
export interface Trial {
  readonly web: Web;
  readonly match: NonNullable<LabFault['match']>;
  readonly mishap: Mishap;
  readonly ends: End;
  /** The line whose step fails, and how much of it is said to be written. */
  readonly step?: { readonly line: string; readonly written: Written };
  /** A session stays on the phone that nobody could end: only the lost answer named it. */
  readonly left?: boolean;
}

/** The mishap of that name. Throws where there is none. */
export function mishapOf(name: string): Mishap {
  const found = mishaps[name];
  if (found === undefined) throw new Error(`no mishap ${name}`);
  return found;
}

/** The whole proof: the run ends as it should and says what is so, and the next one converges. */
export async function prove({ web, match, mishap, ends, step, left = false }: Trial): Promise<void> {
  const setting: Setting = mishap.slow ? { timeLimitMs: 600 } : {};
  const scene = await startWork(web, setting);
  try {
    const { phone } = scene;
    const before = phone.settings();
    phone.addFault({ ...mishap.fault, match });
    const run = await scene.apply();
    expect(phone.faults()).toMatchObject([{ struck: 1 }]);
    expect(run.codes[0] ?? 'converged').toBe(ends);
    expectTruth(run, scene, before);
    if (step !== undefined) {
      const failed = run.steps.filter(({ result }) => result === 'failed');
      expect(failed).toMatchObject([{ written: step.written, diagnostic: { code: ends } }]);
      expect(failed[0]?.address).toBe(`acme/device:mesa/account:${step.line}`);
    }
    if (ends === 'converged') expectOurs(scene);
    expect(foreign(scene, phone.settings())).toBe(scene.others);
    expect(phone.sessions()).toBe(left ? 1 : 0);
    if (left) phone.expireSessions();
    await expectRecovery(scene);
  } finally {
    await scene.close();
  }
}
