import type { LabFault } from '../../../lab/index.ts';
import { always, type Mishap, type Mishaps, status, wireMishaps } from '../../support/matrix.ts';
import type { Variant } from './scenario.ts';

const text = (errno: string): LabFault => ({ kind: 'errno', errno });
const passing = { read: 'converged', write: 'converged' } as const;

/** A tenant that is still being built says one of these: the same is done later. */
export const passingTexts: Mishaps = {
  'no configuration yet': always(text('Failed to generate configuration'), 'target-busy', 'nothing', passing),
  'no table yet': always(text("Table 'pw_301.ext' doesn't exist"), 'target-busy', 'nothing', passing),
  'no extension yet': always(text('Unable to create extension'), 'target-busy', 'nothing', passing),
};

/**
 * Every mishap that the lab can cause in a single request. `login` = the first request; a write whose end is in doubt is looked up, and
 * sent again where the server only failed.
 */
export const mishaps: Mishaps = {
  ...wireMishaps,
  ...passingTexts,
  'HTTP 500': always(status(500), 'strange-answer', 'unknown', { write: 'converged' }),
  'HTTP 503': always(status(503), 'target-busy', 'nothing'),
  'a truncated answer': { ...wireMishaps['a truncated answer'], write: 'converged' },
  'a page of HTML': always({ kind: 'nonJson' }, 'strange-answer', 'unknown', {
    login: 'converged',
    write: 'converged',
  }),
  'a lost answer': { ...wireMishaps['a lost answer'], write: 'converged' },
  'a byte now and then': { ...wireMishaps['a byte now and then'], write: 'converged' },
  'HTTP 429 with a Retry-After': always(status(429, { retryAfter: 30 }), 'target-busy', 'nothing', passing),
  'HTTP 429 with a Retry-After too long to wait for': always(
    status(429, { retryAfter: 61 }),
    'target-busy',
    'nothing',
  ),
  'HTTP 401': always(status(401), 'forbidden', 'nothing'),
  'HTTP 403': always(status(403), 'forbidden', 'nothing'),
  'a PHP notice before the JSON': always({ kind: 'phpNotice' }, 'converged', 'unknown', { heard: true }),
  'a redirect to a login page': always(
    { kind: 'redirect', location: '/index.php?page=login' },
    'redirected',
    'nothing',
  ),
  'an answer without end': always({ kind: 'hugeBody', bytes: 33 * 2 ** 20 }, 'answer-too-large', 'nothing'),
  'an action that is not allowed': always(text('Selected action not allowed'), 'forbidden', 'nothing'),
  'an invalid server': always(text('Invalid server id'), 'wrong-identity', 'nothing'),
  'a complaint about the key': always(
    text('The key of this address is suspended'),
    'strange-answer',
    'nothing',
  ),
  'a complaint that nobody knows': always(text('Something is wrong'), 'strange-answer', 'nothing', {
    write: 'value-refused',
  }),
  'a complaint about a field': always(
    text("Required field 'email=x' contains invalid data (Regex: /^y$/)"),
    'strange-answer',
    'nothing',
    { write: 'field-refused' },
  ),
};

/** Names of mishaps with one of each class, for moments that resemble others. */
export const someMishaps: readonly string[] = [
  'a reset',
  'HTTP 403',
  'HTTP 500',
  'a truncated answer',
  'a page of HTML',
  'a lost answer',
  'a PHP notice before the JSON',
  'a complaint that nobody knows',
];

export function variantFor({ slow }: Mishap): Variant {
  return slow ? { timeLimitMs: 1_000 } : {};
}
