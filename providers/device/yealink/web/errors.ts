import { AltaError } from '../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../transport/http.ts';
import { evidenceOf, factsOf } from '../../../transport/json.ts';
import { type About, failure, strange } from '../../../transport/refusal.ts';

/** An answer whose body says nothing that is understood. A status of 400 to 499 is the phone's refusal: nothing was taken. */
export function misunderstood(why: string, answer: HttpAnswer, about: About): AltaError {
  const refused = answer.status >= 400 && answer.status < 500;
  return strange(evidenceOf(factsOf(answer), why), about, refused ? 'nothing' : 'unknown');
}

/** The phone answers as if nobody were logged in: what was asked for did not happen. */
export function loggedOut(evidence: string, about: About): AltaError {
  return failure('device-logged-out', evidence, about, 'nothing');
}

export function isLoggedOut(error: unknown): boolean {
  return error instanceof AltaError && error.code === 'device-logged-out';
}

/** A word of the phone's, safe to repeat: letters, digits and a few signs; `odd` for anything else. */
export function wordOf(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (text === undefined || text === null || text === '') return 'none';
  return typeof text === 'string' && /^[\w .:-]{1,60}$/.test(text) ? text : 'odd';
}
