/** The errors that every driver makes of an answer: one set of parameters, one meaning for each HTTP status. */
import { AltaError, type Code, type Target, type Written } from '../../engine/model/index.ts';
import type { HttpAnswer } from './http.ts';

/** What an answer is about: fills the texts of errors. Nothing here is secret. */
export interface About {
  readonly host: string;
  /** Address of the target. */
  readonly target: string;
  /** `extension/update`, `cfg/import` */
  readonly operation: string;
  /** Address of the resource; the target's where there is none. */
  readonly object: string;
  /** A write: its errors say what was written. */
  readonly write: boolean;
}

/** What the errors of a request to a target name. `object`: address of the resource it is about; default: the target's. */
export function aboutOf(
  { host, address }: Target,
  operation: string,
  { object = address, write = false }: Partial<Pick<About, 'object' | 'write'>>,
): About {
  return { host, target: address, operation, object, write };
}

/**
 * An error with every parameter that the texts of a driver's codes may name.
 * @param evidence statuses, types, lengths and the vendor's numbers, never content; also `{kind}` and `{edition}` of the texts
 * @param written counts only where `about` is a write
 * @param more parameters of this one code; they win over all others
 */
export function failure(
  code: Code,
  evidence: string,
  about: About,
  written: Written,
  more: AltaError['params'] = {},
): AltaError {
  const { host, target, operation, object, write } = about;
  const words = { evidence, kind: evidence, edition: evidence };
  const params = { host, target, operation, object, address: object, ...words, ...more };
  return new AltaError(code, params, write ? { address: object, written } : {});
}

/** An answer that is not what was asked for. `evidence` holds statuses, types and lengths, never content. */
export function strange(evidence: string, about: About, written: Written = 'unknown'): AltaError {
  return failure('strange-answer', evidence, about, written);
}

/**
 * The error of an HTTP status other than 200 and redirections, where the target gives it no meaning of its own: `forbidden` for 401 and
 * 403, `target-busy` for 429 and 503, `unreachable` for 502 and 504, else `strange-answer`. A status below 500 has written nothing.
 * @param now wall clock in ms, for a Retry-After that is a date
 */
export function refusedByStatus(answer: HttpAnswer, about: About, now: number): AltaError {
  const { status, headers } = answer;
  const evidence = `HTTP ${status}`;
  const written = status < 500 ? 'nothing' : 'unknown';
  if (status === 401 || status === 403) return failure('forbidden', evidence, about, written);
  if (status === 429 || status === 503)
    return later(failure('target-busy', evidence, about, written), retryAfter(headers['retry-after'], now));
  if (status === 502 || status === 504) return failure('unreachable', evidence, about, written);
  return strange(evidence, about, written);
}

function later(error: AltaError, seconds: number | undefined): AltaError {
  return seconds === undefined
    ? error
    : new AltaError(error.code, error.params, { ...error.facts, retryAfter: seconds });
}

/** Seconds, from a number or an HTTP date; undefined where the header says nothing usable. */
function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/**
 * The error of something that happened before a write, or during one of several requests: what went before counts too. An error that
 * says nothing of `written` is one of a read. What is no AltaError comes back as it is.
 * @param before what the requests before this one have written
 * @param address of the resource
 */
export function inWrite(error: unknown, before: Written, address: string): unknown {
  if (!(error instanceof AltaError)) return error;
  const written = before === 'nothing' ? (error.written ?? 'nothing') : before;
  return new AltaError(error.code, { ...error.params, address }, { address, ...error.facts, written });
}

/** A login that was refused: it would be refused again, and the target locks whoever insists. */
export function isRefusal(error: unknown): error is AltaError {
  return error instanceof AltaError && ['wrong-credentials', 'locked-out'].includes(error.code);
}
