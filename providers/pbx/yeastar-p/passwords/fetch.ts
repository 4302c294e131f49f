/** Passwords as the box shows them: one request each, so only of extensions that somebody asks for by number. */
import type { Secret } from '../../../../engine/model/index.ts';
import { readPassword } from '../answers.ts';
import type { Box } from '../box.ts';
import { aboutOf, paths, type Question } from '../call.ts';
import { meaningOf, refusedBy } from '../errors.ts';

/** The password; null = it has none; `hidden` = this box, or this API client, is shown none. */
export type Shown = Secret | null | 'hidden';

/** Firmware without the interface, and a client to whom it is not granted, hide it: neither fails a reading. [inference] */
export async function fetchPassword(box: Box, id: number): Promise<Shown> {
  const question: Question = { path: paths.password, query: { id: String(id), type: 'reg_password' } };
  const about = aboutOf(box.link, question);
  const answer = await box.login.ask(question);
  if (answer.ok) return readPassword(answer.body, about);
  const meaning = meaningOf(answer);
  if (meaning === 'no-interface' || meaning === 'denied') return 'hidden';
  if (meaning === 'missing') return null;
  throw refusedBy(answer, about);
}

/** By id. Null where the box hides them, which the first one tells: the others are not asked for then. */
export async function fetchPasswords(
  box: Box,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Secret> | null> {
  const [first, ...others] = ids;
  if (first === undefined) return new Map();
  const shown = await fetchPassword(box, first);
  if (shown === 'hidden') return null;
  const rest = await Promise.all(others.map(async (id) => [id, await fetchPassword(box, id)] as const));
  const all = [[first, shown] as const, ...rest];
  return all.some(([, one]) => one === 'hidden')
    ? null
    : new Map(all.flatMap(([id, one]) => (one === null || one === 'hidden' ? [] : [[id, one] as const])));
}
