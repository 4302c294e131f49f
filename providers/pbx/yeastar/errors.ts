import type { AltaError, Code, Written } from '../../../engine/model/index.ts';
import type { Source } from '../../contract.ts';
import { type About, failure } from '../../transport/refusal.ts';

interface Refusal {
  readonly code: Code;
  /** What a write that got this answer has changed. */
  readonly written: Written;
  /** The vendor's meaning, shortened. */
  readonly meaning: string;
  readonly source: Source;
}

/** Answers that our session acts on instead of failing. */
export const errno = {
  unsupportedRequest: '10003',
  noSuchExtension: '10006',
  appliedTooOften: '10025',
  alreadyExists: '10085',
  deleteFailed: '10086',
} as const;

/** The three ways to say that a token is no good any more. Field clients see 20004 for an expired one. */
export const staleToken: readonly string[] = ['20004', '20005', '20006'];

/** The vendor's `errno`, always text. What is missing here is not understood, and may have written anything. */
export const refusals: Readonly<Record<string, Refusal>> = {
  10002: refusal('strange-answer', 'nothing', 'XML is not supported'),
  10003: refusal('unsupported-operation', 'nothing', 'unsupported request'),
  10004: refusal('value-refused', 'nothing', 'a required parameter is blank'),
  10006: refusal('not-found', 'nothing', 'no such extension'),
  10017: refusal('value-refused', 'nothing', 'extension configuration failed'),
  10025: refusal('not-in-effect', 'something', 'applied too often'),
  10032: refusal('value-refused', 'nothing', 'wrong password'),
  10033: refusal('value-refused', 'unknown', 'saving of outbound routes failed'),
  10085: refusal('already-exists', 'nothing', 'extension exists already', 'field'),
  10086: refusal('value-refused', 'nothing', 'delete failed', 'field'),
  10087: refusal('limit-reached', 'nothing', 'limit of extensions reached', 'field'),
  20000: refusal('strange-answer', 'nothing', 'only JSON is supported'),
  20001: refusal('strange-answer', 'nothing', 'only POST is supported'),
  20002: refusal('locked-out', 'nothing', 'locked'),
  20003: refusal('wrong-credentials', 'nothing', 'wrong user or password'),
  20004: refusal('strange-answer', 'nothing', 'no such token'),
  20005: refusal('strange-answer', 'nothing', 'blank token'),
  20006: refusal('strange-answer', 'nothing', 'token timed out'),
  20007: refusal('strange-answer', 'nothing', 'blank data'),
  20008: refusal('strange-answer', 'nothing', 'wrong port'),
  20009: refusal('strange-answer', 'nothing', 'blank request'),
  20010: refusal('strange-answer', 'unknown', 'API service failed'),
  20013: refusal('wrong-credentials', 'nothing', 'captcha wanted'),
  20015: refusal('forbidden', 'nothing', 'address is not on the allow list'),
  30001: refusal('strange-answer', 'unknown', 'error in the JSON or in the API'),
  30003: refusal('target-busy', 'unknown', 'API service is not running'),
};

function refusal(code: Code, written: Written, meaning: string, source: Source = 'vendor-docs'): Refusal {
  return { code, written, meaning, source };
}

/** The error of a `Failed` envelope. */
export function refusedBy(number: string, about: About): AltaError {
  const known = refusals[number];
  const code = known?.code ?? 'strange-answer';
  const evidence = known === undefined ? `errno ${number}` : `errno ${number}: ${known.meaning}`;
  return failure(code, evidence, about, known?.written ?? 'unknown');
}
