import type { Lang } from '../engine/model/index.ts';
import { safeText } from '../engine/report/safe.ts';
import type { ProgressEvent } from '../engine/run/contract.ts';
import type { Output } from './host.ts';
import { texts } from './texts.ts';

/** Tells a person that work goes on. */
export interface Progress {
  event(event: ProgressEvent): void;
  /** A line that must be read, above the live line where there is one. */
  line(text: string): void;
  /** Before anything else is written, a question asked, or the end. Later events start it again. */
  pause(): void;
}

/** A line of animation; {@link liveSpinner} is the real one. */
export interface Spinner {
  text: string;
  start(text?: string): unknown;
  stop(): unknown;
}

/** Without a terminal: a line when a phase is first heard of, then at most one every 10 s, also while nothing happens. */
const quietMs = 10_000;

/** Plain lines for pipes and logs. `every` calls back at a steady pace and returns how to stop it. */
export function plainProgress(
  output: Output,
  lang: Lang,
  clock: { elapsed(): number; every(ms: number, tick: () => void): () => void },
): Progress {
  let last: ProgressEvent | null = null;
  let written = Number.NEGATIVE_INFINITY;
  let stop: (() => void) | null = null;
  const known = new Set<ProgressEvent['phase']>();
  const write = (): void => {
    if (last === null) return;
    if (known.has(last.phase) && clock.elapsed() - written < quietMs) return;
    known.add(last.phase);
    written = clock.elapsed();
    output.write(`${progressText(last, lang)}\n`);
  };
  return {
    event(event) {
      last = event;
      stop ??= clock.every(quietMs, write);
      write();
    },
    line: (text) => output.write(`${text}\n`),
    pause() {
      stop?.();
      stop = null;
      last = null;
    },
  };
}

/** One live line on a terminal. */
export function liveProgress(output: Output, lang: Lang, spinner: Spinner): Progress {
  let running = false;
  const pause = (): void => {
    if (running) spinner.stop();
    running = false;
  };
  return {
    event(event) {
      const text = progressText(event, lang);
      if (running) spinner.text = text;
      else spinner.start(text);
      running = true;
    },
    line(text) {
      pause();
      output.write(`${text}\n`);
    },
    pause,
  };
}

/** Says nothing. */
export const silentProgress: Progress = {
  event: () => undefined,
  line: () => undefined,
  pause: () => undefined,
};

/** `Reading the targets 3/12: acme/pbx:main` */
export function progressText(event: ProgressEvent, lang: Lang): string {
  const counts = event.total > 0 ? ` ${event.done}/${event.total}` : '';
  const detail = event.detail === undefined ? '' : `: ${safeText(event.detail)}`;
  return `${texts[lang].phases[event.phase]}${counts}${detail}`;
}
