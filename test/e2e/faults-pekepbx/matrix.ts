import type { LabFault } from '../../../lab/index.ts';
import { always, type Mishap, type Mishaps, status, wireMishaps } from '../../support/matrix.ts';
import type { Variant } from './scenario.ts';

/** A refusal in the dialect's own shape: `{message}`, `{code, messages}`. */
const said = (errno: string): LabFault => ({ kind: 'errno', errno });

/** Every mishap that the lab can cause in a single request. */
export const mishaps: Mishaps = {
  ...wireMishaps,
  '400 in JSON': always(said('400'), 'value-refused', 'nothing', { login: 'wrong-credentials' }),
  '401 in JSON': always(said('401'), 'converged', 'nothing', { login: 'wrong-credentials' }),
  '403 in JSON': always(said('403'), 'forbidden', 'nothing', { login: 'wrong-credentials' }),
  '404 in JSON': always(said('404'), 'not-found', 'nothing', {
    login: 'strange-answer',
    read: 'profile-outdated',
  }),
  '409 in JSON': always(said('409'), 'already-exists', 'nothing', { login: 'strange-answer' }),
  '422 in JSON': always(said('422'), 'value-refused', 'nothing', { login: 'wrong-credentials' }),
  '500 in JSON': always(said('500'), 'strange-answer', 'unknown'),
  '503 in JSON': always(said('503'), 'target-busy', 'unknown'),
  'HTTP 403 with a page': always(status(403), 'forbidden', 'nothing'),
  'HTTP 404 with a page': always(status(404), 'strange-answer', 'nothing'),
  'HTTP 429 with a short Retry-After': always(status(429, { retryAfter: 1 }), 'converged', 'nothing', {
    login: 'target-busy',
  }),
  'HTTP 429 with a Retry-After too long to wait for': always(
    status(429, { retryAfter: 61 }),
    'target-busy',
    'nothing',
  ),
  'a redirect to the page for logins': always(
    { kind: 'redirect', status: 302, location: '/login' },
    'redirected',
    'unknown',
  ),
  'words before the JSON': always({ kind: 'phpNotice' }, 'strange-answer', 'unknown', { heard: true }),
  'an answer without end': always({ kind: 'hugeBody', bytes: 33 * 2 ** 20 }, 'answer-too-large', 'unknown'),
};

/** Names of mishaps with one of each class, for moments that resemble others. */
export const someMishaps: readonly string[] = [
  'a reset',
  '401 in JSON',
  '403 in JSON',
  'a truncated answer',
  'a page of HTML',
  'a lost answer',
  'a redirect to the page for logins',
];

/** Names of fewer, for moments that differ in nothing but what is read. */
export const fewMishaps: readonly string[] = [
  '401 in JSON',
  '403 in JSON',
  'a page of HTML',
  'a lost answer',
];

export function variantFor({ slow }: Mishap): Variant {
  return slow ? { timeLimitMs: 1_000 } : {};
}
