import type { Daemon } from '../host.ts';
import type { LabAsteriskTechnology } from '../settings.ts';

/** What a command printed, and whether it counts as done. */
export interface Printed {
  readonly text: string;
  readonly ok: boolean;
}

/** A command of the daemon. */
export interface Command {
  /** Without arguments, in small letters. */
  readonly words: string;
  /** The driver that brings it. Default: always there. */
  readonly technology?: LabAsteriskTechnology;
  /** @param args what stood behind the words */
  run(daemon: Daemon, args: readonly string[]): Printed;
}

export function done(text: string): Printed {
  return { text, ok: true };
}
