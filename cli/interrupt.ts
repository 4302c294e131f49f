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

/** Ctrl-C once stops, twice aborts, three times ends the process. Each time a line says what happens now. */
export function listen(
  host: Pick<Host, 'exit' | 'onInterrupt'>,
  lang: Lang,
  say: (line: string) => void,
): Interrupt {
  const stop = new AbortController();
  const abort = new AbortController();
  const dispose = host.onInterrupt(() => {
    if (abort.signal.aborted) return host.exit(1);
    if (stop.signal.aborted) {
      say(texts[lang].aborting);
      return abort.abort(new DOMException('interrupted', 'AbortError'));
    }
    say(texts[lang].stopping);
    stop.abort(new DOMException('interrupted', 'AbortError'));
  });
  return { stop: stop.signal, abort: abort.signal, dispose };
}
