import type { Target } from '../../engine/model/index.ts';
import { openNotes } from './disk.ts';

/** State keys of what was written to a target whose own Apply has not been done since. */
interface Due {
  readonly ids: readonly string[];
}

/**
 * Targets with an Apply of their own that were written to and not put into effect. Set before the first write, so that a kill between save
 * and Apply is never lost.
 */
export interface Dues {
  /** Whether the plan of this resource holds the Apply that is due: one resource of the target does, whichever is left to do so. */
  holds(target: Target, id: string, declared: readonly string[]): boolean;
  /** Whether an Apply of this target is due at all. */
  pending(target: Target): boolean;
  /** Durable when it resolves. @throws what the disk says: nothing may be sent then */
  expect(target: Target, ids: readonly string[]): Promise<void>;
  done(target: Target): void;
}

export function openDues(root: string, client: string): Dues {
  const notes = openNotes<Due>(root, client, 'apply');
  const turns = new Map<string, Promise<void>>();
  return {
    holds: ({ key }, id, declared) => {
      const due = notes.of(key);
      if (due === null) return false;
      const holder = due.ids.find((one) => declared.includes(one)) ?? declared[0];
      return holder === id;
    },
    pending: ({ key }) => notes.of(key) !== null,
    expect: ({ key }, ids) => {
      const turn = (turns.get(key) ?? Promise.resolve()).then(() => {
        const known = notes.of(key)?.ids ?? [];
        return ids.every((id) => known.includes(id))
          ? undefined
          : notes.make(key, { ids: [...known, ...ids] });
      });
      turns.set(
        key,
        turn.catch(() => {}),
      );
      return turn;
    },
    done: ({ key }) => notes.drop(key),
  };
}
