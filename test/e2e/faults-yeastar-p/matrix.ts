import type { LabFault } from '../../../lab/index.ts';
import { always, type Mishap, type Mishaps, status, wireMishaps } from '../../support/matrix.ts';
import type { Variant } from './scenario.ts';

const errcode = (number: number): LabFault => ({ kind: 'errno', errno: String(number) });

/** A login tells of its credentials alone: whatever refuses those is not tried again, and has tests of its own. */
const ofLogin = { login: 'wrong-credentials' } as const;

/** Every mishap that the lab can cause in a single request. */
export const mishaps: Mishaps = {
  ...wireMishaps,
  'HTTP 429 with a short Retry-After': always(status(429, { retryAfter: 1 }), 'converged', 'nothing', {
    login: 'target-busy',
  }),
  'HTTP 429 with a Retry-After too long to wait for': always(
    status(429, { retryAfter: 61 }),
    'target-busy',
    'nothing',
  ),
  'HTTP 401': always(status(401), 'forbidden', 'nothing'),
  'HTTP 403': always(status(403), 'forbidden', 'nothing'),
  'HTTP 404': always(status(404), 'strange-answer', 'nothing'),
  'a redirect to the panel': always({ kind: 'redirect', location: '/login' }, 'redirected', 'unknown'),
  'an answer without end': always({ kind: 'hugeBody', bytes: 33 * 2 ** 20 }, 'answer-too-large', 'unknown'),
  'words before the JSON': always({ kind: 'phpNotice' }, 'strange-answer', 'unknown', { heard: true }),
  '-2 INTERNAL SERVER ERROR': always(errcode(-2), 'strange-answer', 'unknown'),
  '-1 FAILURE': always(errcode(-1), 'strange-answer', 'unknown', ofLogin),
  '1 PARTIAL SUCCESS': always(errcode(1), 'strange-answer', 'unknown', ofLogin),
  '2 PROCESSING': always(errcode(2), 'target-busy', 'unknown'),
  '10001 INTERFACE NOT EXISTED': always(errcode(10001), 'unsupported-operation', 'nothing'),
  '10003 API VERSION UNSUPPORTED': always(errcode(10003), 'unsupported-operation', 'nothing'),
  '10004 TOKEN EXPIRED': always(errcode(10004), 'converged', 'nothing', { login: 'strange-answer' }),
  '10005 ACCESS DENIED': always(errcode(10005), 'forbidden', 'nothing'),
  '10009 OPERATION FAILED': always(errcode(10009), 'forbidden', 'nothing'),
  '40001 PARAMETER SYNTAX ERROR': always(errcode(40001), 'value-refused', 'nothing', ofLogin),
  '40002 PARAMETER ERROR': always(errcode(40002), 'value-refused', 'nothing', ofLogin),
  '60101 ROLE NOT EXISTED': always(errcode(60101), 'value-refused', 'nothing'),
  '60002 MAX LIMITATION EXCEEDED': always(errcode(60002), 'limit-reached', 'nothing', {
    login: 'target-busy',
  }),
  '70004 ACCOUNT IP BLOCKED': always(errcode(70004), 'locked-out', 'nothing'),
  '70082 OVERLOAD_TASK_RUNNING': always(errcode(70082), 'target-busy', 'nothing'),
  '70084 ACTION FORBIDDEN': always(errcode(70084), 'forbidden', 'nothing'),
  '70087 IP FORBIDDEN': always(errcode(70087), 'forbidden', 'nothing'),
  '70123 API UNAVAILABLE': always(errcode(70123), 'unsupported-operation', 'nothing'),
  'an errcode that nobody knows': always(errcode(99_999), 'strange-answer', 'unknown'),
};

/** Names of mishaps with one of each class, for moments that resemble others. */
export const someMishaps: readonly string[] = [
  'a reset',
  'a truncated answer',
  'a lost answer',
  'a page of HTML',
  'HTTP 403',
  '10004 TOKEN EXPIRED',
  '10005 ACCESS DENIED',
  'an errcode that nobody knows',
];

/** Those on the way to the box, and one of each class of its own: the others are one line of a table. */
export const mostMishaps: readonly string[] = [...new Set([...Object.keys(wireMishaps), ...someMishaps])];

/** For readings within a step: whether one that was cut off is asked again depends on how its connection stood. */
export const fewMishaps: readonly string[] = [
  'a truncated answer',
  'a page of HTML',
  '10004 TOKEN EXPIRED',
  '10005 ACCESS DENIED',
];

export function variantFor({ slow }: Mishap): Variant {
  return slow ? { timeLimitMs: 1_000 } : {};
}
