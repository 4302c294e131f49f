/** Work that may overlap with its like, and work that has everything to itself. */
export interface Turns {
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for shared work under way; later work, of either sort, waits for it. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const sharing = new Set<Promise<unknown>>();
  let exclusive: Promise<unknown> | null = null;

  return {
    async shared(work) {
      while (exclusive !== null) await exclusive;
      const one = work();
      sharing.add(one);
      try {
        return await one;
      } finally {
        sharing.delete(one);
      }
    },
    async alone(work) {
      while (exclusive !== null) await exclusive;
      const one = Promise.allSettled(sharing).then(work);
      exclusive = Promise.allSettled([one]);
      try {
        return await one;
      } finally {
        exclusive = null;
      }
    },
  };
}
