import { EMPTY, FACTORY } from './line.ts';

/** Why a text cannot be the value of a setting, or would come back as another one. */
export type Flaw =
  | 'line-break'
  | 'control-character'
  | 'broken-text'
  | 'blank-edges'
  | 'reserved-word'
  | 'empty'
  | 'too-long';

/** Longest value that is sent, in UTF-16 code units. The phones' own limits are unknown. */
export const LONGEST = 256;

const reserved = [FACTORY, EMPTY];

/**
 * The first reason for which a value is not sent. The format has no quoting and no escapes: a line break would begin a setting of its
 * own, blanks at the ends are not part of the value, and two words have a meaning. [vendor-docs, field] An empty value is ignored by
 * some firmwares. [inference]
 */
export function flawOf(value: string): Flaw | null {
  if (value.length > LONGEST) return 'too-long';
  if (/[\n\r\v\f\u0085\u2028\u2029]/.test(value)) return 'line-break';
  if (/\p{Cc}/u.test(value)) return 'control-character';
  if (/\p{Cs}/u.test(value)) return 'broken-text';
  if (value === '') return 'empty';
  if (value.trim() !== value) return 'blank-edges';
  return reserved.includes(value.toUpperCase()) ? 'reserved-word' : null;
}

/** What nobody has seen a phone read back. */
export type Doubt = 'hash' | 'quotes' | 'outside-bmp';

/**
 * Why a value that can be sent may still come back as another one: nothing says that a phone takes `#` inside a line for itself, keeps
 * quotes around a value, or stores characters beyond U+FFFF. [unknown]
 */
export function doubtOf(value: string): Doubt | null {
  if (value.includes('#')) return 'hash';
  if (/^(["']).*\1$/.test(value)) return 'quotes';
  return /[\u{10000}-\u{10ffff}]/u.test(value) ? 'outside-bmp' : null;
}
