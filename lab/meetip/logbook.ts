import type { LabRequest } from '../contract.ts';
import type { Incoming } from '../listener.ts';
import { type RequestLog, requestLog } from '../requests.ts';

/** The log of requests, in which a POST shows what it asked as a GET does: the action is in its body. */
export interface Logbook {
  log: RequestLog;
  /** Completes the entry of a request with its parameters. Answers what it shows. */
  complete(incoming: Incoming, params: Readonly<Record<string, string>>): string;
}

/** Beside the API key, which no log takes. */
const SECRET_PARAMETERS = ['apikey', 'secret', 'password', 'pin', 'auth'];

export function logbook(): Logbook {
  const log = requestLog();
  const entries = new WeakMap<URL, LabRequest>();
  return {
    log: {
      ...log,
      note(method, url, connectionId) {
        const entry = log.note(method, url, connectionId);
        entry.path = pathWith(url.pathname, Object.fromEntries(url.searchParams));
        entries.set(url, entry);
        return entry;
      },
    },
    complete({ url }, params) {
      const path = pathWith(url.pathname, params);
      const entry = entries.get(url);
      if (entry !== undefined) entry.path = path;
      return path;
    },
  };
}

function pathWith(pathname: string, params: Readonly<Record<string, string>>): string {
  const shown = Object.entries(params).filter(([name]) => !SECRET_PARAMETERS.includes(name));
  return shown.length === 0 ? pathname : `${pathname}?${new URLSearchParams(shown)}`;
}
