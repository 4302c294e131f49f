/** A fixed number of places, handed out in order of arrival. */
export interface Slots {
  /** Waits for a place; the answer gives it back (once, however often it is called). Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>;
  /** Whether somebody waits. */
  isCrowded(): boolean;
}

export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const wait = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(next), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(next);
    });
  return {
    take: async (signal) => {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else await wait(signal);
      return once(release);
    },
    isCrowded: () => waiting.length > 0,
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
