/** The contract of the lab's host with an Asterisk: its command line and its manager interface. */
import type { LabAsteriskRelease } from './settings.ts';

export type * from './settings.ts';

export interface LabAsteriskService {
  name: string;
  driver: 'asterisk';
  release: LabAsteriskRelease;
  /** Where the manager interface listens, in plain text. */
  host: string;
  port: number;
  /** Of the manager interface. */
  credentials: { username: string; secret: string };
}

/** What a program left behind. */
export interface LabRun {
  stdout: string;
  stderr: string;
  code: number;
}

/**
 * A line that the host's shell was given. `asterisk`: that program was run. `unknown`: no such program. `denied`: `sudo` wanted a
 * password. `refused`: more than plain words and quotes, which nobody needs who only asks; nothing was run.
 */
export interface LabShellLine {
  line: string;
  kind: 'asterisk' | 'unknown' | 'denied' | 'refused';
  /** What the daemon was asked, where it was. */
  command?: string;
  code: number;
  /** ms since the epoch. */
  at: number;
}

/** Something asked over the manager interface. Secrets and keys are left out. */
export interface LabAmiAction {
  action: string;
  /** Who asked, once logged in. */
  username: string;
  /** `Command` of the action of that name. */
  command?: string;
  outcome: 'done' | 'refused' | 'unknown';
}

export interface LabAmiCounters {
  connections: number;
  logins: number;
  refusedLogins: number;
  /** Connections that were closed for past failures. */
  barred: number;
  open: number;
}

/** Powers over the manager interface. */
export interface LabAmiControl {
  /** So many events stand between the packets of every answer, for sessions that did not turn events off. 0 (default): none. */
  chatter(events: number): void;
  /** From now on answers leave in pieces of so many bytes, one each `ms`. Null: at once. */
  pace(pace: { bytes: number; ms: number } | null): void;
  /** The connection is cut once so many more bytes were said. Strikes once; null: not any more. */
  cutAfter(bytes: number | null): void;
  /** Actions get no answer until it is undone. */
  mute(on: boolean): void;
  /** Tells every session that listens and may hear of the class in `Privilege`. `Event` is a field like any other. */
  emit(fields: Readonly<Record<string, string>>): void;
  dropConnections(): void;
  /** Forgets refused logins. */
  unlock(): void;
  counters(): LabAmiCounters;
  actions(): LabAmiAction[];
}

/** Powers over the host that no client has. */
export interface LabAsteriskControl {
  /** What the shell was given, oldest first. */
  lines(): LabShellLine[];
  /** Forgets lines, actions and counters. */
  reset(): void;
  /** Notices now which registrations began and ended. */
  look(): void;
  /**
   * Stops or starts the daemon. Stopped, its command line says so and its manager interface refuses connections; what it remembered of
   * ended registrations is lost.
   */
  running(on: boolean): Promise<void>;
  /** Wait before the shell answers. 0 (default): none. */
  latency(ms: number): void;
  readonly ami: LabAmiControl;
}

export interface LabAsterisk {
  readonly service: LabAsteriskService;
  readonly control: LabAsteriskControl;
  /** A line for the host's shell, as SSH hands it over: `exec` of the lab's SSH host. Rejects only where `peers` throws. */
  exec(line: string): Promise<LabRun>;
  close(): Promise<void>;
}
