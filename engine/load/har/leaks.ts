import { isJson, isScalar } from './leaves.ts';
import type { Recording } from './recording.ts';
import type { Finding, Told } from './types.ts';

/** Shorter texts are words of the API as often as they are somebody's data. */
const LEAST = 4;

/**
 * Findings without those that hold a value of the recording. Every name is judged by its form where it is found; this is the net below, for
 * an API whose keys or paths are made of data. What the person typed is no secret.
 */
export function withoutValues(
  findings: readonly Finding[],
  recording: Recording,
  { sentinels }: Told,
): readonly Finding[] {
  const typed = new Set(Object.values(sentinels));
  const values = [...valuesIn(recording)].filter((value) => !typed.has(value));
  return findings.map((finding) => {
    const { shown, candidates, edits } = finding;
    const text = JSON.stringify([shown, candidates, edits]);
    if (!values.some((value) => text.includes(value))) return finding;
    return { ...finding, standing: 'open', shown: '', clues: [], candidates: [], edits: [] };
  });
}

/** Everything in a recording that looks like data: digits, mail addresses, several words, long texts. */
function valuesIn({ exchanges }: Recording): ReadonlySet<string> {
  const values = new Set<string>();
  const add = (text: string): void => {
    if (isData(text)) values.add(text);
  };
  for (const { headers, query, sent, got } of exchanges) {
    for (const [, value] of [...headers, ...query]) add(value);
    for (const text of textsIn([sent, got])) add(text);
  }
  return values;
}

function isData(text: string): boolean {
  if (text.length < LEAST || text.startsWith('/')) return false;
  return /\d{4,}|@|\S\s+\S/.test(text) || text.length > 40 || /(?:\d[^\d]+){3,}/.test(text);
}

function* textsIn(data: unknown): Generator<string> {
  const waiting: unknown[] = [data];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isScalar(next) && next !== null) yield String(next);
    else if (Array.isArray(next)) for (const one of next) waiting.push(one);
    else if (isJson(next)) for (const one of Object.values(next)) waiting.push(one);
  }
}
