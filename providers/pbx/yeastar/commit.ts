import { paths } from './api.ts';
import { aboutCall, type Question } from './call.ts';
import { errno, refusedBy } from './errors.ts';
import type { Box } from './inventory.ts';
import { pausesOf, rest } from './persist.ts';

/**
 * The apply of v1.x: puts everything that was saved into effect, a colleague's unapplied edits included. [vendor-docs,
 * inference] "Applied too often" is waited out.
 * @throws `not-in-effect` where the box stays too busy; what else the box refused, written something
 */
export async function commit(box: Box): Promise<void> {
  const { address } = box.link.target;
  const question: Question = { path: paths.apply, write: true, object: address };
  for (const pause of [...pausesOf(box.link.target), null]) {
    const answer = await box.login.ask(question);
    if (answer.ok) return;
    if (answer.errno !== errno.appliedTooOften || pause === null)
      throw refusedBy(answer.errno, aboutCall(box.link, question));
    await rest(pause, { action: 'commit', address }, 'something', box);
  }
}
