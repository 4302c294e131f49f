import { AltaError } from '../../../engine/model/index.ts';
import { inSession, instead, type Mutant, rethrow } from './mutant.ts';

/** Defects of reading. */
export const readingMutants: readonly Mutant[] = [
  inSession('reading puts pending edits into effect', 'reading-never-writes', ({ session, world }) => ({
    read: async (scope) => {
      for (const [ext, row] of world.saved) world.running.set(ext, row);
      return session.read(scope);
    },
  })),
  inSession('a list drops everything after its second page', 'lists-complete', ({ session, world }) => ({
    read: async (scope) => {
      const all = await session.read(scope);
      return { ...all, resources: all.resources.slice(0, 2 * world.pageSize) };
    },
  })),
  inSession('each object of a list is asked for again', 'reads-in-bulk', ({ session }) => ({
    read: async (scope) => {
      const all = await session.read(scope);
      for (const { key } of all.resources) await session.read({ ...scope, keys: [key] });
      return all;
    },
  })),
  inSession('a reading by key finds nothing', 'reads-by-key', ({ session }) => ({
    read: async (scope) => {
      const all = await session.read(scope);
      return scope.keys === undefined ? all : { ...all, resources: [] };
    },
  })),
  inSession('a list that breaks off counts as an empty one', 'absent-only-on-proof', ({ session }) => ({
    read: (scope) =>
      instead('connection-reset', session.read(scope), () => session.read({ ...scope, keys: [] })),
  })),
  inSession('a refusal is reported as an unreachable box', 'three-answers', ({ session }) => ({
    read: (scope) =>
      instead('forbidden', session.read(scope), ({ params }) =>
        rethrow(new AltaError('unreachable', params)),
      ),
  })),
];
