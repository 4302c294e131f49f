import { afterEach } from 'vitest';
import type { Write } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { answerOf, type Box, extension, newBox, take } from './box.ts';
import { failed, type Opening, type Server, serveBox, using } from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

export async function start(box: Box): Promise<Server> {
  server = await serveBox(answerOf(box));
  return server;
}

export function boxWith(number: string, more: Record<string, string> = {}, generation: 1 | 2 = 2): Box {
  const box = newBox(generation);
  box.extensions.set(number, extension(number, more));
  return box;
}

export async function applied(box: Box, write: Write, opening: Opening = {}): Promise<void> {
  await using(await start(box), opening, (session) => session.apply(write));
}

export async function refused(box: Box, write: Write, opening: Opening = {}) {
  const error = await using(await start(box), opening, (session) => errorOf(session.apply(write)));
  return [error.code, error.written];
}

/** Every call that reached the server of this test. */
function calls(): Server['calls'] {
  return server?.calls ?? [];
}

/** Their paths, in order. */
export function paths(): readonly string[] {
  return server?.paths() ?? [];
}

/** What was written, in order: path without version, and body. */
export function writes(): unknown[] {
  return calls()
    .filter(({ path }) => /\/extension\/(add|update|delete)$|\/apply$/.test(path))
    .map(({ path, body }) => [path.split('/').pop(), body]);
}

/** Replies to the first calls of a path with these errnos; the box takes the write first where `stored`. */
export function tooOften(box: Box, path: string, times: number, stored: boolean): void {
  let left = times;
  box.disturb = (call) => {
    if (!call.path.endsWith(path) || left === 0) return undefined;
    left -= 1;
    if (stored) take(box, call);
    return failed('10025');
  };
}
