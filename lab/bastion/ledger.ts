import type { LabBastionCounters } from './contract.ts';

/** What the host counts, and the mishaps that wait for their turn. */
export interface Ledger {
  readonly counters: LabBastionCounters;
  /** Faults that strike the next so many. */
  readonly strikes: { logins: number; forwards: number };
  latencyMs: number;
}

export function newLedger(): Ledger {
  return { counters: zero(0), strikes: { logins: 0, forwards: 0 }, latencyMs: 0 };
}

function zero(open: number): LabBastionCounters {
  return {
    connections: 0,
    logins: 0,
    refusedLogins: 0,
    channels: { open, peak: open, refused: 0 },
    forwards: {},
    refusedForwards: {},
    sftp: { sessions: 0, requests: {}, bytesWritten: 0 },
  };
}

/** From zero, but for what is open. The object stays the same. */
export function resetCounters(counters: LabBastionCounters): void {
  Object.assign(counters, zero(counters.channels.open));
}

export function count(table: Record<string, number>, name: string): void {
  table[name] = (table[name] ?? 0) + 1;
}

/** Uses up one strike, where there is one. */
export function strikes(of: Ledger['strikes'], what: keyof Ledger['strikes']): boolean {
  if (of[what] <= 0) return false;
  of[what] -= 1;
  return true;
}
