import type { AltaError } from '../../../engine/model/index.ts';
import { type About, failure, strange } from '../../transport/refusal.ts';
import { type Meaning, meanings } from './meanings.ts';

/** An envelope whose `errcode` is not 0. `errmsg` is compared with known words and never repeated: it may echo what was sent. */
export interface Refused {
  readonly ok: false;
  readonly errcode: number;
  readonly errmsg: string;
  /** Keys of ours that the box finds wrong, or that others have already; empty = it does not say. */
  readonly fields: readonly string[];
}

/** What a refusal means: by its text where that is known, since clients disagree on some numbers, else by its number. */
export function meaningOf({ errcode, errmsg }: Pick<Refused, 'errcode' | 'errmsg'>): Meaning | undefined {
  const said = errmsg.toUpperCase();
  const all = Object.entries(meanings) as [Meaning, (typeof meanings)[Meaning]][];
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
  const { code, text, written = 'nothing' } = meanings[meaning];
  const named = refused.fields.length === 0 ? '' : ` (${refused.fields.join(', ')})`;
  return failure(code, `${number}: ${text}${named}`, about, written);
}

const EIGHT =
  'all eight tokens of this API client are in use; one becomes free within 30 minutes, or when a program gives its own back';

/**
 * The error of a refused login. The limit is one of tokens, not of extensions. [vendor-docs] Wrong credentials are a mere failure
 * [vendor-docs; 1 instead: field]; and since a login has no other parameters, what is wrong with one is wrong with them. [inference]
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
  return [-1, 1].includes(errcode) || /CLIENT|SECRET|USER|CREDENTIAL|AUTH/.test(errmsg.toUpperCase());
}
