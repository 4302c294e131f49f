import type { EventEmitter } from 'node:events';

/** Ctrl-C, an end that is asked for, a terminal that closes. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Tells `listener` of every signal that asks the process to end. A hang-up is told only where nothing was told before: the shell and the
 * kernel both send it, a service manager sends it beside SIGTERM, and a second request means "at once" to those who are told of it.
 *
 * @param source of signals: the process.
 * @returns how to stop listening.
 */
export function hearSignals(source: EventEmitter, listener: (signal: NodeJS.Signals) => void): () => void {
  let told = false;
  const hear = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGHUP' && told) return;
    told = true;
    listener(signal);
  };
  for (const signal of signals) source.on(signal, hear);
  return () => {
    for (const signal of signals) source.off(signal, hear);
  };
}
