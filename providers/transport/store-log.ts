import type { Place } from './store-place.ts';

/** The access log of a store, as much of it as there is. */
export interface AccessLog {
  /** Newest last; the first line may be cut. */
  readonly text: string;
  /** Whether nothing older was cut off or moved away: then what is not in it did not happen. */
  readonly complete: boolean;
}

/** Read of each log, at most, bytes. */
const LOG_BYTES = 1024 * 1024;

/**
 * The end of a log, and of the one beside it that was rotated away last (`access.log.1`). Other names that begin with the log's are older
 * logs, compressed or dated: not read, but then there is more than what is here. Null where there is no log.
 */
export async function readLogs(place: Place, log: string, signal: AbortSignal): Promise<AccessLog | null> {
  const current = await place.tail(log, LOG_BYTES, signal);
  if (current === null) return null;
  const base = log.slice(log.lastIndexOf('/') + 1);
  const names = await place.beside(log, signal);
  const older = names?.filter((name) => name.startsWith(`${base}.`) || name.startsWith(`${base}-`));
  const wanted = current.whole && older?.includes(`${base}.1`);
  const previous = wanted ? await place.tail(`${log}.1`, LOG_BYTES, signal) : null;
  const isLast = older?.length === (previous?.whole ? 1 : 0);
  const text = [previous?.bytes, current.bytes].map((bytes) => bytes?.toString('utf8') ?? '').join('');
  return { text, complete: current.whole && isLast };
}
