import type { AccessLog } from '../../../transport/store.ts';

/** Whether a phone has fetched its file since it was written. */
export type Fetched = 'fetched' | 'waiting' | 'unknown';

/**
 * What the access log of the web server says. Proof is a GET of this phone's file, answered 200 or 304, in a second after the one in
 * which the file changed, by the phone itself where the log tells who asked. Where the log does not reach back that far, nothing is said.
 * @param log null where there is none
 * @param since when the file changed, ms since the epoch
 */
export function fetchedSince(log: AccessLog | null, mac: string, since: number): Fetched {
  if (log === null) return 'unknown';
  const changed = Math.floor(since / 1000);
  const isFetch = (line: string) => {
    const request = requestOf(line);
    return request !== null && request.second > changed && isOwnFile(request, mac) && isPhone(request);
  };
  const lines = log.text.split('\n');
  if (lines.some((line) => line.toLowerCase().includes(mac) && isFetch(line))) return 'fetched';
  return log.complete || reachesBack(lines, changed) ? 'waiting' : 'unknown';
}

interface Request {
  /** Seconds since the epoch. */
  readonly second: number;
  readonly path: string;
  readonly status: number;
  /** Null in the common format. */
  readonly agent: string | null;
}

/** Common and combined format, with or without the virtual host before them. Servers escape quotes inside what they log. */
const entry =
  /^[^"[\]]*\[([^\]]+)\] "GET (\S+) HTTP\/\d(?:\.\d)?" (\d{3}) \S+(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?/;

function requestOf(line: string): Request | null {
  const [, time = '', path = '', status = '', agent = null] = entry.exec(line) ?? [];
  const second = secondOf(time);
  return second === null ? null : { second, path, status: Number(status), agent };
}

function isOwnFile({ path, status }: Request, mac: string): boolean {
  const [plain = ''] = path.split(/[?#]/);
  const name = plain.slice(plain.lastIndexOf('/') + 1).toLowerCase();
  return name === `${mac}.cfg` && (status === 200 || status === 304);
}

/** A technician's browser fetches for nobody. [field: the phones' User-Agent] */
function isPhone({ agent }: Request): boolean {
  return agent === null || agent === '' || agent === '-' || /yealink/i.test(agent);
}

/** Whether some request is older than the change: then one after it would be there. */
function reachesBack(lines: readonly string[], changed: number): boolean {
  const first = lines.map((line) => secondOf(/\[([^\]]+)\]/.exec(line)?.[1] ?? '')).find((at) => at !== null);
  return first !== undefined && first !== null && first <= changed;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `23/Nov/2026:03:10:05 +0100` in seconds since the epoch; null for anything else. */
function secondOf(time: string): number | null {
  const parts = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/.exec(time);
  if (parts === null) return null;
  const [, day, name = '', year, clock, hours, minutes] = parts;
  const month = String(months.indexOf(name) + 1).padStart(2, '0');
  const ms = Date.parse(`${year}-${month}-${day}T${clock}${hours}:${minutes}`);
  return Number.isNaN(ms) ? null : ms / 1000;
}
