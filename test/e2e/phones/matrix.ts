import type { Written } from '../../../engine/model/index.ts';
import type { LabFault } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import {
  always,
  type End,
  type Mishap,
  type Mishaps,
  prove as proveTrial,
  status,
  wireMishaps,
} from '../../support/matrix.ts';
import type { webs } from './office.ts';
import { addressOf, expectSentOnce, startWork } from './scene.ts';

/** Every mishap of a single request that a phone, or what stands before it, can cause. Without a login: what is asked is asked again. */
export const mishaps: Mishaps = {
  ...wireMishaps,
  'HTTP 403': { ...always(status(403), 'converged', 'nothing'), login: 'forbidden' },
  'the way to a login page': {
    ...always({ kind: 'redirect', location: '/login.html' }, 'converged', 'nothing'),
    login: 'strange-answer',
  },
  'the way to another host': always(
    { kind: 'redirect', location: 'http://192.0.2.9/' },
    'redirected',
    'unknown',
  ),
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

/** The whole proof, and each line is sent once. */
export async function prove({ web, match, mishap, ends, step, left = false }: Trial): Promise<void> {
  const fault = { ...mishap.fault, match };
  const failing = step && { step: { address: addressOf(step.line), written: step.written } };
  await on(startWork(web, mishap.slow ? { timeLimitMs: 600 } : {}), async (scene) => {
    const next = await proveTrial(scene, { fault, ends, ...failing, left: left ? 1 : 0 });
    expectSentOnce(next, scene);
  });
}
