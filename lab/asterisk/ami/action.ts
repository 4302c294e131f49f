import type { Daemon } from '../host.ts';
import type { LabAmiClass, LabAsteriskTechnology } from '../settings.ts';
import type { Session } from './desk.ts';
import type { Request } from './packet.ts';

/** Something that a session may ask for once logged in. */
export interface Action {
  readonly name: string;
  /** One of these is needed; none: anybody may. */
  readonly classes: readonly LabAmiClass[];
  /** The driver that brings it. Default: always there. */
  readonly technology?: LabAsteriskTechnology;
  /** The packets that answer it. */
  run(daemon: Daemon, request: Request, session: Session): string[];
}
