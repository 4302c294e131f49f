import { AltaError, type Code, type Written } from '../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../transport/http.ts';
import { evidenceOf, factsOf } from '../../../transport/json.ts';

/** What a request is about: fills the texts of errors. Nothing here is secret. */
export interface About {
  readonly host: string;
  /** Address of the target. */
  readonly target: string;
  /** `cfg/import` */
  readonly operation: string;
  /** Address of the resource; the target's where there is none. */
  readonly object: string;
  /** A write: its errors say what was written. */
  readonly write: boolean;
}

/** An error with every parameter that the texts of this driver's codes may name. */
export function failure(
  code: Code,
  evidence: string,
  about: About,
  written: Written,
  more: AltaError['params'] = {},
): AltaError {
  const { host, target, operation, object, write } = about;
  const params = { host, target, operation, object, evidence, kind: evidence, address: object, ...more };
  return new AltaError(code, params, write ? { address: object, written } : {});
}

/** An answer that is not what was asked for. `evidence` holds statuses, types and lengths, never content. */
export function strange(evidence: string, about: About, written: Written = 'unknown'): AltaError {
  return failure('strange-answer', evidence, about, written);
}

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

/** A refusal that would come again, and that locks the phone where it is provoked. */
export function isRefusal(error: unknown): error is AltaError {
  return error instanceof AltaError && ['wrong-credentials', 'locked-out'].includes(error.code);
}

/**
 * The error of something that happened before a write, or during it: one that says nothing of `written` is one of a read.
 * @param address of the resource
 */
export function inWrite(error: unknown, address: string): unknown {
  if (!(error instanceof AltaError)) return error;
  const written = error.written ?? 'nothing';
  return new AltaError(error.code, { ...error.params, address }, { address, ...error.facts, written });
}

/** A word of the phone's, safe to repeat: letters, digits and a few signs; `odd` for anything else. */
export function wordOf(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (text === undefined || text === null || text === '') return 'none';
  return typeof text === 'string' && /^[\w .:-]{1,60}$/.test(text) ? text : 'odd';
}
