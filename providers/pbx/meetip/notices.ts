import type { HttpAnswer } from '../../transport/http.ts';
import { readJson } from '../../transport/json.ts';

/** PHP prints its notices in front of whatever follows, where a server shows them. [field] */
const notice = /^\s*(<br ?\/?>\s*)?(<b>)?(PHP )?(Notice|Warning|Deprecated|Strict Standards)\b/i;

/** Places where the JSON may begin that are tried at most. */
const MOST_PLACES = 20;

/** An answer without PHP's notices. `noticed` = there were some: of a write, it may have stopped half-way. */
export interface Cleaned {
  readonly answer: HttpAnswer;
  readonly noticed: boolean;
}

/** Takes notices away where whole JSON follows them to the end; else the answer comes back as it is. */
export function withoutNotices(answer: HttpAnswer): Cleaned {
  const text = answer.body.toString('latin1');
  if (!notice.test(text)) return { answer, noticed: false };
  const places = [...text.matchAll(/(?<=[\n>])\s*[[{]/g)].slice(0, MOST_PLACES);
  for (const { index } of places) {
    const rest = { ...answer, body: answer.body.subarray(index) };
    if (readJson(rest).ok) return { answer: rest, noticed: true };
  }
  return { answer, noticed: true };
}
