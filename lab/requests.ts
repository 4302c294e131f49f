import type { LabRequest, LabRequests } from './contract.ts';

/** The log of what one box or phone was asked. */
export interface RequestLog {
  /** Notes a request; the returned entry may be completed. */
  note(method: string, url: URL, connectionId: number): LabRequest;
  done(): void;
  read(): LabRequests;
  reset(): void;
}

const SECRET_PARAMETERS = ['token', 'access_token', 'random', 'pwd', 'apikey'];

export function requestLog(): RequestLog {
  let entries: LabRequest[] = [];
  let open = 0;
  let peak = 0;
  return {
    note(method, url, connectionId) {
      open += 1;
      peak = Math.max(peak, open);
      const entry: LabRequest = { method, path: withoutToken(url), at: Date.now(), connectionId };
      entries.push(entry);
      return entry;
    },
    done() {
      open -= 1;
    },
    read: () => summary(entries, peak),
    reset() {
      entries = [];
      peak = open;
    },
  };
}

function withoutToken(url: URL): string {
  const query = new URLSearchParams(url.searchParams);
  for (const name of SECRET_PARAMETERS) query.delete(name);
  return query.size === 0 ? url.pathname : `${url.pathname}?${query}`;
}

function summary(entries: LabRequest[], peak: number): LabRequests {
  const counts: Record<string, number> = {};
  for (const { path } of entries) {
    const name = path.split('?', 1)[0] ?? path;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  const connections = new Set(entries.map(({ connectionId }) => connectionId)).size;
  return {
    entries: entries.map((entry) => ({ ...entry })),
    counts,
    total: entries.length,
    connections,
    peak,
  };
}
