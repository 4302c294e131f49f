import type { LabShellLine } from './contract.ts';
import type { Memory } from './memory.ts';
import type { Release } from './releases.ts';
import type { LabAsteriskChannel, LabAsteriskTechnology } from './settings.ts';

/** The daemon, as its command line and its manager interface share it. */
export interface Daemon {
  readonly release: Release;
  readonly built: string;
  readonly systemName: string;
  readonly technologies: readonly LabAsteriskTechnology[];
  readonly memory: Memory;
  readonly channels: () => Iterable<LabAsteriskChannel>;
  readonly now: () => number;
  isRunning: boolean;
}

/** The machine around it. */
export interface Host {
  readonly daemon: Daemon;
  readonly sudoPassword: boolean;
  readonly socketClosed: boolean;
  readonly lines: LabShellLine[];
}
