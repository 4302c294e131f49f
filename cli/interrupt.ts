import type { Lang } from '../engine/model/index.ts';
import type { Host } from './host.ts';
import { texts } from './texts.ts';

/** The two signals of a run, and how to stop listening. */
export interface Interrupt {
  /** First Ctrl-C: finish the step under way. */
  readonly stop: AbortSignal;
  /** Second Ctrl-C: abort requests under way. */
  readonly abort: AbortSignal;
  dispose(): void;
}

/**
 * Ctrl-C once stops, twice aborts, three times ends the process; each time a line says what happens now. `atOnce`: nothing is under
 * way that should be finished (default: something is); then once aborts in silence, and the error that ends the run tells of it.
 */
export function listen(
  host: Pick<Host, 'exit' | 'onInterrupt'>,
  lang: Lang,
  say: (line: string) => void,
  atOnce: () => boolean = () => false,
): Interrupt {
  const stop = new AbortController();
  const abort = new AbortController();
  const end = (controller: AbortController): void => {
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  const dispose = host.onInterrupt(() => {
    if (abort.signal.aborted) return host.exit(1);
    if (stop.signal.aborted) {
      say(texts[lang].aborting);
      return end(abort);
    }
    if (!atOnce()) {
      say(texts[lang].stopping);
      return end(stop);
    }
    end(stop);
    end(abort);
  });
  return { stop: stop.signal, abort: abort.signal, dispose };
}
