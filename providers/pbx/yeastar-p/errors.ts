import type { AltaError, Code } from '../../../engine/model/index.ts';
import type { Source } from '../../contract.ts';
import { type About, failure, strange } from '../../transport/refusal.ts';

/** An envelope whose `errcode` is not 0. `errmsg` is compared with known words and never repeated: it may echo what was sent. */
export interface Refused {
  readonly ok: false;
  readonly errcode: number;
  readonly errmsg: string;
}

/** What a refusal means to this driver. */
export type Meaning =
  | 'locked'
  | 'expired'
  | 'denied'
  | 'address'
  | 'no-interface'
  | 'syntax'
  | 'parameter'
  | 'missing'
  | 'taken'
  | 'limit';

interface Entry {
  readonly code: Code;
  readonly errcodes: readonly number[];
  /** How the text says it. */
  readonly words: RegExp;
  /** For people. */
  readonly text: string;
  readonly source: Source;
}

/**
 * The vendor's own table is not public: what stands here is what integrators' clients know, which go by the text as well as by the number.
 * All of these refuse before anything is written. First match counts.
 */
export const meanings: Readonly<Record<Meaning, Entry>> = {
  expired: entry(
    'strange-answer',
    [10004],
    /TOKEN.*(EXPIRED|INVALID)|INVALID.*TOKEN/,
    'token expired',
    'field',
  ),
  'no-interface': entry(
    'unsupported-operation',
    [10001],
    /INTERFACE NOT EXIST/,
    'no such interface in this firmware',
    'field',
  ),
  denied: entry('forbidden', [10005], /ACCESS DENIED/, 'interface not granted to the API client', 'field'),
  address: entry(
    'forbidden',
    [70087],
    /IP FORBIDDEN/,
    "our address is not on the API's list of permitted ones",
    'field',
  ),
  locked: entry('locked-out', [], /\bB?LOCK(ED)?\b/, 'our address is blocked', 'inference'),
  missing: entry('not-found', [60001], /NOT FOUND|NOT EXIST/, 'no such data', 'field'),
  taken: entry(
    'already-exists',
    [40003],
    /ALREADY|DUPLICATE|\bEXIST(S|ED)?\b/,
    'exists already',
    'inference',
  ),
  limit: entry('limit-reached', [60002], /MAX LIMITATION/, 'limit reached', 'field'),
  syntax: entry('value-refused', [40001], /PARAMETER SYNTAX/, 'parameter syntax error', 'field'),
  parameter: entry('value-refused', [40002], /PARAMETER|PASSWORD|INVALID/, 'parameter error', 'field'),
};

function entry(code: Code, errcodes: readonly number[], words: RegExp, text: string, source: Source): Entry {
  return { code, errcodes, words, text, source };
}

/** What a refusal means: by its text where that is known, since clients disagree on some numbers, else by its number. */
export function meaningOf({ errcode, errmsg }: Refused): Meaning | undefined {
  const said = errmsg.toUpperCase();
  const all = Object.entries(meanings) as [Meaning, Entry][];
  const found =
    all.find(([, { words }]) => words.test(said)) ??
    all.find(([, { errcodes }]) => errcodes.includes(errcode));
  return found?.[0];
}

/** The error of a refusal. A number that nobody knows may have written anything. */
export function refusedBy(refused: Refused, about: About): AltaError {
  const meaning = meaningOf(refused);
  const number = `errcode ${refused.errcode}`;
  if (meaning === undefined) return strange(number, about);
  const { code, text } = meanings[meaning];
  return failure(code, `${number}: ${text}`, about, 'nothing');
}

const EIGHT =
  'all eight tokens of this API client are in use; one becomes free within 30 minutes, or when a program gives its own back';

/**
 * The error of a refused login. The limit is one of tokens, not of extensions. [vendor-docs: at most eight; field: the number] A login
 * has no parameters but the credentials: what is wrong with a parameter is wrong with them. [field: 1; inference]
 */
export function refusedLogin(refused: Refused, about: About): AltaError {
  const meaning = meaningOf(refused);
  const number = `errcode ${refused.errcode}`;
  if (meaning === 'limit') return failure('target-busy', `${number}: ${EIGHT}`, about, 'nothing');
  const wrong = meaning === undefined ? isAboutCredentials(refused) : ofCredentials.includes(meaning);
  if (wrong) return failure('wrong-credentials', `${number}: wrong Client ID or Secret`, about, 'nothing');
  return refusedBy(refused, about);
}

const ofCredentials: readonly Meaning[] = ['parameter', 'syntax', 'missing'];

function isAboutCredentials({ errcode, errmsg }: Refused): boolean {
  return errcode === 1 || /CLIENT|SECRET|USER|CREDENTIAL|AUTH/.test(errmsg.toUpperCase());
}
