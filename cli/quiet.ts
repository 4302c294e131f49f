import util from 'node:util';

/**
 * Takes away what Node would print or write of its own accord, and what would hold secrets: the library that speaks HTTP prints every URL,
 * session tokens included, under NODE_DEBUG; a diagnostic report holds the whole environment. Node reads NODE_DEBUG before any of our
 * code, so that deleting the variable would change nothing: the library gets a debug log that never speaks. To be called before the
 * library is loaded.
 */
export function silenceNode(): void {
  Object.assign(util, { debuglog: mute, debug: mute });
  const { report } = process;
  if (report === undefined) return;
  report.reportOnFatalError = false;
  report.reportOnUncaughtException = false;
  report.reportOnSignal = false;
}

function mute(): util.DebugLogger {
  return Object.assign(() => undefined, { enabled: false });
}
