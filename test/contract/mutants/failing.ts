import { AltaError } from '../../../engine/model/index.ts';
import type { World } from '../../../providers/memory/world.ts';
import { inOpening, inSession, instead, type Mutant, rethrow } from './mutant.ts';

/** Boxes that lost an answer once. */
const lost = new WeakSet<World>();

/** Defects of failing, waiting and ending. */
export const failingMutants: readonly Mutant[] = [
  inSession(
    'a refused write does not say how much of it happened',
    'failed-write-says-how-much',
    ({ session }) => ({
      apply: (write) =>
        instead('forbidden', session.apply(write), ({ code, params }) =>
          rethrow(new AltaError(code, params)),
        ),
    }),
  ),
  inSession('a lost answer is taken for a refusal', 'failed-write-says-how-much', ({ session }) => ({
    apply: (write) =>
      instead('connection-reset', session.apply(write), ({ code, params }) =>
        rethrow(new AltaError(code, params, { written: 'nothing' })),
      ),
  })),
  inSession(
    'after a lost answer nothing is written any more',
    'lost-answer-converges',
    ({ session, world }) => ({
      apply: async (write) => {
        if (lost.has(world)) throw new AltaError('target-busy', {}, { written: 'nothing' });
        return instead('connection-reset', session.apply(write), (error) => {
          lost.add(world);
          throw error;
        });
      },
    }),
  ),
  inOpening('there is no time limit', 'time-limit', (target, context) => [
    { ...target, options: { ...target.options, timeLimitMs: 60_000 } },
    context,
  ]),
  inSession(
    'an abort is noticed when the time limit ends',
    'abort-honoured',
    ({ session, context, target }) => ({
      read: async (scope) => {
        const limit = context.clock.sleep(Number(target.options.timeLimitMs));
        return instead('aborted', session.read(scope), (error) => limit.then(() => rethrow(error)));
      },
    }),
  ),
  inOpening('writes take the turn of reads', 'lost-lease', (target, context) => [
    target,
    { ...context, gate: { ...context.gate, write: context.gate.read } },
  ]),
  inSession('a second close fails', 'close-idempotent', ({ session }) => {
    let closed = false;
    return {
      close: async () => {
        if (closed) throw new AltaError('internal', { message: 'closed twice' });
        closed = true;
        await session.close();
      },
    };
  }),
  inSession('closing fails where the box is gone', 'close-never-throws', ({ session, world, target }) => ({
    close: async () => {
      await session.close();
      if (world.faults.unreachable) throw new AltaError('unreachable', { host: target.host });
    },
  })),
  inSession('after a refusal nobody logs out', 'no-session-left', ({ session, world }) => ({
    close: async () => {
      const open = [...world.sessions];
      await session.close();
      if (world.faults.forbidden) for (const token of open) world.sessions.add(token);
    },
  })),
];
