import type { Code, Written } from '../../../engine/model/index.ts';
import type { Source } from '../../contract.ts';

/** What a refusal means to this driver. */
export type Meaning =
  | 'expired'
  | 'no-interface'
  | 'version'
  | 'off'
  | 'denied'
  | 'address'
  | 'locked'
  | 'not-allowed'
  | 'no-role'
  | 'no-organisations'
  | 'in-use'
  | 'missing'
  | 'taken'
  | 'limit'
  | 'busy'
  | 'under-way'
  | 'syntax'
  | 'parameter';

interface Entry {
  readonly code: Code;
  readonly errcodes: readonly number[];
  /** How the text says it. */
  readonly words: RegExp;
  /** For people. */
  readonly text: string;
  readonly source: Source;
  /** Default: nothing. */
  readonly written?: Written;
}

/**
 * Numbers and texts of the vendor's table, "Error Code and Error Message" of the P-Series developer guide. [vendor-docs] Words go further
 * than its texts, since older firmware is not described. First match counts.
 */
export const meanings: Readonly<Record<Meaning, Entry>> = {
  expired: entry('strange-answer', [10004], /TOKEN.*(EXPIRED|INVALID)|INVALID.*TOKEN/, 'token expired'),
  'no-interface': entry(
    'unsupported-operation',
    [10001],
    /INTERFACE NOT EXIST/,
    'no such interface in this firmware',
  ),
  version: entry('unsupported-operation', [10002, 10003], /API VERSION/, 'another version of the API'),
  off: entry('unsupported-operation', [70123], /API UNAVAILABLE/, 'the API is switched off'),
  denied: entry('forbidden', [10005], /ACCESS DENIED/, 'interface not granted to the API client'),
  address: entry(
    'forbidden',
    [70087],
    /IP FORBIDDEN/,
    "our address is not on the API's list of permitted ones",
  ),
  locked: entry('locked-out', [70004], /\bB?LOCK(ED)?\b/, 'our address is blocked'),
  'not-allowed': entry(
    'forbidden',
    [10009, 70084, 70132],
    /OPERATION (FAILED|NOT SUPPORTED)|ACTION FORBIDDEN/,
    'switched off on the box, or not permitted',
  ),
  'no-role': entry('value-refused', [60101], /ROLE NOT EXIST/, 'no such role'),
  'no-organisations': entry(
    'value-refused',
    [70120],
    /ORGANI[SZ]ATION DISABLED/,
    'organisations are switched off',
  ),
  'in-use': entry(
    'unsupported-operation',
    [70091],
    /RELATION_?EXIST/,
    'a queue, ring group, menu or route uses it',
  ),
  missing: entry('not-found', [60001], /NOT FOUND|NOT EXIST/, 'no such data'),
  taken: entry('already-exists', [40003], /ALREADY|DUPLICATE|\bEXIST(S|ED)?\b/, 'exists already'),
  limit: entry('limit-reached', [60002], /MAX LIMITATION/, 'limit reached'),
  busy: entry('target-busy', [70082], /OVERLOAD/, 'the box is at a heavy task'),
  'under-way': { ...entry('target-busy', [2], /\bPROCESSING\b/, 'still under way'), written: 'unknown' },
  syntax: entry('value-refused', [40001], /PARAMETER SYNTAX/, 'parameter syntax error'),
  parameter: entry('value-refused', [40002], /PARAMETER|PASSWORD|INVALID/, 'parameter error'),
};

function entry(code: Code, errcodes: readonly number[], words: RegExp, text: string): Entry {
  return { code, errcodes, words, text, source: 'vendor-docs' };
}
