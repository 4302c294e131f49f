import { afterEach } from 'vitest';
import type { AltaError } from '../../../engine/model/index.ts';
import type { Write } from '../../../providers/contract.ts';
import { serve } from '../../support/serve.ts';
import { errorOf } from '../../support/session.ts';
import { answerOf, type Box, take } from './box.ts';
import { type Call, callOf, type Opening, type Reply, type Server, using } from './support.ts';

let server: Server | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

export async function start(box: Box): Promise<Server> {
  server = await serve(callOf, answerOf(box));
  return server;
}

export async function applied(box: Box, write: Write, opening: Opening = {}): Promise<unknown> {
  return using(await start(box), opening, (session) => session.apply(write));
}

export async function failed(box: Box, write: Write, opening: Opening = {}): Promise<AltaError> {
  return using(await start(box), opening, (session) => errorOf(session.apply(write)));
}

/** Code, and how much was written. */
export async function refused(box: Box, write: Write, opening: Opening = {}) {
  const { code, written } = await failed(box, write, opening);
  return [code, written];
}

/** Every call that reached the server of this test. */
export function calls(): readonly Call[] {
  return server?.calls ?? [];
}

/** The actions (or method and path of API v2) that arrived, in order. */
export function arrived(): readonly string[] {
  return calls().map(({ action, method, path }) => (action === '' ? `${method} ${path}` : action));
}

const writing = /^ext\.(add|edit|delete|es\.callerid\.(edit|set))$/;

/** What was written, in order: action and arguments. */
export function writes(): readonly (readonly [string, Call['params']])[] {
  return calls()
    .filter(({ action }) => writing.test(action))
    .map(({ action, params: { server: _, ...params } }) => [action, params]);
}

/** Answers the first calls of an action with `reply`; the box takes the call first where `happens`. */
export function spoil(
  box: Box,
  action: string,
  reply: Reply,
  { times = 1, happens = false }: { readonly times?: number; readonly happens?: boolean } = {},
): void {
  let left = times;
  const earlier = box.disturb;
  box.disturb = (call) => {
    if (call.action !== action || left === 0) return earlier(call);
    left -= 1;
    if (happens) take(box, call);
    return reply;
  };
}
