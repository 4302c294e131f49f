import { afterEach } from 'vitest';
import type { Write, Written } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { answerOf, type Box } from './box.ts';
import { type Answer, type Call, type Opening, type Server, serveBox, using } from './support.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

export async function start(box: Box): Promise<Server> {
  return serving(answerOf(box));
}

export async function serving(answer: (call: Call) => Answer): Promise<Server> {
  const server = await serveBox(answer);
  servers.push(server);
  return server;
}

export async function applied(box: Box, write: Write, how: Opening = {}): Promise<Written> {
  return using(await start(box), how, (session) => session.apply(write));
}

/** The code of a refused write, and what it says was written. */
export async function refused(box: Box, write: Write, how: Opening = {}) {
  const error = await using(await start(box), how, (session) => errorOf(session.apply(write)));
  return [error.code, error.written];
}

/** Every call that reached the last server of this test. */
export function calls(): readonly Call[] {
  return servers[servers.length - 1]?.calls ?? [];
}

/** Their paths, in order, without login and goodbye. */
export function paths(): readonly string[] {
  return calls()
    .map(({ path }) => path)
    .filter((path) => !path.endsWith('_token'));
}

/** What was written, in order: verb, and body or query. */
export function writes(): unknown[] {
  return calls()
    .filter(({ path }) => /^extension\/(create|update|delete)$/.test(path))
    .map(({ path, body, query, method }) => [path.split('/')[1], method === 'GET' ? query : body]);
}

/** Disturbs calls of one path. */
export function onPath(box: Box, path: string, answer: (call: Call) => Answer | undefined): void {
  const before = box.disturb;
  box.disturb = (call) => (call.path === path ? answer(call) : undefined) ?? before(call);
}
