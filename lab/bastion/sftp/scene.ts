import type { Answer } from './answers.ts';
import type { Handles } from './handles.ts';
import type { SftpHost } from './host.ts';
import type { Fields } from './packet.ts';

/** One session on the folder. */
export interface Scene {
  readonly host: SftpHost;
  readonly handles: Handles;
  /** Ends the whole connection at once. */
  cut(): void;
}

/** Carries one request out. Whatever it throws becomes a status; null: no answer any more. */
export type Request = (scene: Scene, fields: Fields) => Promise<Answer | null>;
