/** Why the platform refuses, in no dialect. Each dialect words all of them. */
import type { Kind } from './model.ts';

/** What is wrong with one field, called as the wire calls it. */
export interface Problem {
  name: string;
  rule: 'required' | 'invalid' | 'fixed';
}

export type Failure =
  | { kind: 'unauthenticated'; why: 'missing' | 'unknown' | 'expired' }
  | { kind: 'credentials' }
  | { kind: 'locked'; seconds: number }
  | { kind: 'secondFactor' }
  | { kind: 'forbidden' }
  | { kind: 'noCompany'; given: boolean }
  | { kind: 'missing'; what: Kind | 'path' }
  | { kind: 'method' }
  | { kind: 'malformed' }
  | { kind: 'invalid'; problems: readonly Problem[] }
  | { kind: 'duplicate'; name: string }
  | { kind: 'quota'; company: string; limit: string }
  | { kind: 'inUse' }
  | { kind: 'broken'; status: number; text: string };

/** A failure in a dialect's words. */
export interface Refusal {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** The dialect's own code of it. */
  code: string;
}

/** How a dialect words each failure. */
export type Refusals = { [K in Failure['kind']]: (failure: Extract<Failure, { kind: K }>) => Refusal };

export type Outcome =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { failure: Failure };

export function refused(failure: Failure): Outcome {
  return { failure };
}

export function wordsFor(refusals: Refusals, failure: Failure): Refusal {
  const words = refusals[failure.kind] as (failure: Failure) => Refusal;
  return words(failure);
}

/** What a fault asks for: '409', '409 Already there', or a text, which is refused like a bad value. Anything else is 500. */
export function failureFor(errno: string): Failure {
  const [, status, text] = /^([45]\d\d)(?:\s+(.+))?$/.exec(errno) ?? [];
  if (status !== undefined)
    return { kind: 'broken', status: Number(status), text: text ?? `Error ${status}` };
  if (/^\d+$/.test(errno)) return { kind: 'broken', status: 500, text: 'Server Error' };
  return { kind: 'broken', status: 422, text: errno };
}
