import { AltaError, type Code, type Written } from '../../../engine/model/index.ts';
import { type About, failure } from '../../transport/refusal.ts';
import { canonicalOf } from './fields.ts';

/**
 * What the text of an `error` is taken for. The text itself may repeat what was sent, secrets too, so that it never leaves this file: the
 * evidence is ours.
 */
export interface Complaint {
  readonly code: Code;
  /** What a write that got this answer has changed. `unknown` is looked up before it is believed. */
  readonly written: Written;
  readonly evidence: string;
  /** What it minds, by the names of the YAML. */
  readonly fields?: readonly string[];
  /** The same may succeed a little later: a tenant that is still being built. */
  readonly passing?: true;
}

interface Pattern {
  readonly text: RegExp;
  readonly code: Code;
  readonly written: Written;
  readonly evidence: string;
  readonly passing?: true;
}

const keyTrouble =
  'an error about the key or our address: the key may be suspended, or the address not on its list';

/**
 * The first that fits counts. Only the first is documented by the vendor; the others were seen by others. [field] What is only a guess (our key
 * or address, a limit) never says that nothing was written.
 */
const patterns: readonly Pattern[] = [
  pattern(/^invalid api ?key\.?$/i, 'wrong-credentials', 'nothing', 'invalid API key'),
  pattern(/action not allowed/i, 'forbidden', 'nothing', 'the key may not use this action'),
  pattern(/reserved|already exist/i, 'already-exists', 'nothing', 'the number is taken'),
  pattern(/failed to generate configuration/i, 'target-busy', 'unknown', 'tenant being built', true),
  pattern(/\btable\b.* doesn'?t exist/i, 'target-busy', 'unknown', 'tenant being built', true),
  pattern(/unable to create extension/i, 'target-busy', 'unknown', 'tenant being built', true),
  pattern(/invalid server|server id/i, 'wrong-identity', 'nothing', 'no such server id'),
  pattern(
    /\b(limit|maximum|exceed\w*|licen[cs]e\w*)\b/i,
    'limit-reached',
    'unknown',
    'an error about a limit',
  ),
  pattern(/suspend|\bIP\b|api ?key/i, 'strange-answer', 'unknown', keyTrouble),
];

function pattern(text: RegExp, code: Code, written: Written, evidence: string, passing?: true): Pattern {
  return { text, code, written, evidence, ...(passing === undefined ? {} : { passing }) };
}

/** @param text the vendor's own words */
export function complaintOf(text: string): Complaint {
  const field = fieldComplaint(text);
  if (field !== null) return field;
  const said = withoutNames(text);
  const known = patterns.find((one) => one.text.test(said));
  if (known !== undefined) {
    const { text: _apart, ...complaint } = known;
    return complaint;
  }
  const evidence = `an error that is not known, ${text.length} characters`;
  return { code: 'value-refused', written: 'unknown', evidence };
}

/** Names of people and things, which may hold any word: in quotes, and of whoever has the number. [field] */
function withoutNames(text: string): string {
  return text.replace(/\breserved by\b.*$/is, 'reserved').replace(/"[^"]*"|(?<!\w)'[^']*'(?!\w)/g, '');
}

/** The server names the argument it minds, and then repeats its value. Only the name is repeated, as the YAML has it. [field] */
function fieldComplaint(text: string): Complaint | null {
  const found = /^required field '([a-z_0-9]{1,30})(=)?/i.exec(text);
  if (found === null) return null;
  const [, param = '', value] = found;
  const evidence = value === undefined ? 'missing' : 'invalid data';
  return { code: 'field-refused', written: 'nothing', evidence, fields: [canonicalOf(param)] };
}

/** A complaint as the error of the call that got it. Reads of a busy server say when to ask again, s. */
export function refusedFor(complaint: Complaint, about: About): AltaError {
  const { code, written, evidence, fields = [], passing } = complaint;
  const named = { expected: ['options.serverId'], found: [evidence], fields };
  // A read has no value that could be refused.
  const known = !about.write && /^(value|field)-refused$/.test(code) ? 'strange-answer' : code;
  const error = failure(known, evidence, about, written, named);
  const later = passing === true && !about.write ? { retryAfter: 15 } : {};
  return new AltaError(error.code, error.params, { ...error.facts, ...later });
}
