import type { About } from '../../transport/refusal.ts';
import type { Box } from './box.ts';
import { aboutOf, type Question } from './call.ts';
import { meaningOf, refusedBy } from './errors.ts';
import type { Json } from './json.ts';

/** Longest list of ids in one query, characters: well below what servers take as a request line. [inference] */
const MAX_IDS = 2_000;

/**
 * The details behind some ids, in as few queries as the length of a request line allows. What somebody has removed meanwhile may be
 * missing from it.
 */
export async function fetchByIds<T>(
  box: Box,
  path: string,
  ids: readonly number[],
  read: (body: Json, about: About) => readonly T[],
): Promise<readonly T[]> {
  const batches = await Promise.all(batchesOf(ids).map((some) => fetchBatch(box, path, some, read)));
  return batches.flat();
}

export function batchesOf(ids: readonly number[]): readonly string[] {
  const batches: string[] = [];
  for (const id of ids) {
    const open = batches[batches.length - 1];
    const longer = `${open},${id}`;
    if (open === undefined || longer.length > MAX_IDS) batches.push(String(id));
    else batches[batches.length - 1] = longer;
  }
  return batches;
}

async function fetchBatch<T>(
  box: Box,
  path: string,
  ids: string,
  read: (body: Json, about: About) => readonly T[],
): Promise<readonly T[]> {
  const question: Question = { path, query: { ids } };
  const about = aboutOf(box.link, question);
  const answer = await box.login.ask(question);
  if (answer.ok) return read(answer.body, about);
  if (meaningOf(answer) === 'missing') return [];
  throw refusedBy(answer, about);
}
