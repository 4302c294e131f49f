import type { LabAmiAction, LabAmiCounters } from '../contract.ts';
import type { Daemon } from '../host.ts';
import type { LabAmiUser } from '../settings.ts';

/** What all sessions of the manager interface share. */
export interface Desk {
  readonly daemon: Daemon;
  readonly users: readonly LabAmiUser[];
  readonly refusalMs: number;
  readonly maxFailedLogins: number;
  /** Refused logins by address. */
  readonly failures: Map<string, number>;
  readonly counters: LabAmiCounters;
  readonly actions: LabAmiAction[];
  /** Events between the packets of an answer. */
  chatter: number;
  pace: { readonly bytes: number; readonly ms: number } | null;
  /** Bytes until the connection that says them is cut. */
  untilCut: number;
  isMute: boolean;
}

/** One connection. */
export interface Session {
  readonly address: string;
  user: LabAmiUser | null;
  /** What a client proves with to know its secret; made when asked for. */
  challenge: string;
  /** Whether it is told of events. */
  hears: boolean;
}

export function zero(open: number): LabAmiCounters {
  return { connections: 0, logins: 0, refusedLogins: 0, barred: 0, open };
}
