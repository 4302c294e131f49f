import type { LabFault } from '../../../lab/index.ts';
import { always, type Mishap, type Mishaps, status, wireMishaps } from '../../support/matrix.ts';
import type { Variant } from './scenario.ts';

const errno = (number: string): LabFault => ({ kind: 'errno', errno: number });

/** Every mishap that the lab can cause in a single request. */
export const mishaps: Mishaps = {
  ...wireMishaps,
  'HTTP 429 with a Retry-After too long to wait for': always(
    status(429, { retryAfter: 61 }),
    'target-busy',
    'nothing',
  ),
  'HTTP 401': always(status(401), 'forbidden', 'nothing'),
  'HTTP 403': always(status(403), 'forbidden', 'nothing'),
  'a PHP notice before the JSON': always({ kind: 'phpNotice' }, 'strange-answer', 'unknown', { heard: true }),
  'a redirect to a login page': always(
    { kind: 'redirect', location: '/login.html' },
    'redirected',
    'unknown',
  ),
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

export function variantFor({ slow }: Mishap): Variant {
  return slow ? { timeLimitMs: 1_000 } : {};
}
