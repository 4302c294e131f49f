import { AltaError } from '../../engine/model/index.ts';

/** Total time of a request unless it says otherwise, ms. */
export const DEFAULT_TIMEOUT_MS = 15_000;

/** Who waits for what: the parameters every transport error carries. */
export interface Errand {
  /** Host and port as the endpoint names them. */
  readonly host: string;
  readonly operation: string;
}

export interface Deadline {
  /** Aborts with an AltaError `timeout` or `aborted`. */
  readonly signal: AbortSignal;
  /** Must be called when the work is done. */
  end(): void;
}

/**
 * One limit over a whole piece of work: its own time and whatever ends it early, whichever is first. Uses real time,
 * because it bounds what a real peer does; one timer, because per-phase timeouts do not stop a peer that sends a byte a
 * second.
 */
export function startDeadline(ms: number, ends: readonly AbortSignal[], errand: Errand): Deadline {
  const own = new AbortController();
  const stop = () => own.abort(new AltaError('aborted', { ...errand }));
  const expire = () => own.abort(new AltaError('timeout', { ...errand, seconds: ms / 1000 }));
  const timer = setTimeout(expire, ms);
  if (ends.some((end) => end.aborted)) stop();
  for (const end of ends) end.addEventListener('abort', stop, { once: true });
  return {
    signal: own.signal,
    end: () => {
      clearTimeout(timer);
      for (const end of ends) end.removeEventListener('abort', stop);
    },
  };
}

/** Whether a signal of {@link startDeadline} aborted because the time was over. */
export function isOver(signal: AbortSignal): boolean {
  return signal.reason instanceof AltaError && signal.reason.code === 'timeout';
}

/** `work`, or the signal's reason as soon as it aborts. The work itself goes on; its late result goes to `tooLate`. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal, tooLate?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason);
      if (tooLate) work.then(tooLate, () => {});
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
